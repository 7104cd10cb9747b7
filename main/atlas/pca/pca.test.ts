import { describe, expect, it } from 'vitest'
import { normalFrom, randomFrom } from '../../inspect/dream/random.ts'
import { halvesOf } from '../vectors/half-bits.ts'
import { floatRows, HalfMatrix } from '../vectors/vector-rows.ts'
import { fitPca, type Pca, projectRows } from './pca.ts'

const watch = { signal: new AbortController().signal }

/** Rows that vary by the given deviations along the first axes of a turned frame. */
function cloud(count: number, dim: number, deviations: readonly number[], seed = 3): HalfMatrix {
  const normal = normalFrom(randomFrom(seed))
  const frame = deviations.map(() => {
    const axis = Float64Array.from({ length: dim }, normal)
    const length = Math.hypot(...axis)
    return axis.map((value) => value / length)
  })
  const rows = new Float32Array(count * dim)
  for (let i = 0; i < count; i++) {
    const along = deviations.map((deviation) => deviation * normal())
    for (let x = 0; x < dim; x++) {
      const inFrame = frame.reduce((sum, axis, k) => sum + (axis[x] ?? 0) * (along[k] ?? 0), 0)
      rows[i * dim + x] = 0.25 + inFrame + 0.001 * normal()
    }
  }
  return new HalfMatrix(halvesOf(rows), dim)
}

/** Variance along a direction, straight from the rows in float64. */
function varianceAlong(rows: HalfMatrix, axis: Float32Array): number {
  const values = floatRows(rows, 0, rows.count)
  const along = Array.from({ length: rows.count }, (_, i) =>
    axis.reduce((sum, value, x) => sum + value * (values[i * rows.dim + x] ?? 0), 0),
  )
  const mean = along.reduce((a, b) => a + b, 0) / along.length
  return along.reduce((sum, value) => sum + (value - mean) ** 2, 0) / along.length
}

const axisOf = ({ axes, mean }: Pca, k: number): Float32Array =>
  axes.subarray(k * mean.length, (k + 1) * mean.length)

describe('principal components', () => {
  it.each([
    ['by the direct solver', 64],
    ['by subspace iteration', 300],
  ])('hold the variance that lies along them, %s', async (_, dim) => {
    const rows = cloud(700, dim, [0.5, 0.2, 0.1, 0.05])
    const pca = await fitPca(rows, { dims: 4, seed: 1, threads: 1 }, watch)
    for (let k = 0; k < 4; k++) {
      expect(pca.variances[k]).toBeCloseTo(varianceAlong(rows, axisOf(pca, k)), 5)
      for (let other = 0; other <= k; other++) {
        const product = axisOf(pca, k).reduce(
          (sum, value, x) => sum + value * (axisOf(pca, other)[x] ?? 0),
          0,
        )
        expect(product).toBeCloseTo(k === other ? 1 : 0, 5)
      }
    }
    const sum = pca.variances.reduce((a, b) => a + b, 0)
    // All but the noise of 0.001 in every dimension.
    expect(pca.totalVariance - sum).toBeLessThan(2e-6 * dim)
  })

  it('are found alike by both solvers', async () => {
    const rows = cloud(500, 257, [0.5, 0.2, 0.1])
    const narrow = new HalfMatrix(
      Uint16Array.from({ length: 500 * 256 }, (_, i) => {
        return rows.halves[Math.floor(i / 256) * 257 + (i % 256)] ?? 0
      }),
      256,
    )
    const [iterated, direct] = await Promise.all(
      [rows, narrow].map((each) => fitPca(each, { dims: 3, seed: 1, threads: 1 }, watch)),
    )
    // The last of 257 dimensions hardly matters.
    iterated?.variances.forEach((value, k) => {
      expect(value / (direct?.variances[k] ?? 0)).toBeCloseTo(1, 1)
    })
  })

  it('project rows to their coordinates from the mean', async () => {
    const rows = cloud(2500, 64, [0.5, 0.2, 0.1])
    const pca = await fitPca(rows, { dims: 3, seed: 1, threads: 1 }, watch)
    const projected = await projectRows(rows, pca, 1, watch)
    const values = floatRows(rows, 2400, 1)
    for (let k = 0; k < 3; k++) {
      const axis = axisOf(pca, k)
      const wanted = values.reduce(
        (sum, value, x) => sum + (value - (pca.mean[x] ?? 0)) * (axis[x] ?? 0),
        0,
      )
      expect(projected[2400 * 3 + k]).toBeCloseTo(wanted, 5)
    }
  })

  it('come out the same for the same seed, and nearly so from a part of the rows', async () => {
    const rows = cloud(3000, 300, [0.5, 0.2, 0.1])
    const options = { dims: 3, seed: 1, threads: 1 }
    const [first, again] = [await fitPca(rows, options, watch), await fitPca(rows, options, watch)]
    expect(again.axes).toEqual(first.axes)
    const part = await fitPca(rows, { ...options, mostBasisRows: 1000 }, watch)
    expect(part.basisRows).toBe(1000)
    for (let k = 0; k < 3; k++) {
      const along = axisOf(part, k).reduce(
        (sum, value, x) => sum + value * (axisOf(first, k)[x] ?? 0),
        0,
      )
      expect(along).toBeGreaterThan(0.98)
    }
  })

  it('are zero where there are too few dimensions', async () => {
    const pca = await fitPca(cloud(10, 2, [0.5]), { dims: 3, seed: 1, threads: 1 }, watch)
    expect([...axisOf(pca, 2)]).toEqual([0, 0])
  })

  it('stop when they are told to', async () => {
    const signal = AbortSignal.abort(new Error('Enough.'))
    const rows = cloud(10, 8, [0.5])
    await expect(fitPca(rows, { dims: 3, seed: 1, threads: 1 }, { signal })).rejects.toThrow(
      'Enough.',
    )
  })
})
