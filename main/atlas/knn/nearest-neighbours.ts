// The k nearest neighbours of every photo by cosine: exactly, or nearly so when there are very many.
import type { Watch } from '../turns.ts'
import type { VectorRows } from '../vectors/vector-rows.ts'
import { approximateNeighbours } from './approximate.ts'
import { exactNeighbours } from './exact.ts'
import type { Neighbours } from './neighbour-lists.ts'
import { reducedRows } from './reduced-rows.ts'

export interface NeighbourOptions {
  /** Fewer are found where there are fewer rows. */
  readonly k: number
  readonly seed: number
  readonly threads: number
  /** Multiplications up to which all pairs are compared. */
  readonly exactWork?: number
  /** Bytes of half floats up to which rows keep all their dimensions in the approximate search. */
  readonly mostBytes?: number
}

export interface FoundNeighbours extends Neighbours {
  readonly exact: boolean
}

/** Some six seconds on two cores: 24,000 rows of 2048 dimensions. */
const defaultExactWork = 1.2e12
const defaultMostBytes = 1e9
const reducedDim = 128

/**
 * @param rows unit vectors
 * @param coordinates their leading principal components, [count, dims]
 * @throws the signal's reason
 */
export async function nearestNeighbours(
  rows: VectorRows,
  coordinates: Float32Array,
  options: NeighbourOptions,
  watch: Watch,
): Promise<FoundNeighbours> {
  const { seed, threads, exactWork = defaultExactWork, mostBytes = defaultMostBytes } = options
  const { count, dim } = rows
  const k = Math.max(0, Math.min(options.k, count - 1))
  const found = async (): Promise<Neighbours> => {
    if (count ** 2 * dim <= exactWork) return exactNeighbours(rows, k, threads, watch)
    const held =
      count * dim * 2 <= mostBytes || dim <= reducedDim
        ? rows
        : await reducedRows(rows, reducedDim, seed, threads, { signal: watch.signal })
    return approximateNeighbours(held, coordinates, k, seed, threads, watch)
  }
  const { ids, similarities } = await found()
  return { count, k, ids, similarities, exact: count ** 2 * dim <= exactWork }
}
