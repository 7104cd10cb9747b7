// VGG-16 as the ONNX Model Zoo has it (vgg16-12, from MXNet), with seeded weights: 138 million of
// them, 553 MB; for tests.
import type { Model } from '../../../onnx/model.ts'
import { SeededLayers } from './seeded-layers.ts'

const blocks = [
  [64, 64],
  [128, 128],
  [256, 256, 256],
  [512, 512, 512],
  [512, 512, 512],
] as const

export function seededVgg16(): Model {
  const layers = new SeededLayers('vgg0', 12)
  let value = layers.input('data', ['N', 3, 224, 224])
  let from = 3
  let number = 0
  blocks.forEach((block, b) => {
    for (const to of block) {
      const name = `vgg0_conv${number++}`
      value = layers.convolution(value, `${name}_fwd`, { from, to, kernel: 3, pad: 1 })
      value = layers.relu(value, `${name}_relu_fwd`)
      from = to
    }
    value = layers.pool('MaxPool', value, `vgg0_pool${b}_fwd`, 2, 2)
  })
  let units = from * 7 ** 2
  for (const n of [0, 1]) {
    value = layers.node('Flatten', [value], `flatten_${n}`)
    value = layers.dense(value, `vgg0_dense${n}_fwd`, units, 4096)
    value = layers.relu(value, `vgg0_dense${n}_relu_fwd`)
    value = layers.node('Dropout', [value], `vgg0_dropout${n}_fwd`)
    units = 4096
  }
  value = layers.node('Flatten', [value], 'flatten_2')
  return layers.finished(layers.dense(value, 'vgg0_dense2_fwd', units, 1000), 'N')
}
