// Brings a layout into the unit square, whatever a few stray points do.

/** Share of the points at either end that may lie outside and are moved to the edge. */
const strayShare = 0.005
const justBelowOne = 1 - 2 ** -24

/**
 * Each axis is stretched by itself so that all but one point in a hundred lie between 0 and 1.
 *
 * @param positions [points, 2]
 * @returns [points, 2], from 0 to below 1
 */
export function toUnitSquare(positions: Float32Array): Float32Array {
  const placed = new Float32Array(positions.length)
  for (const axis of [0, 1]) {
    const values = positions.filter((_, i) => i % 2 === axis).sort()
    const at = (share: number): number =>
      values[Math.round(share * Math.max(0, values.length - 1))] ?? 0
    const [low, high] = [at(strayShare), at(1 - strayShare)]
    const span = high - low
    for (let i = axis; i < positions.length; i += 2) {
      const share = span > 0 ? ((positions[i] ?? 0) - low) / span : 0.5
      placed[i] = Math.min(Math.max(share, 0), justBelowOne)
    }
  }
  return placed
}
