import { describe, expect, it } from 'vitest'
import { GraphSession } from '../../engine/graph-session.ts'
import { encodeModel } from '../codec.ts'
import { GraphError, graphOf } from '../graph.ts'
import { GraphBuilder } from '../graph-builder.ts'
import { dataType, type Model } from '../model.ts'
import { addTaps } from '../rewrites/taps.ts'
import { seeded } from '../testing/seeded.ts'
import type { ActivationRange } from './integers.ts'
import { quantiseGraph, valuesToCalibrate } from './quantise-graph.ts'

const dims = [1, 3, 16, 16]

/** Two branches joined, a pool, an addition and a dense layer: every kind of value. */
function network(): Model {
  const random = seeded(3)
  const graph = new GraphBuilder('net')
  const weights = (name: string, shape: number[]): string => {
    const count = shape.reduce((a, b) => a * b, 1)
    // Channels of very different size, which one scale for all would lose.
    const perChannel = count / (shape[0] ?? 1)
    const values = [...random.normals(count)].map(
      (w, i) => w * 4 ** (Math.floor(i / perChannel) % 4),
    )
    return graph.floats(
      name,
      values.map((w) => w * 0.02),
      shape,
    )
  }
  const x = graph.input('x', dataType.float, dims)
  const conv = (input: string, name: string, shape: number[], pads = [1, 1, 1, 1]): string => {
    const bias = graph.floats(`${name}_b`, [...random.normals(shape[0] ?? 1)])
    const out = graph.node('Conv', [input, weights(`${name}_w`, shape), bias], name, { pads })
    return graph.node('Relu', [out], `${name}_relu`)
  }
  const a = conv(x, 'a', [8, 3, 3, 3])
  const pooled = graph.node('MaxPool', [a], 'pooled', { kernel_shape: [2, 2], strides: [2, 2] })
  const left = conv(pooled, 'left', [4, 8, 1, 1], [0, 0, 0, 0])
  const right = conv(pooled, 'right', [4, 8, 3, 3])
  const both = graph.node('Concat', [left, right], 'both', { axis: 1 })
  const sum = graph.node('Add', [both, pooled], 'sum')
  const flat = graph.node('Flatten', [graph.node('GlobalAveragePool', [sum], 'mean')], 'flat')
  const scores = graph.node('Gemm', [flat, weights('fc_w', [10, 8])], 'scores', { transB: 1 })
  graph.output(scores, dataType.float, [1, 10])
  return graph.build()
}

/** AlexNet's order: a layer, a normalisation that stays in floats, a pool, a layer. */
function normalisedNetwork(): Model {
  const random = seeded(4)
  const graph = new GraphBuilder('normalised')
  const weights = (name: string, shape: number[]): string =>
    graph.floats(
      name,
      [...random.normals(shape.reduce((a, b) => a * b, 1))].map((w) => w * 0.3),
      shape,
    )
  const x = graph.input('x', dataType.float, dims)
  const layer = graph.node('Conv', [x, weights('a_w', [8, 3, 3, 3])], 'a', { pads: [1, 1, 1, 1] })
  const normal = graph.node('LRN', [graph.node('Relu', [layer], 'a_relu')], 'normal', { size: 5 })
  const pool = { kernel_shape: [2, 2], strides: [2, 2] }
  const pooled = graph.node('MaxPool', [normal], 'pooled', pool)
  const last = graph.node('Conv', [pooled, weights('b_w', [10, 8, 8, 8])], 'b')
  const scores = graph.node('Flatten', [last], 'scores')
  graph.output(scores, dataType.float, [1, 10])
  return graph.build()
}

const inputOf = (seed: number) => ({
  x: { dims, data: Float32Array.from(seeded(seed).normals(3 * 16 * 16)) },
})

async function scoresOf(model: Model, seed: number): Promise<Float32Array> {
  const session = await GraphSession.create(encodeModel(model), { threads: 1 })
  const { scores } = await session.run(inputOf(seed), ['scores'])
  await session.dispose()
  return scores?.data ?? new Float32Array()
}

