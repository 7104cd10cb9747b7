// Paints many small maps on one canvas, with the GPU where it can be had.
import { CanvasMapPainter } from './canvas-map-painter.ts'
import type { ColourTable } from './colour-maps.ts'
import { GlMapPainter } from './gl-map-painter.ts'
import type { ShadeOf } from './map-scale.ts'

/** A layer's bytes, [channels, heightPx, widthPx]. */
export interface MapBytes {
  readonly bytes: Uint8Array
  readonly channels: number
  readonly heightPx: number
  readonly widthPx: number
}

/** One map on the canvas, in device pixels. */
export interface MapTile extends ShadeOf {
  readonly channel: number
  readonly leftPx: number
  readonly topPx: number
  readonly widthPx: number
  readonly heightPx: number
}

/** Two layers can be loaded at a time, for comparing. */
export type MapSet = 0 | 1

export interface MapPainter {
  readonly kind: 'gpu' | 'canvas'
  setMaps(set: MapSet, maps: MapBytes | null): void
  setColours(colours: ColourTable): void
  /** Whether enlarged maps are smoothed; otherwise each value is a square. */
  setSmooth(smooth: boolean): void
  /** Clears the canvas. */
  begin(): void
  paint(set: MapSet, tiles: readonly MapTile[]): void
  dispose(): void
}

/** `onRestored` is called when the GPU was lost and is back: paint everything again. */
export function createMapPainter(canvas: HTMLCanvasElement, onRestored: () => void): MapPainter {
  const gl = canvas.getContext('webgl2', { antialias: false, premultipliedAlpha: true })
  if (gl !== null) return new GlMapPainter(canvas, gl, onRestored)
  const context = canvas.getContext('2d')
  if (context === null) throw new Error('Expected a drawing context but received none')
  return new CanvasMapPainter(context)
}
