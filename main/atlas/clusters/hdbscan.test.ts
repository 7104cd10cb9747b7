import { describe, expect, it } from 'vitest'
import { normalFrom, randomFrom } from '../../inspect/dream/random.ts'
import { condensedTree } from './condensed-tree.ts'
import { coreDistances } from './core-distances.ts'
import { hdbscan } from './hdbscan.ts'
import { kdTree } from './kd-tree.ts'
import { spanningTree } from './spanning-tree.ts'

const watch = { signal: new AbortController().signal }

function blobs(centres: readonly (readonly number[])[], each: number, seed: number): Float32Array {
  const normal = normalFrom(randomFrom(seed))
  return Float32Array.from(
    centres.flatMap((centre) =>
      Array.from({ length: each }, () => centre.map((value) => value + 0.3 * normal())).flat(),
    ),
  )
}

const distance = (points: Float32Array, dims: number, a: number, b: number): number =>
  Math.hypot(
    ...Array.from({ length: dims }, (_, x) => {
      return (points[a * dims + x] ?? 0) - (points[b * dims + x] ?? 0)
    }),
  )

/** Core distances by sorting, then Prim's algorithm over the full matrix. */
function byHand(points: Float32Array, dims: number, k: number) {
  const count = points.length / dims
  const all = Array.from({ length: count }, (_, i) => i)
  const cores = all.map((a) => {
    const sorted = all.map((b) => distance(points, dims, a, b)).sort((x, y) => x - y)
    return sorted[Math.min(k, count) - 1] ?? 0
  })
  const reach = (a: number, b: number): number =>
    Math.max(distance(points, dims, a, b), cores[a] ?? 0, cores[b] ?? 0)
  const lengths: number[] = []
  const best = all.map((i) => (i === 0 ? 0 : reach(0, i)))
  const left = new Set(all.slice(1))
  while (left.size > 0) {
    const next = [...left].reduce((a, b) => ((best[b] ?? 0) < (best[a] ?? 0) ? b : a))
    left.delete(next)
    lengths.push(best[next] ?? 0)
    for (const i of left) best[i] = Math.min(best[i] ?? 0, reach(next, i))
  }
  return { cores, lengths: lengths.sort((a, b) => a - b) }
}

describe('the spanning tree', () => {
  const normal = normalFrom(randomFrom(4))
  it.each([
    ['in the plane', Float32Array.from({ length: 300 * 2 }, normal), 2],
    ['in space', Float32Array.from({ length: 250 * 3 }, normal), 3],
    [
      'on a grid with equal distances',
      Float32Array.from({ length: 200 }, (_, at) =>
        at % 2 === 0 ? Math.floor(at / 2) % 10 : Math.floor(at / 20),
      ),
      2,
    ],
    ['with photos that are the same', new Float32Array(40 * 3).fill(1), 3],
  ])('has the lengths of the one by hand, %s', async (_, points, dims) => {
    const wanted = byHand(points, dims, 5)
    const tree = kdTree(points, dims)
    const cores = await coreDistances(tree, 5, watch)
    wanted.cores.forEach((core, i) => {
      expect(cores[i]).toBeCloseTo(core, 5)
    })
    const { lengths } = await spanningTree(tree, cores, watch)
    const sorted = [...lengths].sort((a, b) => a - b)
    expect(sorted.length).toBe(wanted.lengths.length)
    wanted.lengths.forEach((length, i) => {
      expect(sorted[i]).toBeCloseTo(length, 5)
    })
  })
})

