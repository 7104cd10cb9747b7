import { describe, expect, it } from 'vitest'
import { normalFrom, randomFrom } from '../../inspect/dream/random.ts'
import { clusteredVectors } from '../testing/clustered-vectors.ts'
import { halvesOf } from '../vectors/half-bits.ts'
import { floatRows, HalfMatrix } from '../vectors/vector-rows.ts'
import { layoutQuality } from './layout-quality.ts'

const watch = { signal: new AbortController().signal }
const options = { k: 5, seed: 1, threads: 1 }

/** The published sums as they stand, from sorted lists. */
function byDefinition(rows: HalfMatrix, positions: Float32Array, dims: number, k: number) {
  const n = rows.count
  const vectors = Array.from({ length: n }, (_, i) => floatRows(rows, i, 1))
  const order = (distance: (j: number) => number, self: number): number[] =>
    Array.from({ length: n }, (_, j) => j)
      .filter((j) => j !== self)
      .sort((a, b) => distance(a) - distance(b) || a - b)
  let [trust, cont] = [0, 0]
  for (let i = 0; i < n; i++) {
    const high = order((j) => {
      const other = vectors[j] ?? new Float32Array()
      return -(vectors[i] ?? other).reduce((sum, value, x) => sum + value * (other[x] ?? 0), 0)
    }, i)
    const low = order((j) => {
      let square = 0
      for (let x = 0; x < dims; x++) {
        square += ((positions[i * dims + x] ?? 0) - (positions[j * dims + x] ?? 0)) ** 2
      }
      return square
    }, i)
    for (const j of low.slice(0, k)) trust += Math.max(0, high.indexOf(j) + 1 - k)
    for (const j of high.slice(0, k)) cont += Math.max(0, low.indexOf(j) + 1 - k)
  }
  const scale = 2 / (n * k * (2 * n - 3 * k - 1))
  return { trustworthiness: 1 - scale * trust, continuity: 1 - scale * cont }
}

describe('the quality of a layout', () => {
  it('is what the definition says', async () => {
    const rows = clusteredVectors({ count: 120, dim: 24, clusters: 5, seed: 3 })
    const positions = Float32Array.from({ length: 120 * 2 }, normalFrom(randomFrom(2)))
    const found = await layoutQuality(rows, positions, options, watch)
    const wanted = byDefinition(rows, positions, 2, 5)
    expect(found.trustworthiness).toBeCloseTo(wanted.trustworthiness, 6)
    expect(found.continuity).toBeCloseTo(wanted.continuity, 6)
    expect(found.sampled).toBe(120)
  })

  it('is 1 for points on an arc, laid out along it', async () => {
    const angles = Array.from({ length: 90 }, (_, i) => (i * i * Math.PI) / 20_000)
    const arc = Float32Array.from(angles.flatMap((a) => [Math.cos(a), Math.sin(a), 0, 0]))
    const line = Float32Array.from(angles.flatMap((a) => [a, 0]))
    const found = await layoutQuality(new HalfMatrix(halvesOf(arc), 4), line, options, watch)
    // Half floats move a few of the nearest by a place or two.
    expect(found.trustworthiness).toBeGreaterThan(0.99)
    expect(found.continuity).toBeGreaterThan(0.99)
  })

  it('is told of a sample, the same for the same seed, near that of all', async () => {
    const rows = clusteredVectors({ count: 600, dim: 24, clusters: 5, seed: 3 })
    const positions = Float32Array.from({ length: 600 * 3 }, (_, at) => {
      // The first three coordinates keep something of the neighbourhoods.
      return floatRows(rows, Math.floor(at / 3), 1)[at % 3] ?? 0
    })
    const all = await layoutQuality(rows, positions, options, watch)
    const some = await layoutQuality(rows, positions, { ...options, mostSampled: 200 }, watch)
    const again = await layoutQuality(rows, positions, { ...options, mostSampled: 200 }, watch)
    expect(some.sampled).toBe(200)
    expect(again).toEqual(some)
    expect(Math.abs(some.trustworthiness - all.trustworthiness)).toBeLessThan(0.03)
  })

  it('is defined for the smallest libraries', async () => {
    for (const count of [1, 2, 3, 4]) {
      const rows = clusteredVectors({ count, dim: 8, clusters: 1, seed: 1 })
      const found = await layoutQuality(rows, new Float32Array(count * 3), options, watch)
      expect(found.trustworthiness).toBeGreaterThanOrEqual(0)
      expect(found.trustworthiness).toBeLessThanOrEqual(1)
    }
  })
})
