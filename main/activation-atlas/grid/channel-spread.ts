// Mean and spread of each channel over all sampled activations.
import { inTurns, type Watch } from '../../atlas/turns.ts'
import { floatRows, type HalfMatrix } from '../../atlas/vectors/vector-rows.ts'
import type { GridAnswer } from '../protocol.ts'

const samplesATurn = 256

/**
 * @param rows unit vectors, [samples, channels]
 * @param norms their lengths, [samples]
 * @throws the signal's reason
 */
export async function channelSpread(
  rows: HalfMatrix,
  norms: Float32Array,
  watch: Watch,
): Promise<Pick<GridAnswer, 'mean' | 'deviations'>> {
  const { dim, count } = rows
  const sums = new Float64Array(dim)
  const squares = new Float64Array(dim)
  await inTurns(count, samplesATurn, watch, (from, to) => {
    const block = floatRows(rows, from, to - from)
    for (let at = 0; at < block.length; at++) {
      const value = (block[at] ?? 0) * (norms[from + Math.floor(at / dim)] ?? 0)
      sums[at % dim] = (sums[at % dim] ?? 0) + value
      squares[at % dim] = (squares[at % dim] ?? 0) + value * value
    }
  })
  const mean = Float32Array.from(sums, (sum) => sum / Math.max(1, count))
  const deviations = Float32Array.from(squares, (square, x) =>
    Math.sqrt(Math.max(0, square / Math.max(1, count) - (mean[x] ?? 0) ** 2)),
  )
  return { mean, deviations }
}
