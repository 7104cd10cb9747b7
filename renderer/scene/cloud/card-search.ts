// Finds the points that are near enough to be drawn as photos, a part of all points at a time.
import { axesOf, type CameraPose, eyeOf, halfHeightAtOne } from './camera-pose.ts'
import { CardCover } from './card-cover.ts'
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
  /** At most so many, the nearest. */
  readonly most: number
  readonly aspectOf: (slot: number) => number
  /** In a plane, later slots lie on top. */
  readonly flat: boolean
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

interface Candidate {
  readonly slot: number
  readonly xPx: number
  readonly yPx: number
  readonly widthPx: number
}

const skipped = pointFlag.hidden | pointFlag.faint

export class CardSearch {
  private query: CardQuery | null = null
  private next = 0
  private found: Candidate[] = []

  get running(): boolean {
    return this.query !== null
  }

  start(query: CardQuery): void {
    this.query = query
    this.next = 0
    this.found = []
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
    return nearest(this.found, query)
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
      this.found.push({ slot, xPx, yPx, widthPx: width })
    }
  }
}

/** The candidates from the nearest on, without those that nearer ones hide. */
function nearest(
  found: readonly Candidate[],
  { arrays, canvas, most, aspectOf, flat }: CardQuery,
): CardChoice {
  const cover = new CardCover(canvas)
  const chosen: Candidate[] = []
  for (const at of nearestFirst(found, flat, arrays)) {
    if (chosen.length >= most) break
    const candidate = found[at]
    if (candidate === undefined) continue
    const { slot, xPx, yPx, widthPx } = candidate
    if (cover.add(xPx, yPx, widthPx, aspectOf(slot))) chosen.push(candidate)
  }
  return {
    slots: Uint32Array.from(chosen, ({ slot }) => slot),
    widthsPx: Float32Array.from(chosen, ({ widthPx }) => widthPx),
    worths: Float32Array.from(chosen, ({ xPx, yPx, widthPx }) => {
      const aside = Math.hypot(xPx - canvas.widthPx / 2, yPx - canvas.heightPx / 2)
      return widthPx * (1 - 0.6 * Math.min(1, aside / canvas.widthPx))
    }),
  }
}

const places = 2 ** 22

/** As numbers with the place in the low digits: typed arrays sort many times as fast as lists. */
function nearestFirst(
  found: readonly Candidate[],
  flat: boolean,
  { paint }: PointArrays,
): Float64Array {
  const keys = Float64Array.from(found, ({ slot, widthPx }, at) => {
    const selected = ((paint[slot * 4 + 3] ?? 0) & pointFlag.selected) !== 0
    const nearness = flat ? slot + (selected ? places : 0) : Math.round(widthPx * 64)
    return -nearness * places + at
  })
  return keys.sort().map((key) => ((key % places) + places) % places)
}
