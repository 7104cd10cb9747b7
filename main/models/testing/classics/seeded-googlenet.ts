// GoogLeNet as the ONNX Model Zoo has it (googlenet-12, from Caffe), with seeded weights; for tests.
import type { Model } from '../../../onnx/model.ts'
import { SeededLayers } from './seeded-layers.ts'

/** Of each block: 1x1; 3x3 reduced and in full; 5x5 reduced and in full; behind the pool. */
const blocks = {
  '3a': [64, 96, 128, 16, 32, 32],
  '3b': [128, 128, 192, 32, 96, 64],
  '4a': [192, 96, 208, 16, 48, 64],
  '4b': [160, 112, 224, 24, 64, 64],
  '4c': [128, 128, 256, 24, 64, 64],
  '4d': [112, 144, 288, 32, 64, 64],
  '4e': [256, 160, 320, 32, 128, 128],
  '5a': [256, 160, 320, 32, 128, 128],
  '5b': [384, 192, 384, 48, 128, 128],
} as const

/** Caffe rounds the number of positions up. */
const roundedUp = [0, 0, 1, 1] as const

export function seededGoogLeNet(): Model {
  const layers = new SeededLayers('GoogleNet', 12)
  const seen = (input: string, name: string, from: number, to: number, kernel: number): string => {
    const shape = { from, to, kernel, pad: (kernel - 1) / 2 }
    return layers.relu(layers.convolution(input, `${name}_1`, shape), `${name}_2`)
  }
  const halved = (input: string, name: string): string =>
    layers.pool('MaxPool', input, `${name}_1`, 3, 2, roundedUp)

  let value = layers.input('data_0', [1, 3, 224, 224])
  const stem = { from: 3, to: 64, kernel: 7, stride: 2, pad: 3 }
  value = layers.relu(layers.convolution(value, 'conv1/7x7_s2_1', stem), 'conv1/7x7_s2_2')
  value = layers.localResponse(halved(value, 'pool1/3x3_s2'), 'pool1/norm1_1')
  value = seen(value, 'conv2/3x3_reduce', 64, 64, 1)
  value = layers.localResponse(seen(value, 'conv2/3x3', 64, 192, 3), 'conv2/norm2_1')
  value = halved(value, 'pool2/3x3_s2')
  let from = 192
  for (const [block, [one, reduced3, three, reduced5, five, pooled]] of Object.entries(blocks)) {
    const name = (part: string): string => `inception_${block}/${part}`
    const branches = [
      seen(value, name('1x1'), from, one, 1),
      seen(seen(value, name('3x3_reduce'), from, reduced3, 1), name('3x3'), reduced3, three, 3),
      seen(seen(value, name('5x5_reduce'), from, reduced5, 1), name('5x5'), reduced5, five, 5),
      seen(
        layers.pool('MaxPool', value, name('pool_1'), 3, 1, [1, 1, 1, 1]),
        name('pool_proj'),
        from,
        pooled,
        1,
      ),
    ]
    value = layers.node('Concat', branches, name('output_1'), { axis: 1 })
    from = one + three + five + pooled
    if (block === '3b' || block === '4e') value = halved(value, `pool${block[0]}/3x3_s2`)
  }
  value = layers.pool('AveragePool', value, 'pool5/7x7_s1_1', 7, 1)
  value = layers.node('Dropout', [value], 'pool5/7x7_s1_2')
  value = layers.node('Reshape', [value, layers.graph.int64s('shape', [1, from])], 'pool5/flat')
  value = layers.dense(value, 'loss3/classifier_1', from, 1000)
  return layers.finished(layers.node('Softmax', [value], 'prob_1', { axis: 1 }), 1)
}
