import { describe, expect, it } from 'vitest'
import { GraphSession } from '../../engine/graph-session.ts'
import { encodeModel } from '../codec.ts'
import { graphOf } from '../graph.ts'
import { GraphBuilder } from '../graph-builder.ts'
import { dataType, type Model } from '../model.ts'
import { seeded } from '../testing/seeded.ts'
import { spellOutLrn } from './spell-out-lrn.ts'

const dims = [2, 7, 3, 4]
const x = { dims, data: Float32Array.from(seeded(3).normals(2 * 7 * 12)) }

function network(size: number, beta = 0.75, input: readonly (number | string)[] = dims): Model {
  const graph = new GraphBuilder('net')
  const value = graph.node('Relu', [graph.input('x', dataType.float, input)], 'relu')
  const attributes = {
    size,
    alpha: { float: 0.7 },
    beta: { float: beta },
    bias: { float: 1.5 },
  }
  graph.output(graph.node('LRN', [value], 'y', attributes), dataType.float, ['n', 'c', 'h', 'w'])
  return graph.build()
}

async function run(model: Model): Promise<Float32Array> {
  const session = await GraphSession.create(encodeModel(model), { threads: 1 })
  const { y } = await session.run({ x }, ['y'])
  await session.dispose()
  return y?.data ?? new Float32Array()
}

describe('spellOutLrn', () => {
  it.for([
    [1, 0.75],
    [3, 0.75],
    [5, 0.75],
    [5, 0.6],
    [9, 1],
    [21, 0.75],
  ] as const)(
    'gives what ONNX Runtime gives, in windows of %d to the power %d',
    async ([size, beta]) => {
      const model = network(size, beta)
      const spelled = spellOutLrn(model)
      const power = beta === 0.75 ? ['Sqrt', 'Sqrt', 'Mul'] : ['Pow']
      const operators = ['Relu', 'Mul', 'Conv', ...power, 'Div']
      expect(graphOf(spelled).nodes.map(({ opType }) => opType)).toEqual(operators)
      const [before, after] = [await run(model), await run(spelled)]
      expect(Math.max(...before)).toBeGreaterThan(0.5)
      before.forEach((value, i) => {
        expect(Math.abs(value - (after[i] ?? Number.NaN))).toBeLessThan(1e-6)
      })
    },
  )

  it('leaves a network without one, or of unknown channels, as it is', () => {
    const free = network(5, 0.75, ['n', 'c', 'h', 'w'])
    expect(graphOf(spellOutLrn(free)).nodes.map(({ opType }) => opType)).toEqual(['Relu', 'LRN'])
    const graph = new GraphBuilder('plain')
    graph.output(graph.node('Relu', [graph.input('x', dataType.float, dims)], 'y'), 1, dims)
    const plain = graph.build()
    expect(spellOutLrn(plain)).toBe(plain)
  })
})
