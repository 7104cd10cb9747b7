// What the Cloud's scene is told and what it tells; points are named by their place in the ids.
import type { CloudInset } from './free-area.ts'

/** Why a point is drawn as it is: bits of a byte. */
export const pointFlag = {
  /** Taken out of the picture: not drawn, not picked. */
  hidden: 1,
  /** Still there but faint: does not pass the filter or search. */
  faint: 2,
  selected: 4,
} as const

export interface CloudLook {
  /** CSS colours. */
  readonly background: string
  readonly accent: string
  /** Of links and marks. */
  readonly ink: string
}

export type CloudDrawing = 'points' | 'photos'

/** Where the eye is: kept to come back to. */
export interface CloudCameraView {
  readonly position: readonly [number, number, number]
  readonly target: readonly [number, number, number]
  readonly up: readonly [number, number, number]
}

export type CloudMotion = 'orbit' | 'fly'

export interface CloudSceneSources {
  /** RGB, [ids, 32, 32, 3]. Rejects when the signal aborts. */
  readonly loadTiles: (ids: Uint32Array, signal: AbortSignal) => Promise<Uint8Array>
  /** A picture of about 256 px on its longer side. */
  readonly loadThumbnail: (id: number, signal: AbortSignal) => Promise<ImageBitmap>
}

export interface CloudSceneEvents {
  /** The point under the resting or moving pointer, null for none. */
  readonly onHover: (point: number | null) => void
  readonly onCameraMoved: () => void
  /** The GPU took the context away, or gave it back and everything was built again. */
  readonly onContextLost: () => void
  readonly onContextRestored: () => void
}

/** For tests and the benchmark. */
export interface CloudSceneFacts {
  readonly framesDrawn: number
  readonly lastFrameMs: number
  readonly pointsDrawn: number
  readonly tilesResident: number
  readonly thumbnailsResident: number
  /** Taken on the GPU by the scene, and what it never passes. */
  readonly gpuBytes: number
  readonly gpuLimitBytes: number
  /** Nothing moves, loads or waits to be drawn. */
  readonly atRest: boolean
}

/**
 * Draws on demand: no frame while nothing changes. Units of positions are the layout's own; all
 * pixels are CSS pixels from the canvas's upper left corner.
 */
export interface CloudSceneApi {
  /** Forgets the points before. Ids name the pictures to load. */
  setPoints(ids: Uint32Array, aspects: Float32Array): void
  /**
   * @param positions [points, dims]; 2-D layouts lie in a plane that is looked at squarely
   * @param animateMs 0 jumps; otherwise points glide there from where they are
   */
  setPositions(positions: Float32Array, dims: 2 | 3, animateMs: number): void
  /**
   * Sets points between two places of theirs, both [points, dims]; the way is a matter of the GPU.
   * The next {@link setPositions} ends it.
   */
  setMorph(from: Float32Array, to: Float32Array, dims: 2 | 3): void
  /**
   * How far on that way the points are, 0 to 1.
   *
   * @param animateMs 0 jumps; otherwise they go there from where they are
   */
  morph(share: number, animateMs: number): void
  /** Where on that way they are now. */
  morphShare(): number
  /** [points, 3]. */
  setColours(coloursRgb: Uint8Array): void
  /** One byte of {@link pointFlag} a point. */
  setFlags(flags: Uint8Array): void
  setDrawing(drawing: CloudDrawing): void
  /** Photos have frames in the colours of their points; without, the colours are those of dots alone. */
  setFramed(framed: boolean): void
  /** Factor of the points' size, 1 by default. */
  setPointScale(scale: number): void
  setLook(look: CloudLook): void
  setMotion(motion: CloudMotion): void
  /**
   * Lines from one point to others, as strong as they are alike (0 to 1). `from: null` begins them at
   * the marker. Null for none.
   */
  setLinks(
    links: {
      readonly from: number | null
      readonly to: Uint32Array
      readonly strengths: Float32Array
    } | null,
  ): void
  /** The focused point, ringed. */
  setFocus(point: number | null): void
  /** A place that no point of the library has: where an image from outside would lie. */
  setMarker(position: readonly number[] | null): void
  /** The point drawn at a pixel, null for none; by the id buffer. */
  pick(xPx: number, yPx: number): number | null
  /** All points that are not hidden whose centres lie inside, through the whole depth. */
  pointsInside(polygonPx: Float32Array): Uint32Array
  /**
   * Counts those of them that are not faint, while the outline is being drawn: a slice a frame, told when
   * all points were looked at. A newer outline waits for the one that is searched; null ends the search.
   */
  watchInside(polygonPx: Float32Array | null, onCounted: (points: number) => void): void
  /** Where a point stands on the canvas; null behind the eye or hidden. */
  whereIs(point: number): { readonly xPx: number; readonly yPx: number } | null
  /**
   * What panels cover at the edges. Nothing moves by itself, save a flight under way: the next fit,
   * approach or kept view is centred in what is left free, and so are turning and zooming from then on.
   */
  setInset(inset: CloudInset): void
  /** The place on the canvas that the eye turns about. */
  middle(): { readonly xPx: number; readonly yPx: number }
  /** The same of any place in the layout. */
  wherePlaceIs(position: readonly number[]): { readonly xPx: number; readonly yPx: number } | null
  /** Shows these points whole, all that are not hidden when absent. */
  fit(points: Uint32Array | null, animateMs: number): void
  /** Moves towards a point, keeping the direction of view. */
  approach(point: number, animateMs: number): void
  approachPlace(position: readonly number[], animateMs: number): void
  /** One step of the keyboard: turns, moves and zooms in fractions of the view. */
  nudge(step: {
    turnX?: number
    turnY?: number
    moveX?: number
    moveY?: number
    zoom?: number
  }): void
  view(): CloudCameraView
  showView(view: CloudCameraView, animateMs: number): void
  /** While true the pointer draws a selection instead of moving the camera. */
  setSelecting(selecting: boolean): void
  resize(widthPx: number, heightPx: number, pixelRatio: number): void
  facts(): CloudSceneFacts
  dispose(): void
}
