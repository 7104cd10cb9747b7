import { describe, expect, it } from 'vitest'
import { compareNode } from '../../testing/finite-differences.ts'
import { seeded } from '../../testing/seeded.ts'

const tolerance = 1e-3
const random = seeded(21)

const tensor = (...dims: readonly number[]) => ({
  data: random.normals(dims.reduce((a, b) => a * b, 1)),
  dims,
})

describe('the gradient of a matrix product', () => {
  it('of Gemm equals differences for every transposition, with all inputs free', async () => {
    for (const transA of [0, 1]) {
      for (const transB of [0, 1]) {
        const { relativeError, inferred, actual } = await compareNode({
          op: 'Gemm',
          inputs: [
            transA === 0 ? tensor(3, 4) : tensor(4, 3),
            transB === 0 ? tensor(4, 5) : tensor(5, 4),
            tensor(5),
          ],
          attributes: { transA, transB, alpha: { float: 0.7 }, beta: { float: 1.3 } },
          freeBatch: false,
        })
        expect(inferred).toEqual(actual)
        expect(relativeError, `${transA} ${transB}`).toBeLessThan(tolerance)
      }
    }
  })

  it('of Gemm equals differences for constant weights and a free batch', async () => {
    const { relativeError } = await compareNode({
      op: 'Gemm',
      inputs: [tensor(2, 6), 'w', 'b'],
      attributes: { transB: 1 },
      floats: { w: tensor(5, 6), b: tensor(5) },
    })
    expect(relativeError).toBeLessThan(tolerance)
  })

  it('of MatMul equals differences, with batches that are broadcast', async () => {
    for (const [a, b] of [
      [tensor(3, 4), tensor(4, 5)],
      [tensor(2, 3, 4), tensor(4, 5)],
      [tensor(2, 1, 3, 4), tensor(3, 4, 2)],
      [tensor(1, 3, 4), tensor(2, 4, 2)],
    ] as const) {
      const { relativeError, inferred, actual } = await compareNode({
        op: 'MatMul',
        inputs: [a, b],
        freeBatch: false,
      })
      expect(inferred).toEqual(actual)
      expect(relativeError, `${a.dims} ${b.dims}`).toBeLessThan(tolerance)
    }
  })
})
