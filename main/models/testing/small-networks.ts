// Classifiers of a few nodes with seeded weights, as exporters write them; for tests.
import { GraphBuilder } from '../../onnx/graph-builder.ts'
import { dataType, type Model } from '../../onnx/model.ts'
import { seeded } from '../../onnx/testing/seeded.ts'

export interface SmallNetwork {
  readonly input: string
  readonly layout: 'nchw' | 'nhwc'
  /** Free axes have names. */
  readonly batch: number | string
  readonly side: number | string
  readonly classes: number
  /**
   * - `softmax`: the output is a softmax.
   * - `hidden`: the same, made of exponentials, as some exporters write it.
   * - `logits`: raw scores.
   * - `map`: raw scores [N, K, 1, 1] of a 1 x 1 convolution and a global pool, as SqueezeNet's.
   */
  readonly end: 'softmax' | 'hidden' | 'logits' | 'map'
  readonly opset: number
  /** Of a value between, as a file may call it. */
  readonly features: string
}

export const usual: SmallNetwork = {
  input: 'x',
  layout: 'nchw',
  batch: 1,
  side: 32,
  classes: 10,
  end: 'softmax',
  opset: 17,
  features: 'fc7',
}

const channels = 8

/** conv + ReLU, a global pool and a dense layer; or what `end` says. */
export function smallNetwork(part: Partial<SmallNetwork> = {}): Model {
  const { input, layout, batch, side, classes, end, opset, features } = { ...usual, ...part }
  const random = seeded(7)
  const weights = (count: number): number[] => [...random.normals(count)]
  const base = { ...new GraphBuilder('small').build(), opsets: [{ domain: '', version: opset }] }
  const graph = new GraphBuilder(base)
  const sizes = layout === 'nchw' ? [batch, 3, side, side] : [batch, side, side, 3]
  let value = graph.input(input, dataType.float, sizes)
  if (layout === 'nhwc') value = graph.node('Transpose', [value], 'nchw', { perm: [0, 3, 1, 2] })
  const kernels = graph.floats(
    'conv1_w',
    weights(channels * 27).map((weight) => weight / 255),
    [channels, 3, 3, 3],
  )
  const bias = graph.floats('conv1_b', weights(channels))
  value = graph.node('Conv', [value, kernels, bias], 'conv1', { strides: [2, 2] })
  value = graph.node('Relu', [value], 'relu1')
  if (end === 'map') {
    const last = graph.floats('conv2_w', weights(classes * channels), [classes, channels, 1, 1])
    const scores = graph.node('Conv', [value, last], 'conv2')
    graph.output(graph.node('GlobalAveragePool', [scores], 'scores'), dataType.float, [
      batch,
      classes,
      1,
      1,
    ])
    return graph.build()
  }
  value = graph.node('GlobalAveragePool', [value], 'pool')
  value = graph.node('Flatten', [value], features, { axis: 1 })
  const dense = graph.floats('fc8_w', weights(classes * channels), [channels, classes])
  const scores = graph.node('MatMul', [value, dense], 'fc8')
  graph.output(ended(graph, scores, end), dataType.float, [batch, classes])
  return graph.build()
}

function ended(graph: GraphBuilder, scores: string, end: SmallNetwork['end']): string {
  if (end === 'logits') return graph.node('Identity', [scores], 'output')
  if (end === 'softmax') return graph.node('Softmax', [scores], 'prob', { axis: 1 })
  const powers = graph.node('Exp', [scores], 'powers')
  const sum = graph.node('ReduceL1', [powers], 'sum', { axes: [1], keepdims: 1 })
  return graph.node('Div', [powers, sum], 'output')
}

const encoderChannels = 16

/** conv + ReLU and a global pool: a network that gives features and no class scores. */
export function smallEncoder(output = 'image_embeds'): Model {
  const random = seeded(5)
  const graph = new GraphBuilder('small')
  const value = graph.input('x', dataType.float, ['N', 3, 32, 32])
  const kernels = graph.floats(
    'conv1_w',
    [...random.normals(encoderChannels * 27)],
    [encoderChannels, 3, 3, 3],
  )
  const bias = graph.floats('conv1_b', [...random.normals(encoderChannels)])
  const maps = graph.node('Conv', [value, kernels, bias], 'conv1', { strides: [2, 2] })
  const pooled = graph.node('GlobalAveragePool', [graph.node('Relu', [maps], 'relu1')], 'pool')
  graph.output(graph.node('Flatten', [pooled], output, { axis: 1 }), dataType.float, [
    'N',
    encoderChannels,
  ])
  return graph.build()
}
