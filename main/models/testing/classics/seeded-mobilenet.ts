// MobileNet V2 as the ONNX Model Zoo has it (mobilenetv2-12, from PyTorch with its batch norms
// folded), with seeded weights; for tests.
import type { Model } from '../../../onnx/model.ts'
import { SeededLayers } from './seeded-layers.ts'

/** Expansion, channels, repeats and first stride, as table 2 of Sandler et al. 2018 has them. */
const blocks = [
  [1, 16, 1, 1],
  [6, 24, 2, 2],
  [6, 32, 3, 2],
  [6, 64, 4, 2],
  [6, 96, 3, 1],
  [6, 160, 3, 2],
  [6, 320, 1, 1],
] as const

export function seededMobileNetV2(): Model {
  const layers = new SeededLayers('torch-jit-export', 12)
  let number = 474
  const next = (): string => String(number++)
  const seen = (input: string, from: number, to: number, shape: object): string =>
    layers.relu6(layers.convolution(input, next(), { from, to, kernel: 1, ...shape }), next())
  let value = layers.input('input', ['batch_size', 3, 224, 224])
  value = seen(value, 3, 32, { kernel: 3, stride: 2, pad: 1 })
  let from = 32
  for (const [expansion, to, repeats, firstStride] of blocks) {
    for (let i = 0; i < repeats; i++) {
      const stride = i === 0 ? firstStride : 1
      const wide = from * expansion
      let inner = expansion === 1 ? value : seen(value, from, wide, {})
      inner = seen(inner, wide, wide, { kernel: 3, stride, pad: 1, group: wide })
      inner = layers.convolution(inner, next(), { from: wide, to, kernel: 1 })
      value = stride === 1 && from === to ? layers.node('Add', [value, inner], next()) : inner
      from = to
    }
  }
  value = layers.node('GlobalAveragePool', [seen(value, from, 1280, {})], next())
  const flat = layers.graph.int64s('flat_shape', [-1, 1280])
  value = layers.node('Reshape', [value, flat], next())
  return layers.finished(layers.dense(value, 'output', 1280, 1000), 'batch_size')
}
