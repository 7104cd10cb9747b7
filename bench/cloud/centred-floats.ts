// Embeddings as the search compares them, for the programs that it is compared with.
import { floatRows, type HalfMatrix } from '../../main/atlas/vectors/vector-rows.ts'

const blockRows = 4096

/** (row - mean) / |row - mean|, float32 [count, dim]. */
export function centredFloats(rows: HalfMatrix, mean: Float32Array): Float32Array {
  const { count, dim } = rows
  const centred = new Float32Array(count * dim)
  for (let first = 0; first < count; first += blockRows) {
    const block = floatRows(rows, first, Math.min(blockRows, count - first))
    for (let start = 0; start < block.length; start += dim) {
      let square = 0
      for (let x = 0; x < dim; x++) {
        const apart = (block[start + x] ?? 0) - (mean[x] ?? 0)
        block[start + x] = apart
        square += apart * apart
      }
      const scale = 1 / Math.sqrt(square || 1)
      for (let x = 0; x < dim; x++) {
        centred[first * dim + start + x] = (block[start + x] ?? 0) * scale
      }
    }
  }
  return centred
}
