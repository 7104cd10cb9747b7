// Brings a layout into the unit square and spreads it there.

/** Share of the points at either end that may lie outside and are moved to the edge. */
const strayShare = 0.005
/** How much a point's rank counts beside its place: islands far off would leave most cells empty. */
const rankShare = 0.5
const justBelowOne = 1 - 2 ** -24

/**
 * Each axis by itself: half the place between the outermost points but one in two hundred at either
 * end, half the rank. Order is kept, so what lay together lies together.
 *
 * @param positions [points, 2]
 * @returns [points, 2], from 0 to below 1
 */
export function toUnitSquare(positions: Float32Array): Float32Array {
  const placed = new Float32Array(positions.length)
  for (const axis of [0, 1]) {
    const values = positions.filter((_, i) => i % 2 === axis).sort()
    const last = Math.max(1, values.length - 1)
    const at = (share: number): number => values[Math.round(share * last)] ?? values[0] ?? 0
    const [low, high] = [at(strayShare), at(1 - strayShare)]
    const span = high - low
    // Of equal values the first one's rank: they stay together.
    const ranks = new Map<number, number>()
    values.forEach((value, rank) => {
      if (!ranks.has(value)) ranks.set(value, rank / last)
    })
    for (let i = axis; i < positions.length; i += 2) {
      const value = positions[i] ?? 0
      const place = span > 0 ? Math.min(Math.max((value - low) / span, 0), 1) : 0.5
      const rank = span > 0 ? (ranks.get(value) ?? 0) : 0.5
      placed[i] = Math.min((1 - rankShare) * place + rankShare * rank, justBelowOne)
    }
  }
  return placed
}
