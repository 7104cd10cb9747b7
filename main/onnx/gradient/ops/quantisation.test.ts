import { describe, expect, it } from 'vitest'
import { GraphBuilder } from '../../graph-builder.ts'
import { dataType } from '../../model.ts'
import { running } from '../../testing/run-model.ts'
import { gradientGraph } from '../gradient-graph.ts'

/** x -> quantise to uint8 -> dequantise, between 0 and 25.5 in steps of 0.1. */
function rounding(): GraphBuilder {
  const graph = new GraphBuilder('rounding')
  graph.input('x', dataType.float, ['N', 4])
  const zero = graph.constant('zero', dataType.uint8, [], Uint8Array.of(0))
  const parameters = [graph.scalar('scale', 0.1), zero]
  const integers = graph.node('QuantizeLinear', ['x', ...parameters], 'q')
  graph.output(graph.node('DequantizeLinear', [integers, ...parameters], 'y'), 1, ['N', 4])
  return graph
}

describe('the gradient through quantisation', () => {
  it('passes rounding unchanged and stops where the integers saturate', async () => {
    const { model } = gradientGraph(rounding().build(), { of: 'y', withRespectTo: ['x'] })
    const session = await running(model)
    const outputs = await session.run({
      x: { data: Float32Array.of(1.234, -3, 25.4, 30), dims: [1, 4] },
      cotangent: { data: Float32Array.of(1, 2, 3, 4), dims: [1, 4] },
    })
    const gradient = outputs.get('gradient:x')?.data ?? []
    expect([...gradient].map((value) => Math.round(value * 1e5) / 1e5)).toEqual([1, 0, 3, 0])
    await session.dispose()
  })

  it('reaches the bytes of a picture: one byte is one step of the scale', async () => {
    const graph = new GraphBuilder('bytes')
    const pixels = graph.input('pixels', dataType.uint8, ['N', 2, 2, 3])
    const planes = graph.node('Transpose', [pixels], 'planes', { perm: [0, 3, 1, 2] })
    const zero = graph.constant('zero', dataType.uint8, [], Uint8Array.of(128))
    const real = graph.node('DequantizeLinear', [planes, graph.scalar('scale', 0.5), zero], 'real')
    graph.output(real, dataType.float, ['N', 3, 2, 2])
    const built = gradientGraph(graph.build(), { of: 'real', withRespectTo: ['pixels'] })
    const session = await running(built.model)
    const data = Uint8Array.from({ length: 12 }, (_, i) => i)
    const outputs = await session.run({
      pixels: { data, dims: [1, 2, 2, 3] },
      cotangent: { data: Float32Array.from(data), dims: [1, 3, 2, 2] },
    })
    // Plane after plane in the cotangent, colour beside colour in the pixels.
    const expected = [0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11].map((value) => value / 2)
    expect([...(outputs.get('gradient:pixels')?.data ?? [])]).toEqual(expected)
    await session.dispose()
  })
})
