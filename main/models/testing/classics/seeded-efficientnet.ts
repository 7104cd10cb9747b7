// EfficientNet-Lite4 as the ONNX Model Zoo has it (efficientnet-lite4-11, from TensorFlow: colours
// last, padded unevenly), with seeded weights; for tests.
import type { Model } from '../../../onnx/model.ts'
import { SeededLayers } from './seeded-layers.ts'

/** Kernel, first stride, expansion, channels and repeats: B0's, 1.4 times as wide, 1.8 as deep. */
const blocks = [
  [3, 1, 1, 24, 1],
  [3, 2, 6, 32, 4],
  [5, 2, 6, 56, 4],
  [3, 2, 6, 112, 6],
  [5, 1, 6, 160, 6],
  [5, 2, 6, 272, 8],
  [3, 1, 6, 448, 1],
] as const

export function seededEfficientNetLite4(): Model {
  const layers = new SeededLayers('efficientnet-lite4', 11)
  let number = 0
  const named = (name: string): string => `efficientnet-lite4/${name}_${number++}:0`
  /** What TensorFlow calls SAME: the odd one goes below and right. */
  const same = (kernel: number, stride: number): readonly [number, number, number, number] => {
    const all = kernel - stride
    const before = Math.floor(all / 2)
    return [before, before, all - before, all - before]
  }
  const seen = (
    input: string,
    from: number,
    to: number,
    { kernel = 1, stride = 1, group = 1 } = {},
  ): string => {
    const shape = { from, to, kernel, stride, group, pad: same(kernel, stride) }
    return layers.relu6(layers.convolution(input, named('Conv2D'), shape), named('Relu6'))
  }
  const pixels = layers.input('images:0', [1, 224, 224, 3])
  let value = layers.node('Transpose', [pixels], named('transpose'), { perm: [0, 3, 1, 2] })
  value = seen(value, 3, 32, { kernel: 3, stride: 2 })
  let from = 32
  for (const [kernel, firstStride, expansion, to, repeats] of blocks) {
    for (let i = 0; i < repeats; i++) {
      const stride = i === 0 ? firstStride : 1
      const wide = from * expansion
      let inner = expansion === 1 ? value : seen(value, from, wide)
      inner = seen(inner, wide, wide, { kernel, stride, group: wide })
      inner = layers.convolution(inner, named('project'), { from: wide, to, kernel: 1 })
      const adds = stride === 1 && from === to
      value = adds ? layers.node('Add', [inner, value], named('add')) : inner
      from = to
    }
  }
  value = layers.node('GlobalAveragePool', [seen(value, from, 1280)], named('AvgPool'))
  value = layers.node('Squeeze', [value], named('Squeeze'), { axes: [2, 3] })
  const weights = layers.weights('dense_kernel', [1280, 1000])
  value = layers.node('MatMul', [value, weights], named('MatMul'))
  const biases = layers.graph.floats('dense_bias', new Float32Array(1000))
  value = layers.node('Add', [value, biases], named('BiasAdd'))
  return layers.finished(layers.node('Softmax', [value], 'Softmax:0', { axis: 1 }), 1)
}
