// New photos get their place in a layout of a library.
import { neighboursAmong } from './knn/neighbours-among.ts'
import { withVectors } from './project.ts'
import type { PlaceRequest } from './protocol.ts'
import { comparedRows } from './surroundings.ts'
import type { Watch } from './turns.ts'
import { placePoints } from './umap/place.ts'
import { meanOf } from './vectors/mean.ts'
import { SpreadRows } from './vectors/spread-rows.ts'
import { HalfMatrix, inMemory, type VectorRows } from './vectors/vector-rows.ts'

const mostMeanRows = 32_768

/**
 * @returns positions of the added photos, [added, dims]
 * @throws the signal's reason
 */
export async function placeAmong(
  request: PlaceRequest,
  threads: number,
  watch: Watch,
): Promise<Float32Array> {
  const { vectors, layout, added } = request
  const withAdded = <T>(work: (rows: VectorRows) => Promise<T>): Promise<T> =>
    'ids' in added
      ? withVectors({ vectors, ids: added.ids }, work)
      : work(new HalfMatrix(added.halves, vectors.embeddingDim))
  return withVectors({ vectors, ids: layout.ids }, (rows) =>
    withAdded((newRows) => place(rows, newRows, request, threads, watch)),
  )
}

async function place(
  rows: VectorRows,
  added: VectorRows,
  { layout, dims, minDist, seed, metric, neighbours }: PlaceRequest,
  threads: number,
  { signal, onProgress }: Watch,
): Promise<Float32Array> {
  const k = Math.min(neighbours, rows.count)
  if (k === 0) return new Float32Array(added.count * dims)
  const some = rows.count <= mostMeanRows ? rows : new SpreadRows(rows, mostMeanRows)
  const mean = await meanOf(some, signal)
  const among = await comparedRows(rows, mean, metric, threads)
  const asked = await comparedRows(added, mean, metric, threads)
  try {
    const found = await neighboursAmong(await inMemory(asked, signal), among, k, threads, {
      signal,
      onProgress: (fraction) => onProgress?.(fraction * 0.8),
    })
    return await placePoints(layout.positions, found, { dims, minDist, seed }, { signal })
  } finally {
    await among.dispose()
    await asked.dispose()
  }
}
