// Scales and integers of static quantisation: value = scale * (integer - zeroPoint).

/** Least and greatest value that an activation takes. */
export interface ActivationRange {
  readonly least: number
  readonly greatest: number
}

/** uint8, 0..255. */
export interface ActivationScale {
  readonly scale: number
  readonly zeroPoint: number
}

/** Smaller scales underflow once they are multiplied with one another. */
const leastScale = 1e-10

/**
 * Covers the range and 0, which lies on an integer exactly: padding is made of zeros, and a ReLU cuts
 * there.
 */
export function activationScale({ least, greatest }: ActivationRange): ActivationScale {
  const [low, high] = [Math.min(least, 0), Math.max(greatest, 0)]
  const scale = Math.max((high - low) / 255, leastScale)
  return { scale, zeroPoint: Math.min(255, Math.max(0, Math.round(-low / scale))) }
}

export interface QuantisedWeights {
  /** In the order of the floats. */
  readonly integers: Int8Array
  /** One for each channel. */
  readonly scales: Float32Array
}

/**
 * Symmetric, -127..127, one scale for each channel along an axis: channels of one layer differ in
 * size by orders of magnitude (Krishnamoorthi 2018, arXiv:1806.08342, section 2.4).
 *
 * @param weights row-major, of shape `dims`
 */
export function quantiseWeights(
  weights: ArrayLike<number>,
  dims: readonly number[],
  axis: number,
): QuantisedWeights {
  const channels = dims[axis] ?? 1
  const stride = dims.slice(axis + 1).reduce((a, b) => a * b, 1)
  const channelOf = (i: number): number => Math.floor(i / stride) % channels
  const scales = new Float32Array(channels)
  for (let i = 0; i < weights.length; i++) {
    const channel = channelOf(i)
    scales[channel] = Math.max(scales[channel] ?? 0, Math.abs(weights[i] ?? 0))
  }
  for (let c = 0; c < channels; c++) scales[c] = Math.max((scales[c] ?? 0) / 127, leastScale)
  const integers = Int8Array.from({ length: weights.length }, (_, i) =>
    Math.min(127, Math.max(-127, Math.round((weights[i] ?? 0) / (scales[channelOf(i)] ?? 1)))),
  )
  return { integers, scales }
}

/** int32, at the scale of the sums that it is added to. */
export const quantiseBias = (
  bias: ArrayLike<number>,
  inputScale: number,
  weightScales: Float32Array,
): Int32Array =>
  Int32Array.from({ length: bias.length }, (_, c) => {
    const integer = Math.round((bias[c] ?? 0) / (inputScale * (weightScales[c] ?? 1)))
    return Math.min(2 ** 31 - 1, Math.max(-(2 ** 31), integer))
  })
