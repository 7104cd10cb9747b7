// From the embeddings of photos to a layout, with all that is told on the way.
import { stat } from 'node:fs/promises'
import { RecordFile } from '../store/record-file.ts'
import type { FoundNeighbours } from './knn/nearest-neighbours.ts'
import { Latest } from './latest.ts'
import { type CachedLayout, layoutKey, readLayout, writeLayout } from './layout-cache.ts'
import type { PhotoSet, ProjectAnswer, ProjectProgress, ProjectRequest } from './protocol.ts'
import { layoutQuality } from './quality/layout-quality.ts'
import {
  type Coordinates,
  comparedRows,
  coordinatesOf,
  firstComponents,
  neighboursIn,
} from './surroundings.ts'
import { alignLayout } from './umap/align.ts'
import type { LayoutThreads } from './umap/run-layout.ts'
import { type UmapStage, umap } from './umap/umap.ts'
import { Unfinished } from './unfinished.ts'
import { StoredVectors, type VectorRows } from './vectors/vector-rows.ts'

export interface ProjectWatch {
  readonly signal: AbortSignal
  readonly onProgress: (progress: ProjectProgress) => void
}

/** Neighbours whose order quality is judged by. */
const qualityNeighbours = 15
const positionsEveryMs = 200
/** The program may be closed at any moment. */
const keepEveryMs = 5_000
/** Fewer are laid out anew sooner than they are read. */
const fewestToKeep = 2_000

/** Keeps what the last set of photos came to, so that another setting need not start anew. */
export class Projector {
  private readonly coordinates = new Latest<Coordinates>()
  private readonly neighbours = new Latest<FoundNeighbours>()

  constructor(private readonly on: LayoutThreads) {}

  /** @throws the signal's reason; ForeignFileError when the file holds other embeddings */
  async project(request: ProjectRequest, watch: ProjectWatch): Promise<ProjectAnswer> {
    const { set, dims, cacheFolder } = request
    const key = await layoutKey(request)
    // How it is turned in the end does not matter on the way.
    const { before: _, ...unturned } = request
    const unfinished =
      cacheFolder === undefined ? undefined : new Unfinished(cacheFolder, await layoutKey(unturned))
    if (cacheFolder !== undefined) {
      const kept = await readLayout(cacheFolder, key, set.ids.length * dims)
      if (kept !== undefined) return { ids: set.ids, ...kept, cached: true }
    }
    const made = await withVectors(set, (rows) => this.layOut(rows, request, watch, unfinished))
    if (cacheFolder !== undefined) await writeLayout(cacheFolder, key, made)
    await unfinished?.forget()
    return { ids: set.ids, ...made, cached: false }
  }

  private async layOut(
    rows: VectorRows,
    request: ProjectRequest,
    { signal, onProgress }: ProjectWatch,
    unfinished: Unfinished | undefined,
  ): Promise<CachedLayout> {
    const startMs = performance.now()
    const { set, dims, method, metric, seed, before } = request
    const { threads } = this.on
    const at = (stage: ProjectProgress['stage']) => ({
      signal,
      onProgress: (fraction: number) => onProgress({ stage, fraction }),
    })
    const file = await stat(set.vectors.path)
    const source = [set.vectors.tag, file.mtimeMs, file.size, seed]
    const coordinates = await this.coordinates.of([set.ids, ...source], () =>
      coordinatesOf(rows, seed, threads, at('components')),
    )
    const align = (positions: Float32Array): Float32Array => {
      if (before === undefined) return positions
      const { old, shared } = sharedPhotos(set.ids, before.ids, before.positions, dims)
      return alignLayout(positions, dims, old, shared)
    }
    const start = firstComponents(coordinates, dims)
    let positions = align(start)
    onProgress({ stage: 'components', fraction: 1, positions })
    let exactNeighbours = true
    if (method === 'umap') {
      const k = request.neighbours
      const neighbours = await this.neighbours.of([set.ids, ...source, k, metric], async () => {
        const known = await unfinished?.neighbours(rows.count, Math.min(k, rows.count - 1))
        if (known !== undefined) return known
        const options = { k, metric, seed }
        const found = await neighboursIn(rows, coordinates, options, threads, at('neighbours'))
        if (rows.count >= fewestToKeep) await unfinished?.keepNeighbours(found).catch(() => {})
        return found
      })
      exactNeighbours = neighbours.exact
      let sentMs = 0
      let keptMs = performance.now()
      const keep = async (stage: UmapStage): Promise<void> => {
        // It only spares work: a full disk must not end the layout.
        if (rows.count >= fewestToKeep) await unfinished?.keepEpoch(stage).catch(() => {})
      }
      positions = align(
        await umap(
          neighbours,
          start,
          request,
          this.on,
          {
            ...at('layout'),
            onStopped: keep,
            onPositions: (stage) => {
              if (performance.now() - sentMs < positionsEveryMs) return
              sentMs = performance.now()
              if (sentMs - keptMs > keepEveryMs) {
                keptMs = sentMs
                void keep(stage)
              }
              onProgress({ stage: 'layout', fraction: 0, positions: align(stage.positions) })
            },
          },
          await unfinished?.epoch(start.length),
        ),
      )
    }
    const seconds = (performance.now() - startMs) / 1000
    const compared = await comparedRows(rows, coordinates.pca.mean, metric, threads)
    try {
      const quality = await layoutQuality(
        compared,
        positions,
        { k: qualityNeighbours, seed, threads },
        at('quality'),
      )
      return { positions, facts: { ...quality, exactNeighbours, seconds } }
    } finally {
      await compared.dispose()
    }
  }
}

/** Opens the file for the time of the work. */
export async function withVectors<T>(
  { vectors, ids }: PhotoSet,
  work: (rows: VectorRows) => Promise<T>,
): Promise<T> {
  const file = RecordFile.open(vectors.path, vectors.embeddingDim * 2, vectors.tag)
  try {
    return await work(new StoredVectors(file, ids, vectors.embeddingDim))
  } finally {
    file.dispose()
  }
}

/** Which photos of a set another layout has, and where it has them. */
function sharedPhotos(
  ids: Uint32Array,
  oldIds: Uint32Array,
  oldPositions: Float32Array,
  dims: number,
): { readonly old: Float32Array; readonly shared: Uint32Array } {
  const places = new Map(Array.from(oldIds, (id, place) => [id, place] as const))
  const shared = Uint32Array.from(ids.keys()).filter((point) => places.has(ids[point] ?? 0))
  const old = new Float32Array(shared.length * dims)
  shared.forEach((point, i) => {
    const place = places.get(ids[point] ?? 0) ?? 0
    old.set(oldPositions.subarray(place * dims, (place + 1) * dims), i * dims)
  })
  return { old, shared }
}
