// Where the points stand on the canvas in one view: each is projected once, when it is asked for first.
import type { CameraPose } from './camera-pose.ts'
import type { PointArrays } from './point-arrays.ts'
import { type CanvasSize, projector } from './projector.ts'

export interface SeenView {
  readonly pose: CameraPose
  readonly size: CanvasSize
  readonly arrays: PointArrays
  /** Share of the points' way. */
  readonly glide: number
}

export class SeenPlaces {
  /** [slots, 2]; not a number behind the eye. */
  private readonly placesPx: Float32Array
  private known = 0

  constructor(private readonly view: SeenView) {
    this.placesPx = new Float32Array((view.arrays.from.length / 3) * 2)
  }

  isOf({ pose, size, arrays, glide }: SeenView): boolean {
    const { view } = this
    return (
      view.pose === pose && view.size === size && view.arrays === arrays && view.glide === glide
    )
  }

  /** @returns [slots, 2] in CSS pixels, right for the slots before `end` */
  upTo(end: number): Float32Array {
    const { placesPx } = this
    const { pose, size, arrays, glide } = this.view
    const { from, to } = arrays
    const see = projector(pose, size)
    for (let slot = this.known; slot < end; slot++) {
      const at = slot * 3
      const [x, y, z] = [from[at] ?? 0, from[at + 1] ?? 0, from[at + 2] ?? 0]
      const { xPx, yPx, depth } = see(
        x + ((to[at] ?? 0) - x) * glide,
        y + ((to[at + 1] ?? 0) - y) * glide,
        z + ((to[at + 2] ?? 0) - z) * glide,
      )
      placesPx[slot * 2] = depth > 0 ? xPx : Number.NaN
      placesPx[slot * 2 + 1] = yPx
    }
    this.known = Math.max(this.known, end)
    return placesPx
  }
}
