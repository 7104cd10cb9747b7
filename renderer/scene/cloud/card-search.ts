// Finds the points that are near enough to be drawn as photos, a part of all points at a time.
import { axesOf, type CameraPose, eyeOf, halfHeightAtOne } from './camera-pose.ts'
import { pointFlag } from './cloud-scene-types.ts'
import type { PointArrays } from './point-arrays.ts'
import { type CanvasSize, projector } from './projector.ts'
import { dot } from './vector.ts'

export interface CardQuery {
  readonly pose: CameraPose
  readonly canvas: CanvasSize
  readonly arrays: PointArrays
  /** Share of the way from `from` to `to`. */
  readonly glide: number
  /** Width of a photo in units, and the narrowest that is worth drawing. */
  readonly cardUnits: number
  readonly leastPx: number
  /** At most so many, the widest. */
  readonly most: number
}

export interface CardChoice {
  /** Nearest first. */
  readonly slots: Uint32Array
  /** Widths on the canvas, of the same order. */
  readonly widthsPx: Float32Array
  /** How much each picture is worth loading: large and near the middle first. */
  readonly worths: Float32Array
}

export const noCards: CardChoice = {
  slots: new Uint32Array(),
  widthsPx: new Float32Array(),
  worths: new Float32Array(),
}

const skipped = pointFlag.hidden | pointFlag.faint

export class CardSearch {
  private query: CardQuery | null = null
  private next = 0
  private slots: number[] = []
  private widths: number[] = []
  private worths: number[] = []

  get running(): boolean {
    return this.query !== null
  }

  start(query: CardQuery): void {
    this.query = query
    this.next = 0
    this.slots = []
    this.widths = []
    this.worths = []
  }

  stop(): void {
    this.query = null
  }

  /** @returns the choice when all points were looked at, else null */
  step(points: number): CardChoice | null {
    const { query } = this
    if (query === null) return null
    const all = query.arrays.paint.length / 4
    const end = Math.min(all, this.next + points)
    this.look(query, this.next, end)
    this.next = end
    if (end < all) return null
    this.query = null
    return widest(this.slots, this.widths, this.worths, query.most)
  }

  private look(query: CardQuery, first: number, end: number): void {
    const { pose, canvas, cardUnits, leastPx, glide } = query
    const { from, to, paint } = query.arrays
    const see = projector(pose, canvas)
    const [backX, backY, backZ] = axesOf(pose).back
    const eyeAlong = dot(eyeOf(pose), axesOf(pose).back)
    const widthAtOne = (cardUnits * canvas.heightPx) / 2 / halfHeightAtOne
    const deepest = widthAtOne / leastPx
    for (let slot = first; slot < end; slot++) {
      if (((paint[slot * 4 + 3] ?? 0) & skipped) !== 0) continue
      const at = slot * 3
      const [fromX, fromY, fromZ] = [from[at] ?? 0, from[at + 1] ?? 0, from[at + 2] ?? 0]
      const x = fromX + ((to[at] ?? 0) - fromX) * glide
      const y = fromY + ((to[at + 1] ?? 0) - fromY) * glide
      const z = fromZ + ((to[at + 2] ?? 0) - fromZ) * glide
      const depth = eyeAlong - (x * backX + y * backY + z * backZ)
      if (depth <= 0 || depth > deepest) continue
      const { xPx, yPx } = see(x, y, z)
      const width = widthAtOne / depth
      const [aside, above] = [
        Math.abs(xPx - canvas.widthPx / 2),
        Math.abs(yPx - canvas.heightPx / 2),
      ]
      if (aside > (canvas.widthPx + width) / 2 || above > (canvas.heightPx + width) / 2) continue
      this.slots.push(slot)
      this.widths.push(width)
      this.worths.push(width * (1 - 0.6 * Math.min(1, Math.hypot(aside, above) / canvas.widthPx)))
    }
  }
}

function widest(
  slots: readonly number[],
  widths: readonly number[],
  worths: readonly number[],
  most: number,
): CardChoice {
  // Equal widths, as in a plane, fall in the order of the slots, which no move changes.
  const order = Array.from(slots.keys()).sort(
    (a, b) => (widths[b] ?? 0) - (widths[a] ?? 0) || (slots[a] ?? 0) - (slots[b] ?? 0),
  )
  order.length = Math.min(order.length, most)
  return {
    slots: Uint32Array.from(order, (at) => slots[at] ?? 0),
    widthsPx: Float32Array.from(order, (at) => widths[at] ?? 0),
    worths: Float32Array.from(order, (at) => worths[at] ?? 0),
  }
}
