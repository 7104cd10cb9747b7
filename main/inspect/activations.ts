// From a layer's float activations to the bytes and figures that the window draws.

export interface ActivationBytes {
  /** [channels, area]: byte = (value - minimum) / (maximum - minimum) * 255 of its channel. */
  readonly bytes: Uint8Array
  readonly minima: Float32Array
  readonly maxima: Float32Array
  readonly means: Float32Array
  /** Share of exact zeros, by channel. */
  readonly sparsities: Float32Array
}

/**
 * Quantises each channel over its own range and takes its statistics in the same pass.
 * Values that are not finite count as zero, so that one overflow does not blank a channel.
 *
 * @param values float32 [channels, area], row-major
 */
export function activationBytes(values: Float32Array, channels: number): ActivationBytes {
  const area = values.length / channels
  const bytes = new Uint8Array(values.length)
  const minima = new Float32Array(channels)
  const maxima = new Float32Array(channels)
  const means = new Float32Array(channels)
  const sparsities = new Float32Array(channels)
  for (let channel = 0; channel < channels; channel++) {
    const start = channel * area
    const end = start + area
    let [min, max, sum, zeros] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, 0]
    for (let i = start; i < end; i++) {
      const value = finite(values[i])
      if (value < min) min = value
      if (value > max) max = value
      if (value === 0) zeros++
      sum += value
    }
    const scale = max > min ? 255 / (max - min) : 0
    for (let i = start; i < end; i++) bytes[i] = (finite(values[i]) - min) * scale + 0.5
    minima[channel] = min
    maxima[channel] = max
    means[channel] = sum / area
    sparsities[channel] = zeros / area
  }
  return { bytes, minima, maxima, means, sparsities }
}

const finite = (value: number | undefined): number =>
  value !== undefined && Number.isFinite(value) ? value : 0

/** Figures of the whole layer from its channels' (all of the same area). */
export function layerFigures({ minima, maxima, means, sparsities }: ActivationBytes): {
  min: number
  max: number
  mean: number
  sparsity: number
} {
  const mean = (values: Float32Array): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length
  return {
    min: minima.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY),
    max: maxima.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY),
    mean: mean(means),
    sparsity: mean(sparsities),
  }
}