async function rangesOf(model: Model): Promise<ReadonlyMap<string, ActivationRange>> {
  const wanted = valuesToCalibrate(model).filter((value) => value !== 'x')
  const session = await GraphSession.create(encodeModel(addTaps(model, wanted)), { threads: 1 })
  const ranges = new Map<string, ActivationRange>([['x', { least: -4, greatest: 4 }]])
  for (let seed = 10; seed < 20; seed++) {
    const outputs = await session.run(inputOf(seed), wanted)
    for (const [value, { data }] of Object.entries(outputs)) {
      const before = ranges.get(value) ?? { least: 0, greatest: 0 }
      ranges.set(value, {
        least: Math.min(before.least, ...data),
        greatest: Math.max(before.greatest, ...data),
      })
    }
  }
  await session.dispose()
  return ranges
}

describe('quantiseGraph', () => {
  it('computes what the float network does, within the steps of its integers', async () => {
    const model = network()
    const quantised = quantiseGraph(model, await rangesOf(model))
    for (const seed of [12, 100, 101]) {
      const [expected, got] = [await scoresOf(model, seed), await scoresOf(quantised, seed)]
      const size = Math.max(...expected.map(Math.abs))
      const off = Math.max(...expected.map((value, i) => Math.abs(value - (got[i] ?? 0))))
      // 8 bits through five layers.
      expect(off / size).toBeLessThan(0.05)
      expect(got).not.toEqual(expected)
    }
  })

  it('turns every layer into integers and leaves no float weights behind', async () => {
    const model = network()
    const graph = graphOf(quantiseGraph(model, await rangesOf(model)))
    const types = new Map(graph.initializers.map(({ name, dataType: type }) => [name, type]))
    expect(types.get('a_w_integers')).toBe(dataType.int8)
    expect(types.get('a_b_integers')).toBe(dataType.int32)
    expect(types.has('a_w')).toBe(false)
    const gemm = graph.nodes.find(({ opType }) => opType === 'Gemm')
    expect(gemm?.inputs).toEqual(
      ['flat', 'fc_w_floats'].map((name) => expect.stringContaining(name)),
    )
  })

  it('gives a pool the scale of what it chooses from', async () => {
    const model = network()
    const ranges = await rangesOf(model)
    expect(ranges.has('pooled')).toBe(false)
    const graph = graphOf(quantiseGraph(model, ranges))
    const scaleOf = (value: string) =>
      graph.initializers.find(({ name }) => name === `${value}_scale`)?.rawData
    expect(scaleOf('pooled')).toEqual(scaleOf('a_relu'))
  })

  it('pools integers also behind a layer of floats', async () => {
    const model = normalisedNetwork()
    const ranges = await rangesOf(model)
    expect(ranges.has('normal')).toBe(false)
    const quantised = quantiseGraph(model, ranges)
    const pool = graphOf(quantised).nodes.find(({ opType }) => opType === 'MaxPool')
    expect(pool?.inputs).toEqual([expect.stringContaining('normal_floats')])
    const scaleOf = (value: string) =>
      graphOf(quantised).initializers.find(({ name }) => name === `${value}_scale`)?.rawData
    expect(scaleOf('normal')).toEqual(scaleOf('pooled'))
    const [expected, got] = [await scoresOf(model, 100), await scoresOf(quantised, 100)]
    const off = Math.max(...expected.map((value, i) => Math.abs(value - (got[i] ?? 0))))
    expect(off / Math.max(...expected.map(Math.abs))).toBeLessThan(0.05)
  })

  it('refuses a network whose ranges are missing, or that has no layers', async () => {
    expect(() => quantiseGraph(network(), new Map())).toThrow(GraphError)
    const empty = new GraphBuilder('empty')
    empty.output(empty.node('Relu', [empty.input('x', dataType.float, [1])], 'y'), 1, [1])
    expect(() => quantiseGraph(empty.build(), new Map())).toThrow('Expected layers')
  })
})
