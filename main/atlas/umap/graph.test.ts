import { describe, expect, it } from 'vitest'
import { normalFrom, randomFrom } from '../../inspect/dream/random.ts'
import { exactNeighbours } from '../knn/exact.ts'
import { clusteredVectors } from '../testing/clustered-vectors.ts'
import { fitCurve } from './curve.ts'
import { attractionAt, forcesOf, repulsionAt, tableBase, tableShift } from './forces.ts'
import { fuzzyUnion } from './fuzzy-graph.ts'
import { memberships } from './memberships.ts'

const signal = new AbortController().signal

describe('the curve of nearness', () => {
  // What find_ab_params of umap-learn 0.5 gives, also quoted in umap-js's tests.
  it.each([
    [0.1, 1.576_943_460_311_307_7, 0.895_060_877_910_973_3],
    [0.5, 0.583_030_020_548_370_9, 1.334_166_992_455_648],
  ])('has the published parameters at a least distance of %d', (minDist, a, b) => {
    const curve = fitCurve(minDist)
    expect(curve.a).toBeCloseTo(a, 4)
    expect(curve.b).toBeCloseTo(b, 4)
  })

  it('has a parameter for every least distance from 0 to 1', () => {
    for (let minDist = 0; minDist <= 1; minDist += 0.05) {
      const { a, b } = fitCurve(minDist)
      expect(a).toBeGreaterThan(0)
      expect(b).toBeGreaterThan(0.5)
    }
  })
})

const offBy = (ratio: number): number => Math.abs(ratio - 1)

describe('forces', () => {
  const curve = fitCurve(0.1)

  it('are the slopes of log nearness and log farness, by finite differences', () => {
    const nearness = (d: number): number => 1 / (1 + curve.a * d ** (2 * curve.b))
    const step = 1e-6
    for (const d of [0.5, 1, 2, 5]) {
      const pull = (Math.log(nearness(d + step)) - Math.log(nearness(d - step))) / (2 * step)
      const push =
        (Math.log(1 - nearness(d + step)) - Math.log(1 - nearness(d - step))) / (2 * step)
      expect(attractionAt(curve, d * d) * d).toBeCloseTo(pull, 5)
      // The softening takes up to 0.4 % off at these distances.
      expect((repulsionAt(curve, d * d) * d) / push).toBeCloseTo(1, 2)
    }
  })

  it('are looked up to within 1 %', () => {
    const { attraction, repulsion } = forcesOf(curve)
    const bits = new Int32Array(1)
    const float = new Float32Array(bits.buffer)
    for (let exponent = -23; exponent < 20; exponent += 0.37) {
      float[0] = 2 ** exponent
      const at = ((bits[0] ?? 0) >> tableShift) - tableBase
      expect(offBy((attraction[at] ?? 0) / attractionAt(curve, float[0]))).toBeLessThan(0.01)
      expect(offBy((repulsion[at] ?? 0) / repulsionAt(curve, float[0]))).toBeLessThan(0.01)
    }
  })
})

describe('memberships', () => {
  it('are 1 for the nearest and sum to log2 of the neighbours', async () => {
    const rows = clusteredVectors({ count: 200, dim: 16, clusters: 4, seed: 5 })
    const neighbours = await exactNeighbours(rows, 12, 1, { signal })
    const strengths = await memberships(neighbours, { signal })
    for (let row = 0; row < 200; row++) {
      const own = strengths.subarray(row * 12, (row + 1) * 12)
      expect(own[0]).toBe(1)
      expect(own.reduce((a, b) => a + b, 0)).toBeCloseTo(Math.log2(12), 3)
      for (let rank = 1; rank < 12; rank++) {
        expect(own[rank]).toBeLessThanOrEqual(own[rank - 1] ?? 0)
      }
    }
  })

  it('are all 1 for photos that are the same', async () => {
    const same = {
      count: 2,
      k: 3,
      ids: new Uint32Array(6),
      similarities: new Float32Array(6).fill(1),
    }
    expect([...(await memberships(same, { signal }))]).toEqual([1, 1, 1, 1, 1, 1])
  })
})

describe('the fuzzy union', () => {
  it('is a + b - a b of the matrix and its transpose', async () => {
    const count = 40
    const k = 5
    const random = randomFrom(6)
    const ids = new Uint32Array(count * k)
    for (let row = 0; row < count; row++) {
      const chosen = new Set<number>()
      while (chosen.size < k) {
        const id = Math.floor(random() * count)
        if (id !== row) chosen.add(id)
      }
      ids.set([...chosen], row * k)
    }
    const strengths = Float32Array.from({ length: count * k }, () => Math.max(0, random() - 0.1))
    const dense = new Float64Array(count * count)
    ids.forEach((id, at) => {
      dense[Math.floor(at / k) * count + id] = strengths[at] ?? 0
    })
    const similarities = Float32Array.from({ length: count * k }, normalFrom(random))
    const graph = await fuzzyUnion({ count, k, ids, similarities }, strengths, signal)
    let seen = 0
    for (let row = 0; row < count; row++) {
      for (let at = graph.offsets[row] ?? 0; at < (graph.offsets[row + 1] ?? 0); at++) {
        const other = graph.targets[at] ?? 0
        const out = dense[row * count + other] ?? 0
        const back = dense[other * count + row] ?? 0
        expect(graph.weights[at]).toBeCloseTo(out + back - out * back, 6)
        seen++
      }
    }
    const edges = dense.reduce((sum, value, at) => {
      const mirrored = dense[(at % count) * count + Math.floor(at / count)] ?? 0
      return sum + (value > 0 || mirrored > 0 ? 1 : 0)
    }, 0)
    expect(seen).toBe(edges)
  })
})
