// The direction that a cell's dream is made for.

/** Share of the mean deviation that is added to each: rarely active channels would take over. */
const softening = 0.25

/**
 * What sets a cell apart: its mean activation less that of all samples, in units of each channel's
 * spread (whitening by the diagonal). Left as it is, the mean of a cell is mostly what all cells
 * share, and their dreams look alike.
 *
 * @returns of unit length, [channels]; zeros for a cell that is the mean of all
 */
export function dreamDirection(
  cellMean: Float32Array,
  mean: Float32Array,
  deviations: Float32Array,
): Float32Array {
  const typical = deviations.reduce((sum, value) => sum + value, 0) / (deviations.length || 1)
  const apart = cellMean.map(
    (value, x) => (value - (mean[x] ?? 0)) / ((deviations[x] ?? 0) + softening * typical || 1),
  )
  const length = Math.hypot(...apart)
  return length > 0 ? apart.map((value) => value / length) : apart
}
