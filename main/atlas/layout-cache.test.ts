import { mkdtemp, readdir, rm, truncate, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { layoutKey, readLayout, writeLayout } from './layout-cache.ts'
import type { ProjectRequest } from './protocol.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'latent-layouts-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const facts = {
  k: 15,
  trustworthiness: 0.99,
  continuity: 0.98,
  sampled: 500,
  exactNeighbours: true,
  seconds: 1.5,
}
const layout = { positions: Float32Array.of(1, -2.5, 3, 4, 5, 6), facts }

describe('layouts on disk', () => {
  it('come back as they were', async () => {
    await writeLayout(folder, 'one', layout)
    expect(await readLayout(folder, 'one', 6)).toEqual(layout)
    expect(await readLayout(folder, 'other', 6)).toBeUndefined()
  })

  it('do not come back when they are cut short, of another size or no layout', async () => {
    await writeLayout(folder, 'one', layout)
    expect(await readLayout(folder, 'one', 9)).toBeUndefined()
    await truncate(join(folder, 'one.layout'), 120)
    expect(await readLayout(folder, 'one', 6)).toBeUndefined()
    await writeFile(join(folder, 'two.layout'), `no json\n${'x'.repeat(24)}`)
    expect(await readLayout(folder, 'two', 6)).toBeUndefined()
  })

  it('are let go, the least lately used first', async () => {
    for (let i = 0; i < 15; i++) {
      await writeLayout(folder, `layout-${i}`, layout)
      await utimes(join(folder, `layout-${i}.layout`), i, i)
    }
    const names = await readdir(folder)
    expect(names).toHaveLength(12)
    expect(names).not.toContain('layout-0.layout')
  })

  it('have a name for each set and setting, another when the embeddings change', async () => {
    const path = join(folder, 'vectors.f16')
    await writeFile(path, 'vectors')
    const request: ProjectRequest = {
      set: { vectors: { path, tag: 'f16 net', embeddingDim: 4 }, ids: Uint32Array.of(1, 2) },
      dims: 3,
      method: 'umap',
      neighbours: 15,
      minDist: 0.1,
      metric: 'centred',
      seed: 1,
    }
    const key = await layoutKey(request)
    expect(await layoutKey({ ...request, cacheFolder: folder })).toBe(key)
    const others: ProjectRequest[] = [
      { ...request, seed: 2 },
      { ...request, set: { ...request.set, ids: Uint32Array.of(1, 3) } },
      { ...request, before: { ids: Uint32Array.of(1), positions: new Float32Array(3) } },
    ]
    for (const other of others) expect(await layoutKey(other)).not.toBe(key)
    await writeFile(path, 'vectors and more')
    expect(await layoutKey(request)).not.toBe(key)
  })
})
