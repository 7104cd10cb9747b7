import { describe, expect, it } from 'vitest'
import { compareNode } from '../../testing/finite-differences.ts'
import { type Random, seeded } from '../../testing/seeded.ts'

const tolerance = 1e-3

interface Shape {
  readonly dims: readonly number[]
  readonly attributes: Readonly<Record<string, number | readonly number[]>>
}

/** Pads stay below the kernel: wider ones would make windows of padding alone. */
function randomPool(random: Random, most: { stride: number; dilation: number }): Shape {
  const kernel = [random.integer(1, 3), random.integer(2, 4)]
  const pad = (i: number) => random.integer(0, (kernel[i] ?? 1) - 1)
  const axis = (high: number) => [random.integer(1, high), random.integer(1, high)]
  return {
    dims: [2, random.integer(1, 3), random.integer(7, 9), random.integer(7, 9)],
    attributes: {
      kernel_shape: kernel,
      strides: axis(most.stride),
      ...(most.dilation > 1 ? { dilations: axis(most.dilation) } : {}),
      pads: [pad(0), pad(1), pad(0), pad(1)],
      ceil_mode: random.integer(0, 1),
    },
  }
}

const product = (dims: readonly number[]): number => dims.reduce((a, b) => a * b, 1)

async function check(op: string, { dims, attributes }: Shape, data: Float32Array): Promise<void> {
  const { relativeError, inferred, actual } = await compareNode({
    op,
    inputs: [{ data, dims }],
    attributes,
  })
  const label = `${op} ${dims} ${JSON.stringify(attributes)}`
  expect(inferred?.slice(1), label).toEqual(actual.slice(1))
  expect(relativeError, label).toBeLessThan(tolerance)
}

describe('the gradient of a max pool', () => {
  it('equals differences for 24 random windows, overlapping ones among them', async () => {
    const random = seeded(11)
    for (let round = 0; round < 24; round++) {
      const shape = randomPool(random, { stride: 3, dilation: round % 3 === 0 ? 2 : 1 })
      await check('MaxPool', shape, random.spaced(product(shape.dims)))
    }
  })

  it('adds up where one element wins several windows', async () => {
    const data = Float32Array.of(0, 1, 0, 0, 9, 0, 0, 2, 0)
    const shape = { dims: [1, 1, 3, 3], attributes: { kernel_shape: [2, 2] } }
    await check('MaxPool', shape, data)
  })
})

describe('the gradient of an average pool', () => {
  it('equals differences for 24 random windows that leave padding out', async () => {
    const random = seeded(12)
    for (let round = 0; round < 24; round++) {
      const shape = randomPool(random, { stride: 1 + (round % 3), dilation: 1 })
      await check('AveragePool', shape, random.normals(product(shape.dims)))
    }
  })

  it('equals differences for 24 random windows that count padding', async () => {
    const random = seeded(13)
    for (let round = 0; round < 24; round++) {
      const { dims, attributes } = randomPool(random, { stride: 1 + (round % 3), dilation: 1 })
      const shape = { dims, attributes: { ...attributes, count_include_pad: 1 } }
      await check('AveragePool', shape, random.normals(product(dims)))
    }
  })

  it('equals differences for one window over everything', async () => {
    const shape = { dims: [2, 3, 4, 5], attributes: { kernel_shape: [4, 5], strides: [2, 2] } }
    await check('AveragePool', shape, seeded(14).normals(120))
  })
})

describe('the gradient of a global pool', () => {
  it('equals differences', async () => {
    const shape = { dims: [2, 3, 4, 5], attributes: {} }
    await check('GlobalAveragePool', shape, seeded(15).normals(120))
    await check('GlobalMaxPool', shape, seeded(15).spaced(120))
  })
})
