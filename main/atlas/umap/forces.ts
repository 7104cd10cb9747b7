// Forces between points of a layout, looked up by their squared distance.
import type { Curve } from './curve.ts'

/**
 * Factors on the difference of two positions. A table is read at ({@link tableShift} top bits of the
 * squared distance as float32) - {@link tableBase}: 128 steps an octave, so that a factor is within
 * 1 % of the formula's, and no power is taken in the inner loop.
 */
export interface Forces {
  readonly attraction: Float32Array
  readonly repulsion: Float32Array
}

export const tableShift = 16
const leastExponent = -24
const mostExponent = 24
export const leastSquare = 2 ** leastExponent
/** Just below the end of the table. */
export const mostSquare = 2 ** mostExponent * 0.999
export const tableBase = (127 + leastExponent) << (23 - tableShift)
const entries = (mostExponent - leastExponent) << (23 - tableShift)

/** Keeps the repulsion of points that nearly coincide finite, as in the reference implementation. */
const softening = 0.001

/** The gradients of UMAP's cross entropy (McInnes, Healy and Melville 2018, appendix C). */
export const attractionAt = ({ a, b }: Curve, square: number): number =>
  (-2 * a * b * square ** (b - 1)) / (1 + a * square ** b)
export const repulsionAt = ({ a, b }: Curve, square: number): number =>
  (2 * b) / ((softening + square) * (1 + a * square ** b))

export function forcesOf(curve: Curve): Forces {
  const attraction = new Float32Array(new SharedArrayBuffer(entries * 4))
  const repulsion = new Float32Array(new SharedArrayBuffer(entries * 4))
  const bits = new Int32Array(1)
  const float = new Float32Array(bits.buffer)
  for (let i = 0; i < entries; i++) {
    // The middle of the entry's range.
    bits[0] = ((i + tableBase) << tableShift) + (1 << (tableShift - 1))
    attraction[i] = attractionAt(curve, float[0] ?? 1)
    repulsion[i] = repulsionAt(curve, float[0] ?? 1)
  }
  return { attraction, repulsion }
}
