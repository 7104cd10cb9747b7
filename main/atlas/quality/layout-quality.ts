// How true a layout is to the embeddings.
import { inTurns, type Watch } from '../turns.ts'
import type { VectorRows } from '../vectors/vector-rows.ts'
import { randomRows } from './random-rows.ts'
import { nearestOf, ranksBeyond } from './ranks.ts'
import { RowProducts } from './row-products.ts'

export interface LayoutQuality {
  readonly k: number
  /** 1 when all neighbours in the layout are neighbours by embedding. */
  readonly trustworthiness: number
  /** 1 when all neighbours by embedding are neighbours in the layout. */
  readonly continuity: number
  /** Photos whose neighbours were looked at: all, or that many at random. */
  readonly sampled: number
}

export interface QualityOptions {
  readonly k: number
  readonly seed: number
  readonly threads: number
  readonly mostSampled?: number
}

const defaultMostSampled = 500
/** 100 MB: so many rows at once have their products with all. */
const mostProducts = 25_000_000

/**
 * Trustworthiness and continuity (Venna and Kaski 2001, equations 1 and 2); over a sample, the sums
 * are over its photos, while ranks are still among all. A layout of two points or fewer is perfect.
 *
 * @param positions [count, dims]
 * @throws the signal's reason
 */
export async function layoutQuality(
  rows: VectorRows,
  positions: Float32Array,
  options: QualityOptions,
  { signal, onProgress }: Watch,
): Promise<LayoutQuality> {
  const { seed, threads, mostSampled = defaultMostSampled } = options
  const { count } = rows
  // Beyond it the worst sum is another.
  const k = Math.max(1, Math.min(options.k, Math.floor(count / 2) - 1))
  const sample = randomRows(count, mostSampled, seed)
  if (count <= 2 || 2 * count - 3 * k - 1 <= 0) {
    return { k, trustworthiness: 1, continuity: 1, sampled: sample.length }
  }
  let [intruders, missed] = [0, 0]
  const products = await RowProducts.create(rows, threads)
  const blockRows = Math.max(1, Math.floor(mostProducts / count))
  try {
    for (let first = 0; first < sample.length; first += blockRows) {
      const those = sample.slice(first, first + blockRows)
      const alike = await products.of(those, signal)
      await inTurns(those.length, 4, { signal }, (from, to) => {
        for (let i = from; i < to; i++) {
          const row = those[i] ?? 0
          const high = alike.subarray(i * count, (i + 1) * count)
          const low = closenessIn(positions, positions.length / count, row)
          intruders += ranksBeyond(high, row, nearestOf(low, row, k), k)
          missed += ranksBeyond(low, row, nearestOf(high, row, k), k)
        }
      })
      onProgress?.((first + those.length) / sample.length)
    }
  } finally {
    await products.dispose()
  }
  const worst = (sample.length * k * (2 * count - 3 * k - 1)) / 2
  return {
    k,
    trustworthiness: 1 - intruders / worst,
    continuity: 1 - missed / worst,
    sampled: sample.length,
  }
}

/** The negated squared distance of each point to one. */
export function closenessIn(positions: Float32Array, dims: number, point: number): Float32Array {
  const closeness = new Float32Array(positions.length / dims)
  for (let i = 0; i < closeness.length; i++) {
    let square = 0
    for (let x = 0; x < dims; x++) {
      square += ((positions[i * dims + x] ?? 0) - (positions[point * dims + x] ?? 0)) ** 2
    }
    closeness[i] = -square
  }
  return closeness
}
