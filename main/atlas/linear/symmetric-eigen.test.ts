import { describe, expect, it } from 'vitest'
import { normalFrom, randomFrom } from '../../inspect/dream/random.ts'
import { symmetricEigen } from './symmetric-eigen.ts'

function randomSymmetric(n: number, seed: number): Float64Array {
  const normal = normalFrom(randomFrom(seed))
  const matrix = new Float64Array(n * n)
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      const value = normal()
      matrix[i * n + j] = value
      matrix[j * n + i] = value
    }
  }
  return matrix
}

const dot = (a: Float64Array, b: Float64Array): number =>
  a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0)

describe('symmetricEigen', () => {
  it('solves a matrix by hand: [[2, 1], [1, 2]] has 3 and 1', () => {
    const { values, vectors } = symmetricEigen(Float64Array.of(2, 1, 1, 2), 2)
    expect(values[0]).toBeCloseTo(3, 12)
    expect(values[1]).toBeCloseTo(1, 12)
    expect(Math.abs(vectors[0] ?? 0)).toBeCloseTo(Math.SQRT1_2, 12)
    expect(vectors[0]).toBeCloseTo(vectors[1] ?? 0, 12)
  })

  it('finds the closed form of the path graph: 2 - 2 cos(k pi / (n + 1))', () => {
    const n = 40
    const matrix = new Float64Array(n * n)
    for (let i = 0; i < n; i++) {
      matrix[i * n + i] = 2
      if (i + 1 < n) {
        matrix[i * n + i + 1] = -1
        matrix[(i + 1) * n + i] = -1
      }
    }
    const { values } = symmetricEigen(matrix, n)
    values.forEach((value, k) => {
      expect(value).toBeCloseTo(2 - 2 * Math.cos(((n - k) * Math.PI) / (n + 1)), 10)
    })
  })

  it('solves matrices that are diagonal, of one element and of equal eigenvalues', () => {
    expect([...symmetricEigen(Float64Array.of(5), 1).values]).toEqual([5])
    expect([...symmetricEigen(Float64Array.of(1, 0, 0, 0, 7, 0, 0, 0, 3), 3).values]).toEqual([
      7, 3, 1,
    ])
    const { values } = symmetricEigen(Float64Array.of(4, 0, 0, 4), 2)
    expect([...values]).toEqual([4, 4])
  })

  it('gives orthonormal vectors with A v = lambda v within 1e-10', () => {
    const n = 60
    const matrix = randomSymmetric(n, 5)
    const { values, vectors } = symmetricEigen(matrix, n)
    const vector = (k: number): Float64Array => vectors.subarray(k * n, (k + 1) * n)
    for (let k = 0; k < n; k++) {
      for (let other = 0; other <= k; other++) {
        expect(dot(vector(k), vector(other))).toBeCloseTo(k === other ? 1 : 0, 10)
      }
      for (let i = 0; i < n; i++) {
        const product = dot(matrix.subarray(i * n, (i + 1) * n), vector(k))
        expect(product).toBeCloseTo((values[k] ?? 0) * (vector(k)[i] ?? 0), 10)
      }
    }
  })
})
