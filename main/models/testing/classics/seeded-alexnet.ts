// AlexNet as the ONNX Model Zoo has it (bvlcalexnet-12), with seeded weights: the names, operators,
// fixed batch and grouped convolutions are the original's; for tests.
import type { Model } from '../../../onnx/model.ts'
import { type Convolution, SeededLayers } from './seeded-layers.ts'

export const alexNetSidePx = 67
export const alexNetClasses = 1000
export const fc7Units = 32

/** Its layers and how many units each has (Krizhevsky et al. 2012, figure 2), as Latent names them. */
export const alexNetLayers = [
  { layer: 'conv1', channels: 96 },
  { layer: 'conv2', channels: 256 },
  { layer: 'conv3', channels: 384 },
  { layer: 'conv4', channels: 384 },
  { layer: 'conv5', channels: 256 },
  { layer: 'fc6', channels: 4096 },
  { layer: 'fc7', channels: 4096 },
]

/** How many units each layer has, and what it sees. */
interface Widths {
  readonly sidePx: number
  readonly convolutions: readonly [number, number, number, number, number]
  /** Positions of the last pooled map, a side. */
  readonly pooled: number
  readonly dense: number
  /** Behind each map before it is pooled: Caffe rounds the number of positions up. */
  readonly poolPad: number
}

/** With few units, for quick tests. */
export const narrowAlexNet = (): Model =>
  alexNet({
    sidePx: alexNetSidePx,
    convolutions: [12, 16, 16, 16, 16],
    pooled: 1,
    dense: fc7Units,
    poolPad: 0,
  })

/** In full: 61 million weights, 244 MB. */
export const fullAlexNet = (): Model =>
  alexNet({
    sidePx: 224,
    convolutions: [96, 256, 384, 384, 256],
    pooled: 6,
    dense: 4096,
    poolPad: 1,
  })

function alexNet({ sidePx, convolutions, pooled: pooledPx, dense, poolPad }: Widths): Model {
  const layers = new SeededLayers('bvlc', 12)
  const [first, second, third, fourth, fifth] = convolutions
  const convolution = (name: string, input: string, shape: Convolution): string =>
    layers.relu(layers.convolution(input, `${name}_1`, shape), `${name}_2`)
  const pooled = (name: string, input: string): string =>
    layers.pool('MaxPool', input, name, 3, 2, [0, 0, poolPad, poolPad])
  const normalised = (name: string, input: string): string => layers.localResponse(input, name)
  const grouped = { kernel: 3, pad: 1, group: 2 }

  let value = layers.input('data_0', [1, 3, sidePx, sidePx])
  value = convolution('conv1', value, { from: 3, to: first, kernel: 11, stride: 4 })
  value = pooled('pool1_1', normalised('norm1_1', value))
  value = convolution('conv2', value, { from: first, to: second, kernel: 5, pad: 2, group: 2 })
  value = pooled('pool2_1', normalised('norm2_1', value))
  value = convolution('conv3', value, { from: second, to: third, kernel: 3, pad: 1 })
  value = convolution('conv4', value, { from: third, to: fourth, ...grouped })
  value = convolution('conv5', value, { from: fourth, to: fifth, ...grouped })
  value = pooled('pool5_1', value)
  const flat = fifth * pooledPx ** 2
  value = layers.node('Reshape', [value, layers.graph.int64s('shape', [1, flat])], 'pool5_flat')
  value = layers.relu(layers.dense(value, 'fc6_1', flat, dense), 'fc6_2')
  value = layers.node('Dropout', [value], 'fc6_3')
  value = layers.relu(layers.dense(value, 'fc7_1', dense, dense), 'fc7_2')
  value = layers.node('Dropout', [value], 'fc7_3')
  value = layers.dense(value, 'fc8_1', dense, alexNetClasses)
  return layers.finished(layers.node('Softmax', [value], 'prob_1', { axis: 1 }), 1)
}
