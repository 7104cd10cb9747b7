// What the painter is told for one frame: the points, the eye, and how large all is drawn.
import type { Sphere } from './bounds.ts'
import type { CameraPose } from './camera-pose.ts'
import type { PointArrays } from './point-arrays.ts'

export interface PaintedView {
  readonly arrays: PointArrays
  readonly idOf: (slot: number) => number
  readonly aspectOf: (slot: number) => number
  readonly pose: CameraPose
  readonly bounds: Sphere
  /** Share of the way from the points' places before to their places now. */
  readonly glide: number
  readonly size: {
    readonly widthPx: number
    readonly heightPx: number
    readonly pixelRatio: number
  }
  /** Widths in units; photos of 0 are not drawn. */
  readonly dotUnits: number
  readonly photoUnits: number
  /** Photos have frames in their points' colours. */
  readonly framed: boolean
  readonly focusSlot: number
  /** No fading (prefers-reduced-motion). */
  readonly calm: boolean
}

export const pointsIn = ({ arrays }: PaintedView): number => arrays.paint.length / 4
