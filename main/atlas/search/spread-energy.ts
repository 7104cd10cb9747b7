// Turns vectors so that no number of theirs stands out, which 8 bits then hold far better.
import { randomFrom } from '../../inspect/dream/random.ts'

/** Larger blocks even out no more and cost more. */
const mostBlock = 256

/** Of a block: the greatest power of two that divides the dimension. */
export function blockFor(dim: number): number {
  let block = 1
  while (block < mostBlock && dim % (block * 2) === 0) block *= 2
  return block
}

/** Random signs, +1 or -1, [dim]. */
export function randomSigns(dim: number, seed: number): Float32Array {
  const random = randomFrom(seed)
  return Float32Array.from({ length: dim }, () => (random() < 0.5 ? -1 : 1))
}

/**
 * Random signs, then an orthonormal Walsh-Hadamard transform of every block (Ailon, Chazelle 2009):
 * lengths and dot products stay. In place.
 *
 * @param vector [dim], with `signs` of the same length
 */
export function spreadEnergy(vector: Float32Array, signs: Float32Array): void {
  const dim = vector.length
  const block = blockFor(dim)
  const scale = 1 / Math.sqrt(block)
  for (let i = 0; i < dim; i++) vector[i] = (vector[i] ?? 0) * (signs[i] ?? 0) * scale
  for (let half = 1; half < block; half *= 2) {
    for (let start = 0; start < dim; start += half * 2) {
      for (let i = start; i < start + half; i++) {
        const a = vector[i] ?? 0
        const b = vector[i + half] ?? 0
        vector[i] = a + b
        vector[i + half] = a - b
      }
    }
  }
}
