import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { CloudStatus } from '../../preload/contract/cloud.ts'
import { Atlas } from '../atlas/atlas.ts'
import { clusteredVectors, clusterOfRow } from '../atlas/testing/clustered-vectors.ts'
import { forkWithNode } from '../engine/fork-node.ts'
import { type Analysis, unknownFacts } from '../engine/protocol.ts'
import { imagenet1k } from '../models/labels.ts'
import { type OpenStore, openStore } from '../store/store-client.ts'
import { vectorFile } from '../store/vector-file.ts'
import { LibraryCloud } from './library-cloud.ts'
import { LibrarySearch } from './library-search.ts'

const built = (name: string): string =>
  fileURLToPath(new URL(`../../out/main/${name}`, import.meta.url))

/** Says on stderr why tests are left out: a quiet skip looks like a pass. */
const notBuilt = !existsSync(built('atlas.js')) || !existsSync(built('store-worker.js'))
if (notBuilt) {
  process.stderr.write(
    'SKIPPED in library-cloud.integration.test.ts: no built processes: run npm run build\n',
  )
}

const dim = 64
const clusters = 6
const most = 900
const rows = clusteredVectors({ count: most, dim, clusters, seed: 3 })
const model = { id: 'tiny', sha256: 'cd'.repeat(32), embeddingDim: dim, unitCount: 0 }

