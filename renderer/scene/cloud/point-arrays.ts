// The points as the GPU reads them: slot by slot in the order of drawing, kept to build it anew.
import type { DrawOrder } from './draw-order.ts'
import type { Vector } from './vector.ts'

export interface PointArrays {
  /** [slots, 3]; points glide from `from` to `to`. */
  from: Float32Array
  to: Float32Array
  /** [slots, 4]: RGB and flags. */
  readonly paint: Uint8Array
}

const unpainted = 160

export function pointArrays(points: number): PointArrays {
  const paint = new Uint8Array(points * 4).fill(unpainted)
  for (let slot = 0; slot < points; slot++) paint[slot * 4 + 3] = 0
  return { from: new Float32Array(points * 3), to: new Float32Array(points * 3), paint }
}

/** @param positions [points, dims] */
export function placePoints(
  positions: Float32Array,
  dims: 2 | 3,
  { pointOf }: DrawOrder,
  into: Float32Array,
): void {
  for (let slot = 0; slot < pointOf.length; slot++) {
    const at = (pointOf[slot] ?? 0) * dims
    into[slot * 3] = positions[at] ?? 0
    into[slot * 3 + 1] = positions[at + 1] ?? 0
    into[slot * 3 + 2] = dims === 3 ? (positions[at + 2] ?? 0) : 0
  }
}

/** Where gliding points are now becomes where they come from. */
export function stopGliding({ from, to }: PointArrays, glide: number): void {
  for (let i = 0; i < from.length; i++) {
    const start = from[i] ?? 0
    from[i] = start + ((to[i] ?? 0) - start) * glide
  }
}

/** @param coloursRgb [points, 3] */
export function paintColours(
  coloursRgb: Uint8Array,
  { pointOf }: DrawOrder,
  { paint }: PointArrays,
): void {
  for (let slot = 0; slot < pointOf.length; slot++) {
    const at = (pointOf[slot] ?? 0) * 3
    paint[slot * 4] = coloursRgb[at] ?? unpainted
    paint[slot * 4 + 1] = coloursRgb[at + 1] ?? unpainted
    paint[slot * 4 + 2] = coloursRgb[at + 2] ?? unpainted
  }
}

export function paintFlags(
  flags: Uint8Array,
  { pointOf }: DrawOrder,
  { paint }: PointArrays,
): void {
  for (let slot = 0; slot < pointOf.length; slot++)
    paint[slot * 4 + 3] = flags[pointOf[slot] ?? 0] ?? 0
}

export const flagsAt = ({ paint }: PointArrays, slot: number): number => paint[slot * 4 + 3] ?? 0

export function placeOfSlot({ from, to }: PointArrays, slot: number, glide: number): Vector {
  const along = (axis: number): number => {
    const start = from[slot * 3 + axis] ?? 0
    return start + ((to[slot * 3 + axis] ?? 0) - start) * glide
  }
  return [along(0), along(1), along(2)]
}

/** The slots whose points carry a flag. */
export function slotsWith(flag: number, { paint }: PointArrays): Uint32Array {
  let count = 0
  for (let at = 3; at < paint.length; at += 4) if (((paint[at] ?? 0) & flag) !== 0) count++
  const slots = new Uint32Array(count)
  for (let at = 3, next = 0; next < count; at += 4)
    if (((paint[at] ?? 0) & flag) !== 0) slots[next++] = at >> 2
  return slots
}
