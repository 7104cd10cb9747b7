import { describe, expect, it } from 'vitest'
import { fitPca, projectRows } from '../pca/pca.ts'
import { clusteredVectors } from '../testing/clustered-vectors.ts'
import type { VectorRows } from '../vectors/vector-rows.ts'
import { exactNeighbours } from './exact.ts'
import { nearestNeighbours } from './nearest-neighbours.ts'
import type { Neighbours } from './neighbour-lists.ts'

const watch = { signal: new AbortController().signal }
const threads = 1

async function coordinatesOf(rows: VectorRows): Promise<Float32Array> {
  const pca = await fitPca(rows, { dims: 16, seed: 1, threads }, watch)
  return projectRows(rows, pca, threads, watch)
}

function recall(found: Neighbours, wanted: Neighbours): number {
  let hits = 0
  for (let row = 0; row < wanted.count; row++) {
    const at = row * wanted.k
    const ids = new Set(wanted.ids.subarray(at, at + wanted.k))
    for (const id of found.ids.subarray(at, at + wanted.k)) if (ids.has(id)) hits++
  }
  return hits / wanted.ids.length
}

describe('the neighbours of very many', () => {
  const rows = clusteredVectors({ count: 4000, dim: 256, clusters: 40, seed: 2 })

  it('are nearly all found where not all pairs are compared', async () => {
    const coordinates = await coordinatesOf(rows)
    const exact = await exactNeighbours(rows, 15, threads, watch)
    const options = { k: 15, seed: 1, threads, exactWork: 0 }
    const near = await nearestNeighbours(rows, coordinates, options, watch)
    expect(near.exact).toBe(false)
    expect(recall(near, exact)).toBeGreaterThan(0.98)
    // What is found has its own true similarity.
    for (let row = 0; row < rows.count; row += 97) {
      const rank = exact.ids.subarray(row * 15, row * 15 + 15).indexOf(near.ids[row * 15] ?? 0)
      if (rank < 0) continue
      expect(near.similarities[row * 15]).toBeCloseTo(exact.similarities[row * 15 + rank] ?? 0, 5)
    }
    const again = await nearestNeighbours(rows, coordinates, options, watch)
    expect(again.ids).toEqual(near.ids)
  })

  it('are mostly found where the rows do not fit in memory', async () => {
    const exact = await exactNeighbours(rows, 15, threads, watch)
    const options = { k: 15, seed: 1, threads, exactWork: 0, mostBytes: 0 }
    const near = await nearestNeighbours(rows, await coordinatesOf(rows), options, watch)
    expect(recall(near, exact)).toBeGreaterThan(0.75)
  })
})

it('finds fewer neighbours where there are fewer photos', async () => {
  for (const count of [1, 2, 5]) {
    const rows = clusteredVectors({ count, dim: 16, clusters: 1, seed: 2 })
    const options = { k: 15, seed: 1, threads }
    const found = await nearestNeighbours(rows, new Float32Array(count * 3), options, watch)
    expect(found).toMatchObject({ exact: true, k: count - 1 })
  }
})
