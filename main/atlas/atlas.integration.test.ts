import { existsSync } from 'node:fs'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { forkWithNode } from '../engine/fork-node.ts'
import { imagenet1k } from '../models/labels.ts'
import { RecordFile } from '../store/record-file.ts'
import type { VectorFile } from '../store/vector-file.ts'
import { Atlas } from './atlas.ts'
import { photoLabels } from './label-terms.ts'
import type { ProjectProgress, ProjectRequest } from './protocol.ts'
import { clusteredVectors, clusterOfRow } from './testing/clustered-vectors.ts'

const entry = fileURLToPath(new URL('../../out/main/atlas.js', import.meta.url))

/** Says on stderr why tests are left out: a quiet skip looks like a pass. */
const notBuilt = !existsSync(entry)
if (notBuilt) {
  process.stderr.write(
    'SKIPPED in atlas.integration.test.ts: no built process: run npm run build\n',
  )
}

const count = 6000
const clusters = 12
const dim = 128

describe.skipIf(notBuilt)('the process of the Cloud', { timeout: 120_000 }, () => {
  let folder: string
  let atlas: Atlas
  let request: ProjectRequest
  let vectors: VectorFile
  const rows = clusteredVectors({ count, dim, clusters, seed: 5 })

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'latent-atlas-'))
    vectors = { path: join(folder, 'vectors.f16'), tag: 'f16 test', embeddingDim: dim }
    const file = RecordFile.open(vectors.path, dim * 2, vectors.tag)
    for (let i = 0; i < count; i++) {
      const row = rows.halves.subarray(i * dim, (i + 1) * dim)
      file.write(i, new Uint8Array(row.buffer, row.byteOffset, row.byteLength))
    }
    file.dispose()
    atlas = new Atlas(forkWithNode(entry))
    request = {
      // Photo ids start at 1; the last five hundred come later.
      set: { vectors, ids: Uint32Array.from({ length: count - 500 }, (_, i) => i + 1) },
      dims: 3,
      method: 'umap',
      neighbours: 15,
      minDist: 0.1,
      metric: 'centred',
      seed: 1,
      epochs: 100,
      cacheFolder: join(folder, 'layouts'),
    }
  })
  afterAll(async () => {
    atlas?.dispose()
    await rm(folder, { recursive: true, force: true })
  })

  it('lays photos out, telling how it goes, and keeps the outcome', async () => {
    const told: ProjectProgress[] = []
    const first = await atlas.call('project', request, { onProgress: (now) => told.push(now) })
    expect(first.facts.trustworthiness).toBeGreaterThan(0.95)
    expect(first.facts.continuity).toBeGreaterThan(0.95)
    expect(first).toMatchObject({ cached: false, facts: { exactNeighbours: true, k: 15 } })
    expect(new Set(told.map(({ stage }) => stage))).toEqual(
      new Set(['components', 'neighbours', 'layout', 'quality']),
    )
    // The first thing to see is there before any neighbour is known.
    const seen = told.find(({ positions }) => positions !== undefined)
    expect(seen?.stage).toBe('components')
    expect(seen?.positions?.length).toBe(first.positions.length)
    const again = await atlas.call('project', request)
    expect(again.cached).toBe(true)
    expect(again.positions).toEqual(first.positions)
  })

  it('finds the clusters that are there, places new photos among them and turns layouts', async () => {
    const layout = await atlas.call('project', request)
    const { clusters: found, ofPhoto } = await atlas.call('cluster', {
      positions: layout.positions,
      dims: 3,
      labels: photoLabels(
        imagenet1k,
        Uint32Array.from(layout.ids, (id) => clusterOfRow(id - 1, clusters)),
        new Float32Array(layout.ids.length).fill(0.9),
      ),
    })
    const own = [...ofPhoto.entries()].filter(([, cluster]) => cluster >= 0)
    expect(own.length).toBeGreaterThan(count / 2)
    expect(found.reduce((sum, { size }) => sum + size, 0)).toBe(own.length)
    expect(found.every(({ name }) => name !== '')).toBe(true)

    const ids = Uint32Array.from({ length: 500 }, (_, i) => count - 500 + i + 1)
    const place = { vectors, layout, dims: 3, neighbours: 15, minDist: 0.1, seed: 1 } as const
    const placed = await atlas.call('place', { ...place, metric: 'centred', added: { ids } })
    expect(placed.length).toBe(1500)
    const halves = rows.halves.slice((count - 500) * dim)
    const fromOutside = { ...place, metric: 'centred', added: { halves } } as const
    expect(await atlas.call('place', fromOutside)).toEqual(placed)

    const all = Uint32Array.from({ length: count }, (_, i) => i + 1)
    const set = { vectors, ids: all }
    const turned = await atlas.call('project', { ...request, set, before: layout })
    const free = await atlas.call('project', { ...request, set })
    const apart = (positions: Float32Array): number =>
      layout.positions.reduce((sum, value, at) => sum + (value - (positions[at] ?? 0)) ** 2, 0)
    expect(apart(turned.positions)).toBeLessThanOrEqual(apart(free.positions))
  })

  it('stops within 200 ms wherever it is', async () => {
    for (const stage of ['components', 'neighbours', 'layout'] as const) {
      const abort = new AbortController()
      let stoppedMs = 0
      const running = atlas.call(
        'project',
        { ...request, seed: 100 + stage.length, epochs: 2000 },
        {
          signal: abort.signal,
          onProgress: (told) => {
            if (told.stage !== stage || abort.signal.aborted) return
            stoppedMs = performance.now()
            abort.abort()
          },
        },
      )
      await expect(running).rejects.toMatchObject({ code: 'cancelled' })
      // It answers another call once it has come to a stop: its main thread is free again.
      await atlas.call('cluster', { positions: new Float32Array(), dims: 3 })
      expect(performance.now() - stoppedMs).toBeLessThan(200)
    }
  })

  it('goes on where it was stopped, in another process too, to the very same layout', async () => {
    const at = (name: string): ProjectRequest => ({
      ...request,
      seed: 7,
      epochs: 400,
      cacheFolder: join(folder, name),
    })
    const whole = await atlas.call('project', at('whole'))
    const abort = new AbortController()
    const first = new Atlas(forkWithNode(entry))
    const running = first.call('project', at('stopped'), {
      signal: abort.signal,
      onProgress: ({ stage, fraction }) => {
        if (stage === 'layout' && fraction > 0.4) abort.abort()
      },
    })
    await expect(running).rejects.toMatchObject({ code: 'cancelled' })
    await vi.waitFor(async () => {
      const names = await readdir(at('stopped').cacheFolder ?? '')
      expect(names.some((name) => name.endsWith('.epoch'))).toBe(true)
    })
    first.dispose()

    const told: ProjectProgress[] = []
    const last = new Atlas(forkWithNode(entry))
    const resumed = await last.call('project', at('stopped'), {
      onProgress: (now) => told.push(now),
    })
    last.dispose()
    expect(told.some(({ stage }) => stage === 'neighbours')).toBe(false)
    // The first tenth is the graph, which is made anew.
    const epochs = told.filter(({ stage, fraction }) => stage === 'layout' && fraction > 0.1)
    expect(epochs[0]?.fraction).toBeGreaterThan(0.35)
    expect(resumed.positions).toEqual(whole.positions)
  })

  it('says what is wrong with a library', async () => {
    const absent = { ...vectors, path: join(folder, 'none.f16') }
    const other = { ...vectors, tag: 'f16 other' }
    const ids = Uint32Array.of(1, 2, 3)
    await expect(
      atlas.call('project', { ...request, set: { vectors: absent, ids } }),
    ).rejects.toMatchObject({ code: 'not-found' })
    await expect(
      atlas.call('project', { ...request, set: { vectors: other, ids } }),
    ).rejects.toMatchObject({ code: 'library-damaged' })
  })

  it.each([0, 1, 2, 3, 17])('lays out %d photos', async (few) => {
    const ids = Uint32Array.from({ length: few }, (_, i) => i + 1)
    const { positions } = await atlas.call('project', { ...request, set: { vectors, ids } })
    expect(positions.length).toBe(few * 3)
    expect(positions.every(Number.isFinite)).toBe(true)
  })
})
