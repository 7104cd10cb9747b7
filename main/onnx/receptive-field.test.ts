import { describe, expect, it } from 'vitest'
import { neuron } from './gradient/cotangents.ts'
import { gradientGraph } from './gradient/gradient-graph.ts'
import { GraphBuilder } from './graph-builder.ts'
import { dataType, type Model } from './model.ts'
import { fieldAt, receptiveFields } from './receptive-field.ts'
import { running } from './testing/run-model.ts'
import { seeded } from './testing/seeded.ts'

interface Window {
  readonly kernel: number
  readonly stride?: number
  readonly pad?: number
  readonly dilation?: number
}

/** Convolutions of one channel in a row; every weight is 1, so that nothing cancels. */
function chain(sidePx: number, windows: readonly Window[]): { model: Model; last: string } {
  const graph = new GraphBuilder('chain')
  let value = graph.input('x', dataType.float, ['N', 1, sidePx, sidePx])
  for (const { kernel, stride = 1, pad = 0, dilation = 1 } of windows) {
    const ones = new Array<number>(kernel * kernel).fill(1)
    const weights = graph.floats('w', ones, [1, 1, kernel, kernel])
    value = graph.node('Conv', [value, weights], 'y', {
      strides: [stride, stride],
      pads: [pad, pad, pad, pad],
      dilations: [dilation, dilation],
    })
  }
  graph.output(value, dataType.float, ['N', 1, 'h', 'w'])
  return { model: graph.build(), last: value }
}

describe('receptive fields', () => {
  it('equal the published ones of AlexNet and VGG-16', () => {
    // Araujo et al. 2019, table of receptive fields: size 195, stride 32; size 212, stride 32.
    const alexNet = chain(227, [
      { kernel: 11, stride: 4 },
      { kernel: 3, stride: 2 },
      { kernel: 5, pad: 2 },
      { kernel: 3, stride: 2 },
      ...[1, 2, 3].map(() => ({ kernel: 3, pad: 1 })),
      { kernel: 3, stride: 2 },
    ])
    expect(receptiveFields(alexNet.model).get(alexNet.last)?.x).toMatchObject({
      sizePx: 195,
      jumpPx: 32,
    })
    const block = (convolutions: number): Window[] => [
      ...Array.from({ length: convolutions }, () => ({ kernel: 3, pad: 1 })),
      { kernel: 2, stride: 2 },
    ]
    const vgg = chain(224, [2, 2, 3, 3, 3].flatMap(block))
    expect(receptiveFields(vgg.model).get(vgg.last)?.y).toMatchObject({ sizePx: 212, jumpPx: 32 })
  })

  it('are where the gradient of a position is not zero', async () => {
    const random = seeded(91)
    for (let round = 0; round < 12; round++) {
      const windows = Array.from({ length: 3 }, () => ({
        kernel: random.integer(1, 4),
        stride: random.integer(1, 2),
        pad: random.integer(0, 2),
        dilation: random.integer(1, 2),
      }))
      const side = 40
      const { model, last } = chain(side, windows)
      const built = gradientGraph(model, { of: last, withRespectTo: ['x'] })
      const shape = built.cotangentShape.slice(1).map(Number)
      const [row, column] = [
        random.integer(0, (shape[1] ?? 1) - 1),
        random.integer(0, (shape[2] ?? 1) - 1),
      ]
      const session = await running(built.model)
      const outputs = await session.run({
        x: { data: new Float32Array(side * side), dims: [1, 1, side, side] },
        cotangent: neuron(shape, 0, row, column),
      })
      await session.dispose()
      const seen = [...(outputs.get('gradient:x')?.data ?? [])].flatMap((g, i) => (g ? [i] : []))
      const rows = seen.map((i) => Math.floor(i / side))
      const columns = seen.map((i) => i % side)
      const field = receptiveFields(model).get(last)
      if (field === undefined) throw new Error('Expected a field')
      const box = fieldAt(field, row, column, { widthPx: side, heightPx: side })
      // Strides wider than a kernel leave pixels out: the field's ends may then be blind.
      const slack = windows.some(({ kernel, dilation }) => kernel === 1 || dilation > 1) ? 4 : 0
      if (seen.length === 0) continue
      expect(Math.min(...columns) - box.left).toBeGreaterThanOrEqual(0)
      expect(Math.min(...columns) - box.left).toBeLessThanOrEqual(slack)
      expect(box.left + box.width - 1 - Math.max(...columns)).toBeGreaterThanOrEqual(0)
      expect(box.top + box.height - 1 - Math.max(...rows)).toBeGreaterThanOrEqual(0)
      expect(box.top + box.height - 1 - Math.max(...rows)).toBeLessThanOrEqual(slack)
    }
  })

  it('join where paths meet, and see everything after a global pool', () => {
    const graph = new GraphBuilder('paths')
    graph.input('x', dataType.float, ['N', 1, 8, 8])
    const conv = (kernel: number, pad: number) =>
      graph.node(
        'Conv',
        ['x', graph.floats('w', new Array<number>(kernel ** 2).fill(1), [1, 1, kernel, kernel])],
        'path',
        { pads: [pad, pad, pad, pad] },
      )
    const joined = graph.node('Concat', [conv(1, 0), conv(5, 2)], 'joined', { axis: 1 })
    const pooled = graph.node('GlobalAveragePool', [joined], 'pooled')
    graph.output(graph.node('Mul', [joined, pooled], 'gated'), dataType.float, ['N', 2, 8, 8])
    const fields = receptiveFields(graph.build())
    expect(fields.get('joined')?.x).toEqual({ sizePx: 5, jumpPx: 1, startPx: -2 })
    expect(fields.get('pooled')?.x).toEqual({ sizePx: 12, jumpPx: 1, startPx: -2 })
    expect(fields.get('gated')?.x).toEqual({ sizePx: 5, jumpPx: 1, startPx: -2 })
    const whole = { left: 0, top: 0, width: 8, height: 8 }
    const pooledField = fields.get('pooled')
    if (pooledField === undefined) throw new Error('Expected a field')
    expect(fieldAt(pooledField, 0, 0, { widthPx: 8, heightPx: 8 })).toEqual(whole)
  })

  it('follow a picture whose colours come last', () => {
    const graph = new GraphBuilder('channel last')
    graph.input('pixels', dataType.uint8, ['N', 6, 9, 3])
    const planes = graph.node('Transpose', ['pixels'], 'planes', { perm: [0, 3, 1, 2] })
    const real = graph.node('Cast', [planes], 'real', { to: dataType.float })
    const pooled = graph.node('MaxPool', [real], 'pooled', { kernel_shape: [2, 3] })
    graph.output(pooled, dataType.float, ['N', 3, 5, 7])
    const field = receptiveFields(graph.build()).get('pooled')
    expect([field?.y.sizePx, field?.x.sizePx]).toEqual([2, 3])
  })
})
