// ResNet-50 as the ONNX Model Zoo has it (resnet50-v1-12, from MXNet), with seeded weights; for tests.
import type { Model } from '../../../onnx/model.ts'
import { SeededLayers } from './seeded-layers.ts'

/** Blocks of each stage, and the channels within and behind them. */
const stages = [
  { blocks: 3, inside: 64, behind: 256 },
  { blocks: 4, inside: 128, behind: 512 },
  { blocks: 6, inside: 256, behind: 1024 },
  { blocks: 3, inside: 512, behind: 2048 },
] as const

export function seededResNet50(): Model {
  const layers = new SeededLayers('resnetv17', 12)
  const named = (name: string): string => `resnetv17_${name}_fwd`
  let value = layers.input('data', ['N', 3, 224, 224])
  const stem = { from: 3, to: 64, kernel: 7, stride: 2, pad: 3, bias: false }
  value = layers.convolution(value, named('conv0'), stem)
  value = layers.relu(layers.batchNorm(value, named('batchnorm0'), 64), named('relu0'))
  value = layers.pool('MaxPool', value, named('pool0'), 3, 2, [1, 1, 1, 1])
  let from = 64
  stages.forEach(({ blocks, inside, behind }, s) => {
    for (let block = 0; block < blocks; block++) {
      const stride = block === 0 && s > 0 ? 2 : 1
      const name = (part: string): string => named(`stage${s + 1}_${part}_${block}`)
      const step = (input: string, part: string, to: number, shape: object): string => {
        const bare = { from: input === value ? from : inside, to, kernel: 1, ...shape }
        const made = layers.convolution(input, name(`conv${part}`), bare)
        return layers.batchNorm(made, name(`batchnorm${part}`), to)
      }
      let inner = layers.relu(step(value, 'a', inside, { stride }), name('relua'))
      inner = step(inner, 'b', inside, { kernel: 3, pad: 1, bias: false })
      inner = step(layers.relu(inner, name('relub')), 'c', behind, {})
      const beside = block > 0 ? value : step(value, 'd', behind, { stride, bias: false })
      value = layers.relu(layers.node('Add', [inner, beside], name('plus')), name('activation'))
      from = behind
    }
  })
  value = layers.node('GlobalAveragePool', [value], named('pool1'))
  value = layers.node('Flatten', [value], 'flatten_473')
  return layers.finished(layers.dense(value, named('dense0'), from, 1000), 'N')
}