describe('the condensed tree', () => {
  it('of six points on a line is that on paper', () => {
    // 0 1 2 and 10 11 12: three edges of 1, 1 and 1, 1, then one of 8.
    const spanning = {
      from: Uint32Array.of(0, 1, 2, 3, 4),
      to: Uint32Array.of(1, 2, 3, 4, 5),
      lengths: Float64Array.of(1, 1, 8, 1, 1),
    }
    const tree = condensedTree(spanning, 6, 3)
    expect(tree.parents).toEqual([0, 0, 0])
    expect(tree.births).toEqual([0, 1 / 8, 1 / 8])
    // Six points stay in the whole up to 1/8; three stay in each part from 1/8 to 1.
    expect(tree.stabilities[0]).toBeCloseTo(6 / 8, 12)
    expect(tree.stabilities[1]).toBeCloseTo(3 * (1 - 1 / 8), 12)
    expect(tree.stabilities[2]).toBeCloseTo(3 * (1 - 1 / 8), 12)
    expect([...tree.lambdaOf]).toEqual([1, 1, 1, 1, 1, 1])
  })
})

describe('HDBSCAN*', () => {
  const options = { minSize: 15, minSamples: 5 }

  it('finds blobs and says which points are alone', async () => {
    const points = blobs(
      [
        [0, 0, 0],
        [8, 0, 0],
        [0, 8, 4],
      ],
      120,
      7,
    )
    const alone = Float32Array.of(30, 30, 30, -30, 10, 0)
    const all = new Float32Array(points.length + alone.length)
    all.set(points)
    all.set(alone, points.length)
    const { sizes, ofPoint, outlierScores } = await hdbscan(all, 3, options, watch)
    expect(sizes.length).toBe(3)
    for (let blob = 0; blob < 3; blob++) {
      const own = [...ofPoint.subarray(blob * 120, (blob + 1) * 120)].filter((c) => c >= 0)
      expect(new Set(own).size).toBe(1)
      expect(own.length).toBeGreaterThan(100)
    }
    expect([...ofPoint.subarray(360)]).toEqual([-1, -1])
    expect(outlierScores[360]).toBeGreaterThan(0.9)
    expect(Math.max(...outlierScores)).toBeLessThanOrEqual(1)
    expect(Math.min(...outlierScores)).toBeGreaterThanOrEqual(0)
  })

  it('follows shapes that are no blobs: two rings, one in the other', async () => {
    const normal = normalFrom(randomFrom(3))
    const points = Float32Array.from(
      Array.from({ length: 600 }, (_, i) => {
        const radius = i < 200 ? 1 : 5
        const angle = i * 2.399_963
        return [
          radius * Math.cos(angle) + 0.05 * normal(),
          radius * Math.sin(angle) + 0.05 * normal(),
        ]
      }).flat(),
    )
    const { sizes, ofPoint } = await hdbscan(points, 2, options, watch)
    expect(sizes.length).toBe(2)
    const held = [...ofPoint.entries()].filter(([, cluster]) => cluster >= 0)
    expect(held.length).toBeGreaterThan(550)
    // The larger ring is cluster 0.
    expect(held.every(([i, cluster]) => cluster === (i < 200 ? 1 : 0))).toBe(true)
  })

  it('gives the same clusters when points come in another order', async () => {
    const points = blobs(
      [
        [0, 0],
        [5, 0],
        [0, 6],
        [7, 7],
      ],
      60,
      1,
    )
    const turned = points.slice()
    for (let i = 0; i < 240; i++) {
      turned.set(points.subarray((239 - i) * 2, (240 - i) * 2), i * 2)
    }
    const one = await hdbscan(points, 2, options, watch)
    const other = await hdbscan(turned, 2, options, watch)
    const pairs = new Set(
      [...one.ofPoint.entries()].map(([i, c]) => `${c} ${other.ofPoint[239 - i]}`),
    )
    expect(pairs.size).toBe(new Set(one.ofPoint).size)
  })

  it.each([0, 1, 2, 5, 20])('takes %d points', async (count) => {
    const points = blobs([[0, 0, 0]], count, 1)
    const { ofPoint } = await hdbscan(points, 3, options, watch)
    expect(ofPoint.length).toBe(count)
  })

  it('takes photos that are all the same', async () => {
    const { ofPoint } = await hdbscan(new Float32Array(300), 3, options, watch)
    expect(ofPoint.length).toBe(100)
  })
})
