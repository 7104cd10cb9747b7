// One vector that stands for "more like these, less like those".

/** What is unlike counts less than what is like: it says where not to go, not where to go. */
const weightOfLess = 0.5

/**
 * Relevance feedback (Rocchio 1971): the mean of what is wanted, less a part of the mean of what is not.
 *
 * @param more unit vectors [dim], at least one
 * @param less unit vectors [dim]
 * @returns of unit length, or zero when they cancel out
 */
export function likenessVector(
  more: readonly Float32Array[],
  less: readonly Float32Array[],
): Float32Array {
  const [first] = more
  if (first === undefined) throw new RangeError('Expected at least one vector to be like')
  const sum = new Float64Array(first.length)
  const add = (vectors: readonly Float32Array[], weight: number): void => {
    for (const vector of vectors) {
      vector.forEach((value, x) => {
        sum[x] = (sum[x] ?? 0) + (value * weight) / vectors.length
      })
    }
  }
  add(more, 1)
  add(less, -weightOfLess)
  const length = Math.hypot(...sum)
  return Float32Array.from(sum, (value) => (length === 0 ? 0 : value / length))
}
