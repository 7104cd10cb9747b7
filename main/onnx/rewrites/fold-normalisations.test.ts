import { describe, expect, it } from 'vitest'
import { GraphSession } from '../../engine/graph-session.ts'
import { encodeModel } from '../codec.ts'
import { graphOf } from '../graph.ts'
import { GraphBuilder } from '../graph-builder.ts'
import { dataType, type Model } from '../model.ts'
import { seeded } from '../testing/seeded.ts'
import { foldNormalisations } from './fold-normalisations.ts'

const dims = [2, 3, 8, 8]
const x = { dims, data: Float32Array.from(seeded(4).normals(2 * 3 * 8 * 8)) }

/** Statistics far from 0 and 1, which a wrong fold would not survive. */
function normalise(graph: GraphBuilder, value: string, channels: number, epsilon = 1e-3): string {
  const random = seeded(channels)
  const floats = (name: string, from: (z: number) => number): string =>
    graph.floats(name, [...random.normals(channels)].map(from))
  return graph.node(
    'BatchNormalization',
    [
      value,
      floats('gamma', (z) => 1 + z),
      floats('beta', (z) => 2 * z),
      floats('mean', (z) => 3 * z),
      floats('variance', (z) => 0.1 + z * z),
    ],
    `${value}_normal`,
    { epsilon: { float: epsilon } },
  )
}

const weights = (graph: GraphBuilder, name: string, shape: readonly number[]): string =>
  graph.floats(name, seeded(9).normals(shape.reduce((a, b) => a * b, 1)), shape)

function network(build: (graph: GraphBuilder, input: string) => string, rank = 4): Model {
  const graph = new GraphBuilder('net')
  const out = build(graph, graph.input('x', dataType.float, dims))
  const free = ['n', 'c', 'h', 'w'].slice(0, rank)
  graph.output(graph.node('Identity', [out], 'y'), dataType.float, free)
  return graph.build()
}

async function run(model: Model): Promise<Float32Array> {
  // ONNX Runtime folds normalisations by itself: switched off, it is an independent witness.
  const session = await GraphSession.create(encodeModel(model), { threads: 1, optimise: false })
  const { y } = await session.run({ x }, ['y'])
  await session.dispose()
  return y?.data ?? new Float32Array()
}

const operators = (model: Model): readonly string[] =>
  graphOf(model).nodes.map(({ opType }) => opType)

async function expectSame(model: Model, folded: readonly string[]): Promise<Model> {
  const result = foldNormalisations(model)
  expect(operators(result)).toEqual([...folded, 'Identity'])
  const [before, after] = [await run(model), await run(result)]
  expect(after.length).toBe(before.length)
  const scale = Math.max(...before.map(Math.abs))
  // Float32 sums in another order.
  before.forEach((value, i) => {
    expect(Math.abs(value - (after[i] ?? Number.NaN)) / scale).toBeLessThan(2e-6)
  })
  return result
}

describe('folding normalisations gives the same results', () => {
  it('into a convolution with a bias, without one, and of groups', async () => {
    const conv = (inputs: (graph: GraphBuilder) => string[], group: number, into: number) =>
      network((graph, input) => {
        const w = weights(graph, 'w', [6, into, 3, 3])
        const out = graph.node('Conv', [input, w, ...inputs(graph)], 'conv', { group })
        return graph.node('Relu', [normalise(graph, out, 6)], 'relu')
      })
    await expectSame(
      conv((graph) => [weights(graph, 'b', [6])], 1, 3),
      ['Conv', 'Relu'],
    )
    await expectSame(
      conv(() => [], 1, 3),
      ['Conv', 'Relu'],
    )
    await expectSame(
      conv(() => [], 3, 1),
      ['Conv', 'Relu'],
    )
  })

  it('into a dense layer, either way round, whatever share its bias has', async () => {
    for (const transB of [0, 1]) {
      for (const beta of [1, 0.25]) {
        const model = network((graph, input) => {
          const flat = graph.node('Flatten', [input], 'flat')
          const w = weights(graph, 'w', transB === 1 ? [5, 192] : [192, 5])
          const attributes = { transB, beta: { float: beta }, alpha: { float: 0.5 } }
          const bias = weights(graph, 'b', [5])
          return normalise(graph, graph.node('Gemm', [flat, w, bias], 'fc', attributes), 5)
        }, 2)
        await expectSame(model, ['Flatten', 'Gemm'])
      }
    }
  })

  it('as a layer of its own, where there is none before it', async () => {
    const model = network((graph, input) => {
      const relu = graph.node('Relu', [normalise(graph, input, 3)], 'relu')
      return graph.node('Conv', [relu, weights(graph, 'w', [4, 3, 1, 1])], 'conv')
    })
    await expectSame(model, ['Conv', 'Relu', 'Conv'])
  })

  it('as a layer of its own, where others read what it normalises', async () => {
    const model = network((graph, input) => {
      const conv = graph.node('Conv', [input, weights(graph, 'w', [4, 3, 1, 1])], 'conv')
      return graph.node('Add', [normalise(graph, conv, 4), conv], 'sum')
    })
    await expectSame(model, ['Conv', 'Conv', 'Add'])
  })

  it('where two layers share their weights', async () => {
    const model = network((graph, input) => {
      const w = weights(graph, 'w', [4, 3, 1, 1])
      const left = normalise(graph, graph.node('Conv', [input, w], 'left'), 4, 1e-3)
      const right = normalise(graph, graph.node('Conv', [input, w], 'right'), 4, 0.5)
      return graph.node('Sub', [left, right], 'difference')
    })
    await expectSame(model, ['Conv', 'Conv', 'Sub'])
  })
})

describe('folding normalisations', () => {
  it('keeps the names of values, which layers are known by', () => {
    const model = network((graph, input) => {
      const conv = graph.node('Conv', [input, weights(graph, 'w', [4, 3, 1, 1])], 'conv')
      return normalise(graph, conv, 4)
    })
    expect(graphOf(foldNormalisations(model)).nodes[0]?.outputs).toEqual(['conv_normal'])
  })

  it('leaves alone what has computed statistics or is no map', () => {
    const computed = network((graph, input) => {
      const mean = graph.node('Identity', [graph.floats('m', [0, 0, 0])], 'mean')
      const moving = graph.node('Add', [mean, graph.floats('step', [1, 1, 1])], 'moving')
      const ones = graph.floats('ones', [1, 1, 1])
      return graph.node('BatchNormalization', [input, ones, ones, moving, ones], 'normal')
    })
    expect(operators(foldNormalisations(computed))).toContain('BatchNormalization')
    const flat = network(
      (graph, input) => normalise(graph, graph.node('Flatten', [input], 'flat'), 192),
      2,
    )
    expect(operators(foldNormalisations(flat))).toContain('BatchNormalization')
  })
})
