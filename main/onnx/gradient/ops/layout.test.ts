import { describe, expect, it } from 'vitest'
import { compareNode } from '../../testing/finite-differences.ts'
import type { NodeUnderTest } from '../../testing/node-under-test.ts'
import { seeded } from '../../testing/seeded.ts'

const tolerance = 1e-3
const random = seeded(41)

const normal = (...dims: readonly number[]) => ({
  data: random.normals(dims.reduce((a, b) => a * b, 1)),
  dims,
})

async function check(spec: NodeUnderTest): Promise<void> {
  const { relativeError, inferred, actual } = await compareNode(spec)
  const known = inferred?.map((size, axis) => (typeof size === 'number' ? size : actual[axis]))
  const label = JSON.stringify({ ...spec, inputs: spec.inputs.length })
  expect(known, label).toEqual(actual)
  expect(relativeError, label).toBeLessThan(tolerance)
}

const maps = () => normal(2, 3, 4, 5)

describe('the gradient of operators that move elements', () => {
  it('of shape changes equals differences', async () => {
    await check({ op: 'Flatten', inputs: [maps()], attributes: { axis: 1 } })
    await check({ op: 'Flatten', inputs: [maps()], attributes: { axis: -2 } })
    await check({ op: 'Reshape', inputs: [maps(), 's'], ints: { s: [0, -1, 5] } })
    await check({ op: 'Squeeze', inputs: [normal(2, 3, 1, 1), 'a'], ints: { a: [2, -1] } })
    await check({ op: 'Unsqueeze', inputs: [normal(2, 3), 'a'], ints: { a: [1, -1] } })
    await check({ op: 'Transpose', inputs: [maps()], attributes: { perm: [0, 2, 3, 1] } })
    await check({ op: 'Transpose', inputs: [maps()], freeBatch: false })
    await check({ op: 'Identity', inputs: [maps()] })
    await check({ op: 'Dropout', inputs: [maps()] })
    await check({ op: 'Cast', inputs: [maps()], attributes: { to: 1 } })
  })

  it('of Concat equals differences along any axis', async () => {
    const parts = [normal(2, 3, 4), normal(2, 1, 4), normal(2, 5, 4)]
    await check({ op: 'Concat', inputs: parts, attributes: { axis: 1 } })
    await check({ op: 'Concat', inputs: parts, attributes: { axis: -2 } })
  })

  it('of Slice equals differences, with strides and backwards too', async () => {
    const slice = (starts: number[], ends: number[], axes: number[], steps?: number[]) =>
      check({
        op: 'Slice',
        inputs: [maps(), 'starts', 'ends', 'axes', ...(steps === undefined ? [] : ['steps'])],
        ints: { starts, ends, axes, ...(steps === undefined ? {} : { steps }) },
      })
    await slice([1], [3], [1])
    await slice([0, -3], [2 ** 31 - 1, -1], [0, 3])
    await slice([1, 0], [1000, 2], [-1, 2])
    await slice([0, 1], [4, 5], [2, 3], [2, 3])
    await slice([-1], [-(2 ** 31)], [3], [-1])
  })

  it('of Pad equals differences, cropping and mirroring too', async () => {
    const pads = [0, 0, 1, 2, 0, 0, 3, 0]
    await check({ op: 'Pad', inputs: [maps(), 'p'], ints: { p: pads } })
    await check({ op: 'Pad', inputs: [maps(), 'p'], ints: { p: [0, 0, -1, 2, 0, 0, 1, -2] } })
    const mirrored = [0, 0, 1, 2, 0, 0, 2, 0]
    for (const mode of ['reflect', 'edge']) {
      await check({ op: 'Pad', inputs: [maps(), 'p'], ints: { p: mirrored }, attributes: { mode } })
    }
  })

  it('of Gather equals differences for indices that repeat', async () => {
    await check({
      op: 'Gather',
      inputs: [maps(), 'i'],
      ints: { i: [2, 0, 2, -1] },
      attributes: { axis: 1 },
    })
  })

  it('of one output of Split equals differences', async () => {
    await check({
      op: 'Split',
      inputs: [maps(), 'parts'],
      ints: { parts: [3] },
      attributes: { axis: 1 },
    })
  })
})
