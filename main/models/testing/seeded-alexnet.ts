// AlexNet as the ONNX Model Zoo has it (bvlcalexnet-12), with seeded weights: the names, operators,
// fixed batch and grouped convolutions are the original's; for tests.
import { bytesOf, GraphBuilder } from '../../onnx/graph-builder.ts'
import { dataType, type Model } from '../../onnx/model.ts'
import { seeded } from '../../onnx/testing/seeded.ts'

export const alexNetSidePx = 67
export const alexNetClasses = 1000
export const fc7Units = 32

interface Convolution {
  readonly kernel: number
  readonly stride: number
  readonly pad: number
  readonly group: number
}

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

function alexNet({ sidePx, convolutions, pooled: pooledPx, dense: units, poolPad }: Widths): Model {
  const random = seeded(3)
  const [first, second, third, fourth, fifth] = convolutions
  const base = { ...new GraphBuilder('bvlc').build(), opsets: [{ domain: '', version: 12 }] }
  const graph = new GraphBuilder(base)
  const weights = (name: string, dims: readonly number[]): string => {
    const inputs = dims.slice(1).reduce((a, b) => a * b, 1)
    const scale = Math.sqrt(24 / inputs)
    const count = inputs * (dims[0] ?? 1)
    const data = Float32Array.from({ length: count }, () => (random.uniform() - 0.5) * scale)
    return graph.constant(name, dataType.float, dims, bytesOf(data))
  }
  const biases = (name: string, count: number): string =>
    graph.constant(name, dataType.float, [count], bytesOf(random.normals(count)))

  const convolution = (
    name: string,
    input: string,
    [from, to]: readonly [number, number],
    { kernel, stride, pad, group }: Convolution,
  ): string => {
    const kernels = weights(`${name}_w_0`, [to, from / group, kernel, kernel])
    const made = graph.node('Conv', [input, kernels, biases(`${name}_b_0`, to)], `${name}_1`, {
      kernel_shape: [kernel, kernel],
      strides: [stride, stride],
      pads: [pad, pad, pad, pad],
      group,
    })
    return graph.node('Relu', [made], `${name}_2`)
  }
  const pooled = (name: string, input: string): string =>
    graph.node('MaxPool', [input], name, {
      kernel_shape: [3, 3],
      strides: [2, 2],
      ...(poolPad > 0 && { pads: [0, 0, poolPad, poolPad] }),
    })
  const normalised = (name: string, input: string): string =>
    graph.node('LRN', [input], name, {
      size: 5,
      alpha: { float: 1e-4 },
      beta: { float: 0.75 },
      bias: { float: 1 },
    })
  const dense = (name: string, input: string, from: number, to: number): string =>
    graph.node(
      'Gemm',
      [input, weights(`${name}_w_0`, [to, from]), biases(`${name}_b_0`, to)],
      `${name}_1`,
      { transB: 1 },
    )

  graph.input('data_0', dataType.float, [1, 3, sidePx, sidePx])
  const same = { stride: 1, pad: 1, kernel: 3 }
  const flat = fifth * pooledPx ** 2
  let value = convolution('conv1', 'data_0', [3, first], {
    kernel: 11,
    stride: 4,
    pad: 0,
    group: 1,
  })
  value = pooled('pool1_1', normalised('norm1_1', value))
  value = convolution('conv2', value, [first, second], { kernel: 5, stride: 1, pad: 2, group: 2 })
  value = pooled('pool2_1', normalised('norm2_1', value))
  value = convolution('conv3', value, [second, third], { ...same, group: 1 })
  value = convolution('conv4', value, [third, fourth], { ...same, group: 2 })
  value = convolution('conv5', value, [fourth, fifth], { ...same, group: 2 })
  value = pooled('pool5_1', value)
  value = graph.node('Reshape', [value, graph.int64s('shape', [1, flat])], 'pool5_flat')
  value = graph.node('Relu', [dense('fc6', value, flat, units)], 'fc6_2')
  value = graph.node('Dropout', [value], 'fc6_3')
  value = graph.node('Relu', [dense('fc7', value, units, units)], 'fc7_2')
  value = graph.node('Dropout', [value], 'fc7_3')
  value = dense('fc8', value, units, alexNetClasses)
  value = graph.node('Softmax', [value], 'prob_1', { axis: 1 })
  graph.output(value, dataType.float, [1, alexNetClasses])
  return graph.build()
}
