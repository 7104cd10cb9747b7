import { describe, expect, it } from 'vitest'
import { compareNode } from '../../testing/finite-differences.ts'
import { seeded } from '../../testing/seeded.ts'

const tolerance = 1e-3
const dims = [2, 3, 4, 5]

describe('the gradient of a reduction', () => {
  it.each(['ReduceMean', 'ReduceL2', 'ReduceMax', 'ReduceMin'])(
    'of %s equals differences for every form of its axes',
    async (op) => {
      const random = seeded(op.length)
      const data = random.spaced(120, 0.1)
      for (const keepdims of [0, 1]) {
        for (const axes of [[2, 3], [1], [-1], undefined]) {
          const { relativeError, inferred, actual } = await compareNode(
            {
              op,
              inputs: [{ data, dims }],
              attributes: { keepdims, ...(axes === undefined ? {} : { axes }) },
              // The mean over everything divides by the length of the batch too.
              freeBatch: axes !== undefined,
            },
            // A norm of 40 is rounded to 4e-6; it has no kinks to keep away from.
            op === 'ReduceL2' ? 0.05 : 0.01,
          )
          const known = inferred?.map((size, i) => (typeof size === 'number' ? size : actual[i]))
          expect(known).toEqual(actual)
          expect(relativeError, `${op} ${axes} ${keepdims}`).toBeLessThan(tolerance)
        }
      }
    },
  )

  it('of ReduceSum equals differences, whose axes are an input', async () => {
    const data = seeded(51).normals(120)
    for (const keepdims of [0, 1]) {
      const { relativeError } = await compareNode({
        op: 'ReduceSum',
        inputs: [{ data, dims }, 'axes'],
        ints: { axes: [1, -1] },
        attributes: { keepdims },
      })
      expect(relativeError).toBeLessThan(tolerance)
    }
  })

  it('of ReduceMean equals differences in operator set 18, whose axes are an input', async () => {
    const { relativeError } = await compareNode({
      op: 'ReduceMean',
      inputs: [{ data: seeded(52).normals(120), dims }, 'axes'],
      ints: { axes: [2, 3] },
      attributes: { keepdims: 0 },
      opset: 18,
    })
    expect(relativeError).toBeLessThan(tolerance)
  })
})