describe.skipIf(notBuilt)('the Cloud of a library', { timeout: 60_000 }, () => {
  let home: string
  let store: OpenStore
  let atlas: Atlas
  let search: LibrarySearch
  let indexing = false
  let told: CloudStatus | undefined
  let known = 0

  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'latent-cloud-'))
    const opened = await openStore(new URL(`file://${built('store-worker.js')}`), home, model)
    if (!opened.ok) throw new Error(opened.error.message)
    store = opened.value
    await store.addRoot(Buffer.from('/photos'), 'folder')
    await store.beginScan()
    atlas = new Atlas(forkWithNode(built('atlas.js')))
    search = new LibrarySearch({ atlas, store, vectors: vectorFile(home, model) })
    known = 0
    indexing = false
    told = undefined
  })
  afterEach(async () => {
    atlas.dispose()
    await store.close()
    await rm(home, { recursive: true, force: true })
  })

  const openCloud = (): Promise<LibraryCloud> =>
    LibraryCloud.open({
      libraryId: '0123456789abcdef',
      home,
      vectors: vectorFile(home, model),
      store,
      labels: imagenet1k,
      atlas,
      search,
      isIndexing: () => indexing,
      onStatus: (status) => {
        told = status
      },
    })

  /** Photos with ids `known + 1` on, each with the next row as its embedding. */
  async function analyse(count: number): Promise<number[]> {
    const files = Array.from({ length: count }, (_, i) => {
      const name = `${String(known + i).padStart(5, '0')}.jpg`
      const rel = new Uint8Array(Buffer.from(name))
      return { rel, name, folder: '', sizeBytes: 1 + known + i, modifiedAtMs: 1e12 }
    })
    await store.addNew(1, files)
    const batch = files.map((_, i) => {
      const row = known + i
      const analysis: Analysis = {
        status: 'ok',
        reason: '',
        facts: unknownFacts,
        picture: undefined,
        decodeMs: 1,
        inferMs: 1,
        prediction: {
          classIndices: Uint16Array.of(clusterOfRow(row, clusters) * 40, 1),
          probabilities: Float32Array.of(0.9, 0.1),
          embedding: rows.halves.slice(row * dim, (row + 1) * dim),
        },
      }
      return { photoId: row + 1, analysis }
    })
    await store.commit(batch)
    known += count
    return batch.map(({ photoId }) => photoId)
  }

  function photosCame(cloud: LibraryCloud, ids: readonly number[]): void {
    search.photosChanged(ids)
    cloud.photosChanged()
  }

  const until = (ready: (status: CloudStatus) => boolean): Promise<void> =>
    vi.waitFor(
      () => {
        if (told === undefined || !ready(told)) {
          throw new Error(`The Cloud is ${told?.state} with ${told?.pointCount} points`)
        }
      },
      { timeout: 30_000, interval: 50 },
    )
  const standsWith = (count: number) => (status: CloudStatus) =>
    status.state === 'ready' && status.pointCount === count && status.clusters.length > 0

  it.each([1, 2, 3, 4, 7])('lays out %i photos', async (count) => {
    await analyse(count)
    const cloud = await openCloud()
    await until(({ state, method, facts }) => state === 'ready' && method === 'umap' && !!facts)
    const { positions, dims } = cloud.positions()
    expect(dims).toBe(3)
    expect(positions).toHaveLength(count * 3)
    expect(positions.every(Number.isFinite)).toBe(true)
    await cloud.dispose()
  })

  it('grows while photos come in, moves nobody for a few more, and opens as it was left', async () => {
    indexing = true
    const cloud = await openCloud()
    photosCame(cloud, await analyse(60))
    await until(({ pointCount, method }) => pointCount === 60 && method === 'pca')
    photosCame(cloud, await analyse(540))
    await until(({ pointCount, facts }) => pointCount === 600 && facts !== null)
    const stood = cloud.positions().positions
    indexing = false
    photosCame(cloud, await analyse(60))
    await until(standsWith(660))
    const grown = cloud.positions().positions
    expect(grown.subarray(0, 600 * 3)).toEqual(stood)
    expect(told).toMatchObject({ placedCount: 60 })
    // More of them than a layout takes in: all anew, groups and all.
    photosCame(cloud, await analyse(200))
    await until((status) => standsWith(860)(status) && status.placedCount === 0)
    expect(cloud.groupsOf().ofPoint).toHaveLength(860)
    const last = cloud.positions().positions
    await cloud.dispose()

    told = undefined
    const again = await openCloud()
    await until(standsWith(860))
    expect(again.positions().positions).toEqual(last)
    await again.dispose()
  })

  it('finds neighbours, of photos that have just come too, and places those from outside', async () => {
    await analyse(400)
    const cloud = await openCloud()
    await until(standsWith(400))
    const first = await cloud.nearest({ more: [1], less: [] }, 5)
    expect(first.ids).not.toContain(1)
    const same = [...first.ids].filter(
      (id) => clusterOfRow(id - 1, clusters) === clusterOfRow(0, clusters),
    )
    expect(same.length).toBeGreaterThanOrEqual(4)
    const added = await analyse(1)
    photosCame(cloud, added)
    await until(standsWith(401))
    const newest = await cloud.nearest({ more: added, less: [] }, 3)
    expect(newest.ids).toHaveLength(3)
    const alike = await cloud.similarities({ more: [1], less: [] })
    expect(alike).toHaveLength(401)
    expect(alike[0]).toBeGreaterThan(0.98)

    const outside = rows.halves.slice(800 * dim, 801 * dim)
    const place = await cloud.placeOf(outside)
    const near = await cloud.nearest({ halves: outside }, 1)
    const { positions } = cloud.positions()
    const at = ((near.ids[0] ?? 1) - 1) * 3
    const apart = Math.hypot(...place.map((value, x) => value - (positions[at + x] ?? 0)))
    expect(apart).toBeLessThan(3)
    await expect(cloud.nearest({ more: [5000], less: [] }, 1)).rejects.toThrow(/no embedding/)
    await cloud.dispose()
  })

  it('stops when asked, keeps what is shown, and goes on when asked again', async () => {
    await analyse(800)
    const cloud = await openCloud()
    await until(({ pointCount }) => pointCount === 800)
    cloud.stop()
    await until(({ state }) => state === 'ready')
    expect(cloud.positions().positions).toHaveLength(2400)
    await cloud.layOut({ dims: 2, neighbours: 10 })
    await until((status) => standsWith(800)(status) && status.settings.dims === 2)
    await vi.waitFor(() => expect(cloud.positions().dims).toBe(2), { timeout: 20_000 })
    expect(told?.settings.neighbours).toBe(10)
    await cloud.dispose()
  })
})
