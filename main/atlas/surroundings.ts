// What a layout of a set of photos starts from: components, start, neighbours; kept for the next.
import { type FoundNeighbours, nearestNeighbours } from './knn/nearest-neighbours.ts'
import { fitPca, type Pca, projectRows } from './pca/pca.ts'
import type { Metric } from './protocol.ts'
import type { Watch } from './turns.ts'
import { CentredRows } from './vectors/centred-rows.ts'
import type { VectorRows } from './vectors/vector-rows.ts'

/** Enough to tell cells apart; the first of them are the start of a layout. */
const components = 32

export interface Coordinates {
  readonly pca: Pca
  /** Principal components, [count, {@link components}]. */
  readonly values: Float32Array
}

export async function coordinatesOf(
  rows: VectorRows,
  seed: number,
  threads: number,
  { signal, onProgress }: Watch,
): Promise<Coordinates> {
  const pca = await fitPca(
    rows,
    { dims: components, seed, threads },
    { signal, onProgress: (fraction) => onProgress?.(fraction * 0.7) },
  )
  const values = await projectRows(rows, pca, threads, {
    signal,
    onProgress: (fraction) => onProgress?.(0.7 + fraction * 0.3),
  })
  return { pca, values }
}

/** The first components, [count, dims]. */
export function firstComponents({ values }: Coordinates, dims: number): Float32Array {
  const count = values.length / components
  return Float32Array.from(
    { length: count * dims },
    (_, at) => values[Math.floor(at / dims) * components + (at % dims)] ?? 0,
  )
}

/** Rows by which photos are compared; dispose of them. */
export const comparedRows = (
  rows: VectorRows,
  mean: Float32Array,
  metric: Metric,
  threads: number,
): Promise<CentredRows> =>
  CentredRows.over(rows, metric === 'centred' ? mean : new Float32Array(rows.dim), threads)

export async function neighboursIn(
  rows: VectorRows,
  { pca, values }: Coordinates,
  options: { readonly k: number; readonly metric: Metric; readonly seed: number },
  threads: number,
  watch: Watch,
): Promise<FoundNeighbours> {
  const compared = await comparedRows(rows, pca.mean, options.metric, threads)
  try {
    return await nearestNeighbours(compared, values, { ...options, threads }, watch)
  } finally {
    await compared.dispose()
  }
}
