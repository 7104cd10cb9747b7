import { describe, expect, it } from 'vitest'
import { compareNode } from '../../testing/finite-differences.ts'
import { seeded } from '../../testing/seeded.ts'

const tolerance = 1e-3
const dims = [2, 3, 4, 4]

/** Far enough from every kink of the functions below: those lie at multiples of 0.5. */
function away(count: number, seed: number, spread = 1): Float32Array {
  const random = seeded(seed)
  return Float32Array.from({ length: count }, () => {
    const x = random.normal() * 2 * spread
    const nearest = Math.round(x * 2) / 2
    return Math.abs(x - nearest) < 0.05 ? nearest + 0.1 : x
  })
}

async function check(
  op: string,
  attributes: Readonly<Record<string, number | { readonly float: number }>> = {},
  transform: (x: number) => number = (x) => x,
): Promise<void> {
  const data = away(96, op.length).map(transform)
  const { relativeError, inferred, actual } = await compareNode({
    op,
    inputs: [{ data, dims }],
    attributes,
  })
  expect(inferred?.slice(1)).toEqual(actual.slice(1))
  expect(relativeError, op).toBeLessThan(tolerance)
}

describe('the gradient of an activation', () => {
  it.each(['Relu', 'LeakyRelu', 'Sigmoid', 'Tanh', 'HardSigmoid', 'HardSwish', 'Elu', 'Softplus'])(
    'of %s equals differences',
    async (op) => {
      await check(op)
    },
  )

  it.each(['Exp', 'Erf', 'Abs', 'Neg'])('of %s equals differences', async (op) => {
    await check(op, {}, (x) => x / 2)
  })

  it.each(['Log', 'Sqrt', 'Reciprocal'])('of %s equals differences', async (op) => {
    await check(op, {}, (x) => Math.abs(x) + 0.5)
  })

  it('equals differences for other slopes than the usual', async () => {
    await check('LeakyRelu', { alpha: { float: 0.3 } })
    await check('Elu', { alpha: { float: 0.7 } })
    await check('HardSigmoid', { alpha: { float: 0.4 }, beta: { float: 0.5 } }, (x) => x / 1.1)
  })

  it('of a slope for each channel equals differences', async () => {
    const { relativeError } = await compareNode({
      op: 'PRelu',
      inputs: [{ data: away(96, 3), dims }, 'slope'],
      floats: { slope: { data: Float32Array.of(0.1, 0.5, -0.3), dims: [3, 1, 1] } },
    })
    expect(relativeError).toBeLessThan(tolerance)
  })

  it('of Clip equals differences with both bounds, one, and none', async () => {
    const floats = {
      low: { data: Float32Array.of(-0.5), dims: [] },
      high: { data: Float32Array.of(1), dims: [] },
    }
    for (const bounds of [['low', 'high'], ['low'], ['', 'high'], []]) {
      const { relativeError } = await compareNode({
        op: 'Clip',
        inputs: [{ data: away(96, 5), dims }, ...bounds],
        floats,
      })
      expect(relativeError, bounds.join()).toBeLessThan(tolerance)
    }
  })

  it('of a power equals differences', async () => {
    const data = away(96, 6).map((x) => Math.abs(x) + 0.5)
    const { relativeError } = await compareNode({
      op: 'Pow',
      inputs: [{ data, dims }, 'exponent'],
      floats: { exponent: { data: Float32Array.of(2.5), dims: [] } },
    })
    expect(relativeError).toBeLessThan(tolerance)
  })
})
