// The points of the scene by their place in the ids, whatever the order in which they are drawn.
import { type Sphere, sphereAround } from './bounds.ts'
import { pointFlag } from './cloud-scene-types.ts'
import { type DrawOrder, shuffledOrder } from './draw-order.ts'
import { Glide } from './glide.ts'
import {
  flagsAt,
  type PointArrays,
  paintColours,
  paintFlags,
  placeOfSlot,
  placePoints,
  pointArrays,
  slotsWith,
  stopGliding,
} from './point-arrays.ts'
import type { Vector } from './vector.ts'

export class ScenePoints {
  arrays: PointArrays = pointArrays(0)
  /** Of all places on the way, so that nothing glides out of it. */
  bounds: Sphere = { centre: [0, 0, 0], radius: 1 }
  /** Whether they have places yet. */
  placed = false
  readonly glide = new Glide()
  private ids: Uint32Array = new Uint32Array()
  private aspects: Float32Array = new Float32Array()
  private order: DrawOrder = shuffledOrder(0)

  get count(): number {
    return this.ids.length
  }

  readonly idOf = (slot: number): number => this.ids[this.order.pointOf[slot] ?? 0] ?? 0
  readonly aspectOf = (slot: number): number => this.aspects[this.order.pointOf[slot] ?? 0] ?? 1

  slotOf(point: number): number | undefined {
    return this.order.slotOf[point]
  }

  /** Null for no slot. */
  pointAt(slot: number): number | null {
    return slot < 0 ? null : (this.order.pointOf[slot] ?? null)
  }

  set(ids: Uint32Array, aspects: Float32Array): void {
    this.ids = ids.slice()
    this.aspects = aspects.slice()
    this.order = shuffledOrder(ids.length)
    this.arrays = pointArrays(ids.length)
    this.placed = false
  }

  /** @returns whether the places they come from changed too */
  place(positions: Float32Array, dims: 2 | 3, nowMs: number, animateMs: number): boolean {
    const { arrays, glide } = this
    const glides = this.placed && animateMs > 0
    const wasGliding = glide.onTheWay
    if (wasGliding) stopGliding(arrays, glide.share)
    else if (glides) [arrays.from, arrays.to] = [arrays.to, arrays.from]
    placePoints(positions, dims, this.order, arrays.to)
    if (!glides) arrays.from.set(arrays.to)
    glide.start(nowMs, glides ? animateMs : 0)
    this.bounds = sphereAround(glides ? [arrays.from, arrays.to] : [arrays.to])
    this.placed = true
    return wasGliding || !glides
  }

  /** Sets points between two places, at the first of them. */
  between(from: Float32Array, to: Float32Array, dims: 2 | 3, nowMs: number): void {
    const { arrays, order } = this
    placePoints(from, dims, order, arrays.from)
    placePoints(to, dims, order, arrays.to)
    this.glide.hold(0, nowMs, 0)
    this.bounds = sphereAround([arrays.from, arrays.to])
    this.placed = true
  }

  colour(coloursRgb: Uint8Array): void {
    paintColours(coloursRgb, this.order, this.arrays)
  }

  flag(flags: Uint8Array): void {
    paintFlags(flags, this.order, this.arrays)
  }

  get selectedSlots(): Uint32Array {
    return slotsWith(pointFlag.selected, this.arrays)
  }

  hidden(slot: number): boolean {
    return (flagsAt(this.arrays, slot) & pointFlag.hidden) !== 0
  }

  /** The slots of these points, of all when null, without hidden ones. */
  slotsShown(points: Uint32Array | null): readonly number[] {
    const slots =
      points === null
        ? Array.from(this.order.pointOf.keys())
        : Array.from(points, (point) => this.slotOf(point) ?? 0)
    return slots.filter((slot) => !this.hidden(slot))
  }

  /** How many are not faint. */
  brightAmong(slots: Uint32Array): number {
    let bright = 0
    for (const slot of slots) if ((flagsAt(this.arrays, slot) & pointFlag.faint) === 0) bright++
    return bright
  }

  /** In the order of the ids. */
  pointsOf(slots: Uint32Array): Uint32Array {
    return slots.map((slot) => this.order.pointOf[slot] ?? 0).sort()
  }

  /** @param share of the way; where it is now when absent */
  placeOf(slot: number, share = this.glide.share): Vector {
    return placeOfSlot(this.arrays, slot, share)
  }
}
