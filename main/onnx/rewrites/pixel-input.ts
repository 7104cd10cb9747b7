// Gives a network the preprocessing that it expects, so that it takes pictures as they are.
import { GraphError, type GraphIndex, graphOf, indexGraph } from '../graph.ts'
import { GraphBuilder } from '../graph-builder.ts'
import { type Dim, dataType, type Model, type ValueInfo } from '../model.ts'
import { prune } from './prune.ts'

export interface Preprocessing {
  /** In which order the network takes its colours. */
  readonly channelOrder: 'rgb' | 'bgr'
  /** (pixel - mean) / deviation for each channel in that order, of pixels 0..255. */
  readonly mean: readonly [number, number, number]
  readonly deviation: readonly [number, number, number]
}

export interface ImageInput {
  readonly info: ValueInfo
  readonly elemType: number
  readonly layout: 'nchw' | 'nhwc'
  readonly batch: Dim
  readonly height: Dim
  readonly width: Dim
}

const pixelTypes: readonly number[] = [dataType.float, dataType.float16, dataType.uint8]

/**
 * The graph input [N, 3, H, W] or [N, H, W, 3] of floats, half floats or bytes; if there is one.
 * Where all four lengths are free, as in what transformers exports, colours come first.
 */
export function imageInput({ inputs, graph }: GraphIndex): ImageInput | undefined {
  let free: ImageInput | undefined
  for (const info of graph.inputs) {
    const tensor = info.type?.tensor
    const [batch, second, third, fourth, ...more] = tensor?.shape?.dims ?? []
    if (!inputs.includes(info.name) || tensor === undefined || more.length > 0) continue
    if (!pixelTypes.includes(tensor.elemType) || fourth === undefined) continue
    if (batch === undefined || second === undefined || third === undefined) continue
    const { elemType } = tensor
    const found = { info, elemType, batch }
    if (second.value === 3) return { ...found, layout: 'nchw', height: third, width: fourth }
    if (fourth.value === 3) return { ...found, layout: 'nhwc', height: second, width: third }
    if ([second, third, fourth].every(({ param }) => param !== '')) {
      free ??= { ...found, layout: 'nchw', height: third, width: fourth }
    }
  }
  return free
}

/**
 * Replaces an image input (see {@link imageInput}) by `pixels`, uint8 [N, H, W, 3] (sRGB, 0..255),
 * as the networks that Latent converts have it. The old input's value keeps its name: gradients and
 * cuts find it there. An input of bytes is given the pixels in its order and layout, without mean
 * and deviation.
 *
 * @throws GraphError when the model has no such input
 */
export function addPixelInput(model: Model, preprocessing: Preprocessing): Model {
  const index = indexGraph(graphOf(model))
  const image = imageInput(index)
  if (image === undefined) {
    throw new GraphError('Expected an image input [N, 3, H, W] or [N, H, W, 3] but found none')
  }
  const { info, elemType, layout, batch, height, width } = image
  const rest = index.graph.inputs.filter((input) => input !== info)
  const builder = new GraphBuilder({ ...model, graph: { ...index.graph, inputs: rest } })
  const size = (dim: Dim): number | string => dim.param || dim.value
  const sizes = [size(batch), size(height), size(width), 3]
  const channelAxis = layout === 'nchw' ? 1 : 3
  const perChannel = layout === 'nchw' ? [1, 3, 1, 1] : [1, 1, 1, 3]
  let value = builder.input('pixels', dataType.uint8, sizes)
  if (layout === 'nchw') {
    value = builder.node('Transpose', [value], 'pixels_nchw', { perm: [0, 3, 1, 2] })
  }
  if (preprocessing.channelOrder === 'bgr') {
    const order = builder.int64s('channel_order', [2, 1, 0])
    value = builder.node('Gather', [value, order], 'pixels_bgr', { axis: channelAxis })
  }
  if (elemType === dataType.uint8) {
    builder.nodeInto('Identity', [value], info.name)
    return prune(builder.build())
  }
  value = builder.node('Cast', [value], 'pixels_float', { to: dataType.float })
  const mean = builder.floats('pixel_mean', preprocessing.mean, perChannel)
  const deviation = builder.floats('pixel_deviation', preprocessing.deviation, perChannel)
  value = builder.node('Sub', [value, mean], 'pixels_centred')
  if (elemType === dataType.float) builder.nodeInto('Div', [value, deviation], info.name)
  else {
    value = builder.node('Div', [value, deviation], 'pixels_scaled')
    builder.nodeInto('Cast', [value], info.name, { to: elemType })
  }
  return prune(builder.build())
}
