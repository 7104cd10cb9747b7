import { describe, expect, it } from 'vitest'
import { gradientGraph } from '../gradient/gradient-graph.ts'
import { GraphBuilder } from '../graph-builder.ts'
import type { Model } from '../model.ts'
import { type NodeUnderTest, nodeUnderTest } from '../testing/node-under-test.ts'
import { running } from '../testing/run-model.ts'
import { seeded } from '../testing/seeded.ts'
import { OpsetError, raiseOpset } from './raise-opset.ts'

const random = seeded(101)
const maps = () => ({ data: random.normals(120), dims: [2, 3, 4, 5] })
const vector = (...values: readonly number[]) => ({
  data: Float32Array.from(values),
  dims: [values.length],
})

/** Nodes as exporters wrote them in the operator set that leads the line. */
const oldForms: readonly (readonly [opset: number, spec: NodeUnderTest])[] = [
  [
    9,
    { op: 'Slice', inputs: [maps()], attributes: { starts: [1, -3], ends: [3, 9], axes: [1, 3] } },
  ],
  [9, { op: 'Slice', inputs: [maps()], attributes: { starts: [0, 1], ends: [2, 3] } }],
  [
    10,
    {
      op: 'Pad',
      inputs: [maps()],
      attributes: { pads: [0, 0, 1, 2, 0, 0, 3, 0], value: { float: 1.5 } },
    },
  ],
  [
    10,
    { op: 'Pad', inputs: [maps()], attributes: { mode: 'edge', pads: [0, 0, 1, 2, 0, 0, 3, 0] } },
  ],
  [10, { op: 'Clip', inputs: [maps()], attributes: { min: { float: 0.1 }, max: { float: 0.7 } } }],
  [10, { op: 'Clip', inputs: [maps()], attributes: { min: { float: 0 } } }],
  [10, { op: 'Clip', inputs: [maps()] }],
  [7, { op: 'Dropout', inputs: [maps()], attributes: { ratio: { float: 0.5 } } }],
  [
    11,
    {
      op: 'Squeeze',
      inputs: [{ data: random.normals(6), dims: [2, 3, 1, 1] }],
      attributes: { axes: [2, 3] },
    },
  ],
  [11, { op: 'Unsqueeze', inputs: [maps()], attributes: { axes: [0, 3] } }],
  [11, { op: 'ReduceSum', inputs: [maps()], attributes: { axes: [2, 3], keepdims: 0 } }],
  [11, { op: 'ReduceSum', inputs: [maps()], attributes: { keepdims: 1 } }],
  [11, { op: 'Split', inputs: [maps()], attributes: { axis: 1, split: [3] } }],
  [11, { op: 'Softmax', inputs: [maps()] }],
  [12, { op: 'Softmax', inputs: [maps()], attributes: { axis: 3 } }],
  [12, { op: 'LogSoftmax', inputs: [maps()], attributes: { axis: 2 } }],
  [
    7,
    {
      op: 'BatchNormalization',
      inputs: [maps(), 's', 'b', 'm', 'v'],
      floats: {
        s: vector(1, 2, 3),
        b: vector(0, 1, 2),
        m: vector(0.1, 0.2, 0.3),
        v: vector(1, 2, 3),
      },
    },
  ],
  [
    9,
    {
      op: 'Upsample',
      inputs: [maps(), 'scales'],
      attributes: { mode: 'nearest' },
      floats: { scales: vector(1, 1, 2, 3) },
    },
  ],
  [
    10,
    {
      op: 'Resize',
      inputs: [maps(), 'scales'],
      attributes: { mode: 'linear' },
      floats: { scales: vector(1, 1, 1.5, 2) },
    },
  ],
]

describe('a model raised to operator set 17', () => {
  it.each(oldForms.map(([opset, spec]) => [spec.op, opset, spec] as const))(
    'computes the same: %s of set %i',
    async (_, opset, spec) => {
      const { model, feeds, output } = nodeUnderTest({ ...spec, opset })
      const raised = raiseOpset(model, 17)
      expect(raised.opsets).toEqual([{ domain: '', version: 17 }])
      const [before, after] = [await running(model), await running(raised)]
      const expected = (await before.run(feeds)).get(output)
      const found = (await after.run(feeds)).get(output)
      expect(found?.dims).toEqual(expected?.dims)
      expect(found?.data).toEqual(expected?.data)
      await before.dispose()
      await after.dispose()
    },
  )

  it('stays as it is when it is new enough', () => {
    const { model } = nodeUnderTest({ op: 'Relu', inputs: [maps()], opset: 16 })
    expect(raiseOpset(model, 16)).toBe(model)
  })

  it('no longer lists constants among its inputs', () => {
    const { model } = nodeUnderTest({
      op: 'Add',
      inputs: [maps(), 'c'],
      floats: { c: vector(1) },
      opset: 8,
    })
    model.graph?.inputs.push({ name: 'c', type: { tensor: { elemType: 1 } } })
    expect(raiseOpset(model, 17).graph?.inputs.map(({ name }) => name)).toEqual(['x0'])
  })

  it('is refused below 7, and with graphs inside its nodes', () => {
    const { model } = nodeUnderTest({ op: 'Relu', inputs: [maps()], opset: 6 })
    expect(() => raiseOpset(model, 17)).toThrow(OpsetError)
    expect(() => raiseOpset(withBranches(11), 17)).toThrow('If')
  })
})

function withBranches(opset: number): Model {
  const graph = new GraphBuilder('branches')
  graph.input('x', 1, ['N', 2])
  graph.output(graph.node('If', ['x'], 'y'), 1, ['N', 2])
  const model = graph.build()
  model.opsets = [{ domain: '', version: opset }]
  return model
}

describe('the gradient of an old model', () => {
  it('is that of the raised one', async () => {
    const { model, feeds } = nodeUnderTest({
      op: 'Slice',
      inputs: [maps()],
      attributes: { starts: [1], ends: [3], axes: [1] },
      opset: 9,
    })
    const built = gradientGraph(model, { of: 'y', withRespectTo: ['x0'] })
    const session = await running(built.model)
    const ones = { data: new Float32Array(80).fill(1), dims: [2, 2, 4, 5] }
    const gradient = (await session.run({ ...feeds, cotangent: ones })).get('gradient:x0')?.data
    expect([...(gradient ?? [])].reduce((a, b) => a + b, 0)).toBe(80)
    expect(gradient?.[0]).toBe(0)
    await session.dispose()
  })
})
