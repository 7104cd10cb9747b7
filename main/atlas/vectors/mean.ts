// The mean of rows.
import { halfTable } from '../../store/half-float.ts'
import { turn } from '../turns.ts'
import type { VectorRows } from './vector-rows.ts'

const blockRows = 1024

/** @returns [dim]; zeros of no rows. @throws the signal's reason */
export async function meanOf(rows: VectorRows, signal: AbortSignal): Promise<Float32Array> {
  const sum = new Float64Array(rows.dim)
  for (let first = 0; first < rows.count; first += blockRows) {
    await turn(signal)
    const block = await rows.read(first, Math.min(blockRows, rows.count - first))
    for (let start = 0; start < block.length; start += rows.dim) {
      for (let x = 0; x < rows.dim; x++) {
        sum[x] = (sum[x] ?? 0) + (halfTable[block[start + x] ?? 0] ?? 0)
      }
    }
  }
  return Float32Array.from(sum, (value) => value / Math.max(1, rows.count))
}
