import { describe, expect, it } from 'vitest'
import { GraphBuilder } from '../graph-builder.ts'
import { dataType, type Model } from '../model.ts'
import { addTaps } from '../rewrites/taps.ts'
import { running } from '../testing/run-model.ts'
import {
  defaultModelPath,
  loadModel,
  missing,
  mobileNetPath,
  mobileNetTf2Path,
} from '../testing/shared-models.ts'
import { inferShapes } from './infer-shapes.ts'
import { broadcast, quotient } from './shape.ts'

function started(): GraphBuilder {
  const graph = new GraphBuilder('shapes')
  graph.input('x', dataType.float, ['N', 8, 1, 1])
  return graph
}

const shapeIn = (graph: GraphBuilder, value: string) => inferShapes(graph.build()).get(value)?.shape

describe('inferred shapes', () => {
  it('follow a reshape that is computed from a shape, as Torch exports a view', () => {
    const graph = started()
    const shape = graph.node('Shape', ['x'], 'shape')
    const zero = graph.constant('zero', dataType.int64, [], new Uint8Array(8))
    const batch = graph.node('Gather', [shape, zero], 'batch', { axis: 0 })
    const axis = graph.int64s('axis', [0])
    const target = graph.node(
      'Concat',
      [graph.node('Unsqueeze', [batch, axis], 'row'), graph.int64s('rest', [-1])],
      'target',
      { axis: 0 },
    )
    expect(shapeIn(graph, graph.node('Reshape', ['x', target], 'flat'))).toEqual(['N', 8])
  })

  it('keep the batch through constants of 0 and -1', () => {
    const graph = started()
    const to = (...target: number[]) =>
      shapeIn(graph, graph.node('Reshape', ['x', graph.int64s('t', target)], 'y'))
    expect(to(0, -1)).toEqual(['N', 8])
    expect(to(-1, 8)).toEqual(['N', 8])
    expect(to(0, 2, 2, 2)).toEqual(['N', 2, 2, 2])
    expect(to(-1, 4)).toEqual([undefined, 4])
  })

  it('are unknown after an operator that is not known, and known again where the file says', () => {
    const graph = started()
    const odd = graph.node('Sorcery', ['x'], 'odd')
    const after = graph.node('Relu', [odd], 'after')
    expect(shapeIn(graph, after)).toBeUndefined()
    const model = graph.build()
    model.graph?.valueInfos.push({
      name: 'odd',
      type: { tensor: { elemType: 1, shape: { dims: [{ value: 3, param: '' }] } } },
    })
    expect(inferShapes(model).get(after)).toMatchObject({ elemType: 1, shape: [3] })
  })

  it('never throw on nodes that make no sense', () => {
    const graph = started()
    for (const op of ['Conv', 'Gemm', 'Concat', 'Slice', 'Gather', 'Transpose', 'Pad', 'Reshape']) {
      graph.node(op, ['x'], 'y')
      graph.node(op, [], 'y')
      graph.node(op, ['x', 'x', 'x'], 'y', { axis: 99, perm: [7], kernel_shape: [0], axes: [-9] })
    }
    expect(() => inferShapes(graph.build())).not.toThrow()
  })

  it('carry types through quantisation and casts', () => {
    const graph = started()
    const zero = graph.constant('zero', dataType.int8, [], Uint8Array.of(0))
    const parameters = [graph.scalar('scale', 1), zero]
    const integers = graph.node('QuantizeLinear', ['x', ...parameters], 'q')
    const real = graph.node('DequantizeLinear', [integers, ...parameters], 'r')
    const half = graph.node('Cast', [real], 'half', { to: dataType.float16 })
    const known = inferShapes(graph.build())
    expect([integers, real, half].map((name) => known.get(name)?.elemType)).toEqual([
      dataType.int8,
      dataType.float,
      dataType.float16,
    ])
  })
})

describe('inferred shapes of whole networks', () => {
  for (const [path, sidePx] of [
    [defaultModelPath, 299],
    [mobileNetPath, 224],
    [mobileNetTf2Path, 224],
  ] as const) {
    const absent = missing('infer-shapes.test.ts', path)
    it.skipIf(absent)('equal what onnxruntime makes of every value', async () => {
      const model = await loadModel(path)
      const values = model.graph?.nodes.flatMap(({ outputs }) => outputs) ?? []
      const known = inferShapes(model)
      const session = await running(withoutShapes(addTaps(model, values)), 'disabled')
      const pixels = new Uint8Array(2 * sidePx * sidePx * 3)
      const outputs = await session.run({
        pixels: { data: pixels, dims: [2, sidePx, sidePx, 3] },
      })
      await session.dispose()
      const differing = values.filter((value) => {
        const shape = known.get(value)?.shape?.map((size) => (size === 'N' ? 2 : size))
        return JSON.stringify(shape) !== JSON.stringify(outputs.get(value)?.dims)
      })
      expect(values.length).toBeGreaterThan(100)
      expect(differing).toEqual([])
    })
  }
})

/** Outputs without declared shapes: nothing is told to onnxruntime. */
function withoutShapes(model: Model): Model {
  const { graph } = model
  if (graph === undefined) return model
  const outputs = graph.outputs.map(({ name, type }) => ({
    name,
    type: { tensor: { elemType: type?.tensor?.elemType ?? 1 } },
  }))
  return { ...model, graph: { ...graph, outputs } }
}

describe('axes that are free', () => {
  it('cancel in quotients and meet fixed ones in broadcasting', () => {
    expect(quotient(['N', 8, 2], [8])).toBeUndefined()
    expect(quotient(['N', 8], ['N'])).toBe(8)
    expect(quotient(['N', 8, 2], [16])).toBe('N')
    expect(broadcast([['N', 1], [3]])).toEqual(['N', 3])
    expect(broadcast([['N', 3], ['N', 1], [3]])).toEqual(['N', 3])
    expect(broadcast([[2], [3]])).toBeUndefined()
  })
})
