// Who is near whom among the closenesses of one point to all.

/**
 * The k of greatest closeness, best first; equal ones by number.
 *
 * @param closeness greater is nearer, [count]
 * @param self left out
 */
export function nearestOf(closeness: Float32Array, self: number, k: number): Uint32Array {
  const ids = new Uint32Array(k)
  const values = new Float32Array(k).fill(Number.NEGATIVE_INFINITY)
  let held = 0
  for (let id = 0; id < closeness.length; id++) {
    const value = closeness[id] ?? 0
    if (id === self || (held === k && value <= (values[k - 1] ?? 0))) continue
    let at = held < k ? held++ : k - 1
    for (; at > 0 && (values[at - 1] ?? 0) < value; at--) {
      values[at] = values[at - 1] ?? 0
      ids[at] = ids[at - 1] ?? 0
    }
    values[at] = value
    ids[at] = id
  }
  return ids.subarray(0, held)
}

/** By how many places beyond the k-th those points stand, summed; equal ones rank by number. */
export function ranksBeyond(
  closeness: Float32Array,
  self: number,
  those: Uint32Array,
  k: number,
): number {
  const ranks = new Uint32Array(those.length)
  const values = Float32Array.from(those, (id) => closeness[id] ?? 0)
  for (let id = 0; id < closeness.length; id++) {
    if (id === self) continue
    const value = closeness[id] ?? 0
    for (let i = 0; i < values.length; i++) {
      const own = values[i] ?? 0
      if (value > own || (value === own && id <= (those[i] ?? 0))) ranks[i] = (ranks[i] ?? 0) + 1
    }
  }
  return ranks.reduce((sum, rank) => sum + Math.max(0, rank - k), 0)
}
