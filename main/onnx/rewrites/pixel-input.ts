// Gives a network the preprocessing that it expects, so that it takes pictures as they are.
import { GraphError, graphOf, indexGraph } from '../graph.ts'
import { GraphBuilder } from '../graph-builder.ts'
import { dataType, type Model } from '../model.ts'
import { prune } from './prune.ts'

export interface Preprocessing {
  /** In which order the network takes its colours. */
  readonly channelOrder: 'rgb' | 'bgr'
  /** (pixel - mean) / deviation for each channel in that order, of pixels 0..255. */
  readonly mean: readonly [number, number, number]
  readonly deviation: readonly [number, number, number]
}

/**
 * Replaces a float image input [N, 3, H, W] by `pixels`, uint8 [N, H, W, 3] (sRGB, 0..255), as the
 * networks that Latent converts have it. The old input's value keeps its name: gradients and cuts
 * find it there.
 *
 * @throws GraphError when the model has no such input
 */
export function addPixelInput(model: Model, preprocessing: Preprocessing): Model {
  const { inputs, graph } = indexGraph(graphOf(model))
  const info = graph.inputs.find(
    ({ name, type }) => inputs.includes(name) && type?.tensor?.shape?.dims.length === 4,
  )
  const tensor = info?.type?.tensor
  const [batch, channels, height, width] = tensor?.shape?.dims ?? []
  if (
    info === undefined ||
    tensor?.elemType !== dataType.float ||
    channels?.value !== 3 ||
    batch === undefined ||
    height === undefined ||
    width === undefined
  ) {
    throw new GraphError('Expected a float image input [N, 3, H, W] but found none')
  }
  const rest = graph.inputs.filter((input) => input !== info)
  const builder = new GraphBuilder({ ...model, graph: { ...graph, inputs: rest } })
  const size = (dim: typeof batch): number | string => dim.param || dim.value
  const sizes = [size(batch), size(height), size(width), 3]
  const pixels = builder.input('pixels', dataType.uint8, sizes)
  let value = builder.node('Transpose', [pixels], 'pixels_nchw', { perm: [0, 3, 1, 2] })
  if (preprocessing.channelOrder === 'bgr') {
    const order = builder.int64s('channel_order', [2, 1, 0])
    value = builder.node('Gather', [value, order], 'pixels_bgr', { axis: 1 })
  }
  value = builder.node('Cast', [value], 'pixels_float', { to: dataType.float })
  const mean = builder.floats('pixel_mean', preprocessing.mean, [1, 3, 1, 1])
  const deviation = builder.floats('pixel_deviation', preprocessing.deviation, [1, 3, 1, 1])
  value = builder.node('Sub', [value, mean], 'pixels_centred')
  builder.nodeInto('Div', [value, deviation], info.name)
  return prune(builder.build())
}
