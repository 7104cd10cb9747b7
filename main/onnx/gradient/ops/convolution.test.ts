import { describe, expect, it } from 'vitest'
import { compareNode } from '../../testing/finite-differences.ts'
import type { NodeUnderTest } from '../../testing/node-under-test.ts'
import { type Random, seeded } from '../../testing/seeded.ts'

const tolerance = 1e-3

/** A convolution of random shape, stride, dilation, padding and grouping. */
function randomConvolution(random: Random): NodeUnderTest {
  const pick = (high: number) => random.integer(1, high)
  const group = pick(3)
  const [perGroupIn, perGroupOut] = [pick(2), pick(2)]
  const kernel = [pick(3), pick(3)]
  const dilations = [pick(2), pick(2)]
  const strides = [pick(3), pick(3)]
  const pads = [0, 1, 2, 3].map(() => random.integer(0, 3))
  const size = [5 + pick(4), 5 + pick(4)]
  const dims = [2, group * perGroupIn, ...size]
  const weightDims = [group * perGroupOut, perGroupIn, ...kernel]
  return {
    op: 'Conv',
    inputs: [{ data: random.normals(product(dims)), dims }, 'w', 'b'],
    attributes: { group, kernel_shape: kernel, dilations, strides, pads },
    floats: {
      w: { data: random.normals(product(weightDims)), dims: weightDims },
      b: { data: random.normals(group * perGroupOut), dims: [group * perGroupOut] },
    },
  }
}

const product = (dims: readonly number[]): number => dims.reduce((a, b) => a * b, 1)

describe('the gradient of a convolution', () => {
  it('equals differences for 24 random shapes, strides, dilations, pads and groups', async () => {
    const random = seeded(1)
    for (let round = 0; round < 24; round++) {
      const spec = randomConvolution(random)
      const { relativeError, inferred, actual } = await compareNode(spec)
      expect(relativeError, JSON.stringify(spec.attributes)).toBeLessThan(tolerance)
      expect(inferred?.slice(1)).toEqual(actual.slice(1))
    }
  })

  it('equals differences for every automatic padding, odd and even lengths', async () => {
    const random = seeded(2)
    for (const auto_pad of ['SAME_UPPER', 'SAME_LOWER', 'VALID']) {
      for (const [kernel, stride, size] of [
        [3, 2, 7],
        [3, 2, 8],
        [2, 1, 6],
        [4, 3, 9],
      ] as const) {
        const { relativeError, inferred, actual } = await compareNode({
          op: 'Conv',
          inputs: [{ data: random.normals(2 * size * size), dims: [1, 2, size, size] }, 'w'],
          attributes: { auto_pad, kernel_shape: [kernel, kernel], strides: [stride, stride] },
          floats: {
            w: { data: random.normals(6 * kernel * kernel), dims: [3, 2, kernel, kernel] },
          },
        })
        expect(relativeError, `${auto_pad} ${kernel} ${stride} ${size}`).toBeLessThan(tolerance)
        expect(inferred?.slice(1)).toEqual(actual.slice(1))
      }
    }
  })

  it('equals differences in one and in three dimensions', async () => {
    const random = seeded(3)
    for (const spatial of [[9], [4, 5, 4]]) {
      const dims = [2, 2, ...spatial]
      const weightDims = [3, 2, ...spatial.map(() => 3)]
      const { relativeError } = await compareNode({
        op: 'Conv',
        inputs: [{ data: random.normals(product(dims)), dims }, 'w'],
        attributes: { pads: spatial.flatMap(() => [1, 1]), strides: spatial.map(() => 1) },
        floats: { w: { data: random.normals(product(weightDims)), dims: weightDims } },
      })
      expect(relativeError).toBeLessThan(tolerance)
    }
  })
})

describe('the gradient of a transposed convolution', () => {
  it('equals differences for 16 random shapes, strides, dilations, pads and groups', async () => {
    const random = seeded(4)
    for (let round = 0; round < 16; round++) {
      const pick = (high: number) => random.integer(1, high)
      const group = pick(2)
      const channels = group * pick(2)
      const strides = [pick(3), pick(3)]
      const kernel = [1 + pick(2), 1 + pick(2)]
      const dims = [2, channels, 2 + pick(3), 2 + pick(3)]
      const weightDims = [channels, pick(2), ...kernel]
      const attributes = {
        group,
        strides,
        kernel_shape: kernel,
        dilations: [pick(2), pick(2)],
        pads: [0, 1, 0, 1].map((most) => random.integer(0, most)),
        output_padding: strides.map((stride) => random.integer(0, stride - 1)),
      }
      const { relativeError, inferred, actual } = await compareNode({
        op: 'ConvTranspose',
        inputs: [{ data: random.normals(product(dims)), dims }, 'w'],
        attributes,
        floats: { w: { data: random.normals(product(weightDims)), dims: weightDims } },
      })
      expect(relativeError, JSON.stringify(attributes)).toBeLessThan(tolerance)
      expect(inferred?.slice(1)).toEqual(actual.slice(1))
    }
  })
})
