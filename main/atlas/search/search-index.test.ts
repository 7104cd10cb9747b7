import { expect, it } from 'vitest'
import { floatsOf } from '../../store/half-float.ts'
import { clusteredVectors } from '../testing/clustered-vectors.ts'
import { meanOf } from '../vectors/mean.ts'
import { HalfMatrix, type VectorRows } from '../vectors/vector-rows.ts'
import { SearchIndex } from './search-index.ts'

const { signal } = new AbortController()
const watch = { signal }
const dim = 200
const count = 3000
const rows = clusteredVectors({ count, dim, clusters: 40, seed: 5 })
/** Photo ids with gaps: every third is missing. */
const ids = Uint32Array.from({ length: count }, (_, i) => 1 + Math.floor(i * 1.5))
const rowOf = new Map(Array.from(ids, (id, row) => [id, row]))
const read = (wanted: Uint32Array): VectorRows =>
  new HalfMatrix(
    Uint16Array.from({ length: wanted.length * dim }, (_, at) => {
      const row = rowOf.get(wanted[Math.floor(at / dim)] ?? 0) ?? 0
      return rows.halves[row * dim + (at % dim)] ?? 0
    }),
    dim,
  )
const options = { metric: 'centred', seed: 1, threads: 1, budgetBytes: 1e9 } as const

/** By double sums over everything. */
async function bruteForce(query: Uint16Array, k: number, mean: Float32Array) {
  const centred = (halves: Uint16Array): number[] => {
    const apart = Array.from(floatsOf(halves), (value, x) => value - (mean[x] ?? 0))
    const length = Math.sqrt(apart.reduce((sum, value) => sum + value * value, 0))
    return apart.map((value) => value / length)
  }
  const q = centred(query)
  return Array.from(ids, (id, row) => {
    const vector = centred(rows.halves.subarray(row * dim, (row + 1) * dim))
    return { id, similarity: vector.reduce((sum, value, x) => sum + value * (q[x] ?? 0), 0) }
  })
    .sort((a, b) => b.similarity - a.similarity)
    .slice(0, k)
}

it.each([
  ['in all dimensions', 1e9],
  ['in 64 dimensions', 64 * count],
] as const)('finds exactly what comparing everything finds, held %s', async (_, budgetBytes) => {
  const index = await SearchIndex.build(read, ids, { ...options, budgetBytes }, watch)
  const mean = await meanOf(rows, signal)
  for (let row = 0; row < count; row += 171) {
    const query = rows.halves.slice(row * dim, (row + 1) * dim)
    const found = await index.nearest(index.compared(query), 10, [])
    const expected = await bruteForce(query, 10, mean)
    expect([...found.ids]).toEqual(expected.map(({ id }) => id))
    expected.forEach(({ similarity }, i) => {
      expect(found.similarities[i]).toBeCloseTo(similarity, 5)
    })
    expect(found.compared).toBeLessThan(count)
  }
  await index.dispose()
})

it('finds only photos that are allowed, and those added later', async () => {
  const first = ids.subarray(0, 2000)
  const index = await SearchIndex.build(read, first, options, watch)
  const query = index.compared(rows.halves.slice(2500 * dim, 2501 * dim))
  const before = await index.nearest(query, 1, [])
  expect(before.ids[0]).not.toBe(ids[2500])
  await index.put(ids.subarray(2000), watch)
  index.limitTo(ids)
  const after = await index.nearest(query, 1, [])
  expect(after.ids[0]).toBe(ids[2500])
  const without = await index.nearest(query, 1, [ids[2500] ?? 0])
  expect(without.ids[0]).not.toBe(ids[2500])
  index.limitTo(first)
  const among = await index.nearest(query, 1, [])
  expect(among.ids[0]).toBe(before.ids[0])
  await index.dispose()
})

it('tells how alike all photos are, nearly', async () => {
  const index = await SearchIndex.build(read, ids, options, watch)
  const query = rows.halves.slice(0, dim)
  const found = await index.nearest(index.compared(query), count, [])
  const nearly = index.similarities(index.compared(query), ids)
  const placeOf = new Map(Array.from(ids, (id, place) => [id, place]))
  found.ids.forEach((id, i) => {
    expect(
      Math.abs((nearly[placeOf.get(id) ?? 0] ?? 9) - (found.similarities[i] ?? 0)),
    ).toBeLessThan(0.01)
  })
  await index.dispose()
})

it('gives fewer than asked for when there are fewer', async () => {
  const index = await SearchIndex.build(read, ids.subarray(0, 3), options, watch)
  const found = await index.nearest(index.compared(rows.halves.slice(0, dim)), 10, [])
  expect(found.ids).toHaveLength(3)
  await index.dispose()
})
