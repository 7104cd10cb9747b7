import { describe, expect, it } from 'vitest'
import { compareNode } from '../../testing/finite-differences.ts'
import { seeded } from '../../testing/seeded.ts'

const tolerance = 1e-3
const random = seeded(31)

const count = (dims: readonly number[]): number => dims.reduce((a, b) => a * b, 1)
const normal = (...dims: readonly number[]) => ({ data: random.normals(count(dims)), dims })
/** Away from 0, to divide by. */
const positive = (...dims: readonly number[]) => ({
  data: random.normals(count(dims)).map((x) => Math.abs(x) + 0.7),
  dims,
})

const pairs = [
  [
    [2, 3, 4, 4],
    [2, 3, 4, 4],
  ],
  [
    [2, 3, 4, 4],
    [3, 1, 1],
  ],
  [
    [2, 3, 1, 1],
    [2, 3, 4, 4],
  ],
  [[2, 3, 4, 4], []],
  [
    [2, 1, 4, 1],
    [1, 3, 1, 5],
  ],
] as const

describe('the gradient of arithmetic', () => {
  it.each(['Add', 'Sub', 'Mul', 'Div'])(
    'of %s equals differences under broadcasting',
    async (op) => {
      for (const [a, b] of pairs) {
        const { relativeError, inferred, actual } = await compareNode({
          op,
          inputs: [normal(...a), op === 'Div' ? positive(...b) : normal(...b)],
          freeBatch: false,
        })
        expect(inferred).toEqual(actual)
        expect(relativeError, `${op} ${a} ${b}`).toBeLessThan(tolerance)
      }
    },
  )

  it('of Add and Mul equals differences with a free batch and a constant', async () => {
    for (const op of ['Add', 'Mul']) {
      const { relativeError } = await compareNode({
        op,
        inputs: [normal(2, 3, 4, 4), 'c'],
        floats: { c: normal(1, 3, 1, 1) },
      })
      expect(relativeError).toBeLessThan(tolerance)
    }
  })

  it('of Sum and Mean equals differences for three inputs', async () => {
    for (const op of ['Sum', 'Mean']) {
      const { relativeError } = await compareNode({
        op,
        inputs: [normal(2, 3, 4), normal(3, 4), normal(1, 3, 1)],
        freeBatch: false,
      })
      expect(relativeError, op).toBeLessThan(tolerance)
    }
  })

  it('of Max and Min equals differences for three inputs', async () => {
    const all = random.spaced(3 * 24)
    const part = (i: number) => ({ data: all.slice(i * 24, i * 24 + 24), dims: [2, 3, 4] })
    for (const op of ['Max', 'Min']) {
      const { relativeError } = await compareNode({ op, inputs: [part(0), part(1), part(2)] })
      expect(relativeError, op).toBeLessThan(tolerance)
    }
  })

  it('of Expand equals differences', async () => {
    const { relativeError } = await compareNode({
      op: 'Expand',
      inputs: [normal(3, 1), 'shape'],
      ints: { shape: [2, 3, 4] },
      freeBatch: false,
    })
    expect(relativeError).toBeLessThan(tolerance)
  })
})
