// The order in which points lie on the GPU: shuffled, so that the first thousand of a million are a
// fair sample of all, and the same for the same number of points.

export interface DrawOrder {
  /** The point at each slot. */
  readonly pointOf: Uint32Array
  /** The slot of each point. */
  readonly slotOf: Uint32Array
}

const seed = 0x9e3779b9

export function shuffledOrder(points: number): DrawOrder {
  const pointOf = new Uint32Array(points)
  for (let i = 0; i < points; i++) pointOf[i] = i
  let state = seed
  for (let i = points - 1; i > 0; i--) {
    // xorshift32 (Marsaglia 2003).
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    const other = (state >>> 0) % (i + 1)
    const kept = pointOf[i] ?? 0
    pointOf[i] = pointOf[other] ?? 0
    pointOf[other] = kept
  }
  const slotOf = new Uint32Array(points)
  for (let slot = 0; slot < points; slot++) slotOf[pointOf[slot] ?? 0] = slot
  return { pointOf, slotOf }
}
