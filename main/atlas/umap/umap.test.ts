import { existsSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { exactNeighbours } from '../knn/exact.ts'
import type { Neighbours } from '../knn/neighbour-lists.ts'
import { neighboursAmong } from '../knn/neighbours-among.ts'
import { fitPca, projectRows } from '../pca/pca.ts'
import { layoutQuality } from '../quality/layout-quality.ts'
import { clusteredVectors, clusterOfRow } from '../testing/clustered-vectors.ts'
import { HalfMatrix } from '../vectors/vector-rows.ts'
import { fitCurve } from './curve.ts'
import { fuzzyUnion } from './fuzzy-graph.ts'
import { control, type LayoutState, layoutState, positionsOf } from './layout-state.ts'
import { memberships } from './memberships.ts'
import { placePoints } from './place.ts'
import { runLayout } from './run-layout.ts'
import { umap, widen } from './umap.ts'

const signal = new AbortController().signal
const watch = { signal }
const count = 2400
const clusters = 12
const rows = clusteredVectors({ count, dim: 64, clusters, seed: 9 })
const options = { dims: 3, minDist: 0.1, seed: 1, epochs: 60 } as const
const workerUrl = new URL('../../../out/main/layout-worker.js', import.meta.url)

/** Says on stderr why a test is left out: a quiet skip looks like a pass. */
const notBuilt = !existsSync(workerUrl)
if (notBuilt) process.stderr.write('SKIPPED in umap.test.ts: no built thread: run npm run build\n')

let neighbours: Neighbours
let start: Float32Array

beforeAll(async () => {
  neighbours = await exactNeighbours(rows, 15, 1, watch)
  const pca = await fitPca(rows, { dims: 3, seed: 1, threads: 1 }, watch)
  start = await projectRows(rows, pca, 1, watch)
})

async function newState(): Promise<LayoutState> {
  const strengths = await memberships(neighbours, watch)
  const graph = await fuzzyUnion(neighbours, strengths, signal)
  const positions = widen(start, 3)
  return layoutState(graph, { curve: fitCurve(0.1), epochs: 30, seed: 1, positions })
}

describe('UMAP', () => {
  it('keeps neighbours together far better than its start, in space and in the plane', async () => {
    const quality = { k: 15, seed: 1, threads: 1 }
    const before = await layoutQuality(rows, start, quality, watch)
    const space = await umap(neighbours, start, options, undefined, watch)
    const after = await layoutQuality(rows, space, quality, watch)
    expect(after.trustworthiness).toBeGreaterThan(0.97)
    expect(after.trustworthiness).toBeGreaterThan(before.trustworthiness + 0.02)
    const flatStart = start.filter((_, at) => at % 3 < 2)
    const plane = await umap(neighbours, flatStart, { ...options, dims: 2 }, undefined, watch)
    expect(plane.length).toBe(count * 2)
    const flat = await layoutQuality(rows, plane, quality, watch)
    expect(flat.trustworthiness).toBeGreaterThan(0.95)
  })

  it('is the same for the same seed, and another for another', async () => {
    const once = await umap(neighbours, start, options, undefined, watch)
    expect(await umap(neighbours, start, options, undefined, watch)).toEqual(once)
    expect(await umap(neighbours, start, { ...options, seed: 2 }, undefined, watch)).not.toEqual(
      once,
    )
  })

  it('can be stopped at any moment and taken up again with the same outcome', async () => {
    const whole = await newState()
    await runLayout(whole, undefined, watch)
    const parted = await newState()
    const abort = new AbortController()
    const stopped = runLayout(parted, undefined, {
      signal: abort.signal,
      onEpoch: () => abort.abort(new Error('Enough.')),
    })
    await expect(stopped).rejects.toThrow('Enough.')
    expect(parted.control[control.epoch]).toBeLessThan(30)
    await runLayout(parted, undefined, watch)
    expect(positionsOf(parted)).toEqual(positionsOf(whole))
  })

  it.skipIf(notBuilt)('comes out the same on any number of threads, stopped or not', async () => {
    const here = await newState()
    await runLayout(here, undefined, watch)
    for (const threads of [1, 3]) {
      const there = await newState()
      const epochs: number[] = []
      await runLayout(there, { workerUrl, threads }, { signal, onEpoch: (e) => epochs.push(e) })
      expect(positionsOf(there)).toEqual(positionsOf(here))
    }
    const stopped = await newState()
    const abort = new AbortController()
    const running = runLayout(
      stopped,
      { workerUrl, threads: 2 },
      {
        signal: abort.signal,
        onEpoch: () => abort.abort(new Error('Enough.')),
      },
    )
    await expect(running).rejects.toThrow('Enough.')
    await runLayout(stopped, { workerUrl, threads: 2 }, watch)
    expect(positionsOf(stopped)).toEqual(positionsOf(here))
  })

  it.each([1, 2, 3, 6])('lays out %d photos', async (few) => {
    const small = clusteredVectors({ count: few, dim: 16, clusters: 2, seed: 1 })
    const found = await exactNeighbours(small, few - 1, 1, watch)
    const positions = await umap(found, new Float32Array(few * 3), options, undefined, watch)
    expect(positions.length).toBe(few * 3)
    expect(positions.every(Number.isFinite)).toBe(true)
  })

  it('parts photos that are all the same', async () => {
    const same = new HalfMatrix(new Uint16Array(50 * 16).fill(0x3400), 16)
    const found = await exactNeighbours(same, 15, 1, watch)
    const positions = await umap(found, new Float32Array(150), options, undefined, watch)
    expect(positions.every(Number.isFinite)).toBe(true)
  })
})

it('places new photos among their own kind and moves nothing else', async () => {
  const old = new HalfMatrix(rows.halves.slice(0, 2000 * 64), 64)
  const added = new HalfMatrix(rows.halves.slice(2000 * 64), 64)
  const layout = await umap(
    await exactNeighbours(old, 15, 1, watch),
    start.slice(0, 2000 * 3),
    options,
    undefined,
    watch,
  )
  const before = layout.slice()
  const near = await neighboursAmong(added, old, 15, 1, watch)
  const placed = await placePoints(layout, near, options, watch)
  expect(layout).toEqual(before)
  let athome = 0
  for (let i = 0; i < added.count; i++) {
    let nearest = 0
    let least = Number.POSITIVE_INFINITY
    for (let j = 0; j < 2000; j++) {
      let square = 0
      for (let x = 0; x < 3; x++) {
        square += ((placed[i * 3 + x] ?? 0) - (layout[j * 3 + x] ?? 0)) ** 2
      }
      if (square < least) [nearest, least] = [j, square]
    }
    if (clusterOfRow(nearest, clusters) === clusterOfRow(2000 + i, clusters)) athome++
  }
  expect(athome / added.count).toBeGreaterThan(0.95)
})
