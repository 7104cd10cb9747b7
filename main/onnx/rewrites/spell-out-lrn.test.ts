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

function network(size: number, input: readonly (number | string)[] = dims): Model {
  const graph = new GraphBuilder('net')
  const value = graph.node('Relu', [graph.input('x', dataType.float, input)], 'relu')
  const attributes = {
    size,
    alpha: { float: 0.7 },
    beta: { float: 0.75 },
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
  it.for([1, 3, 5, 9, 21])('gives what ONNX Runtime gives, in windows of %d', async (size) => {
    const model = network(size)
    const spelled = spellOutLrn(model)
    expect(graphOf(spelled).nodes.map(({ opType }) => opType)).toEqual([
      'Relu',
      'Mul',
      'Conv',
      'Pow',
      'Div',
    ])
    const [before, after] = [await run(model), await run(spelled)]
    expect(Math.max(...before)).toBeGreaterThan(0.5)
    before.forEach((value, i) => {
      expect(Math.abs(value - (after[i] ?? Number.NaN))).toBeLessThan(1e-6)
    })
  })

  it('leaves a network without one, or of unknown channels, as it is', () => {
    const free = network(5, ['n', 'c', 'h', 'w'])
    expect(graphOf(spellOutLrn(free)).nodes.map(({ opType }) => opType)).toEqual(['Relu', 'LRN'])
    const graph = new GraphBuilder('plain')
    graph.output(graph.node('Relu', [graph.input('x', dataType.float, dims)], 'y'), 1, dims)
    const plain = graph.build()
    expect(spellOutLrn(plain)).toBe(plain)
  })
})
