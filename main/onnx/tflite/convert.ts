// Turns a TensorFlow Lite image classifier into an ONNX model.
import { addClassifierHead } from '../classifier-head.ts'
import { GraphBuilder } from '../graph-builder.ts'
import { dataType, type Model } from '../model.ts'
import { convertOperator } from './operators.ts'
import { readTflite, type TfliteModel } from './schema.ts'
import { TensorMap } from './tensor-map.ts'

export interface ConvertOptions {
  /**
   * - `quantised`: keeps integers, as Q/DQ pairs that onnxruntime fuses into integer kernels.
   * - `float`: dequantised weights; activations are clipped to the range they had.
   * - `float-relu`: dequantised weights; a range from zero up becomes a ReLU and other ranges are
   *   dropped, so that gradients flow where the original network's did.
   */
  readonly arithmetic: Arithmetic
  /** Leading output classes to drop (1 for a background class). */
  readonly droppedClasses: number
  /** How many classes to keep behind those; all the rest when absent. */
  readonly classCount?: number | undefined
}
export type Arithmetic = 'quantised' | 'float' | 'float-relu'

export interface ConvertedModel {
  readonly model: Model
  readonly inputHeightPx: number
  readonly inputWidthPx: number
  readonly classCount: number
  readonly embeddingDim: number
}

/**
 * Converts the bytes of a `.tflite` classifier with an NHWC RGB input of bytes, with or without a sign.
 *
 * The ONNX model takes `pixels` uint8 [N, H, W, 3] (sRGB, 0..255) and gives the outputs of
 * {@link addClassifierHead}. The embedding is the input of the last global average pool.
 *
 * @throws Error naming what is not supported: an operator, a tensor type, an input or output shape
 */
export function convertTflite(bytes: Uint8Array, options: ConvertOptions): ConvertedModel {
  const source = readTflite(bytes)
  const { index: inputIndex, height, width } = imageInput(source)
  const graph = new GraphBuilder('classifier')
  const values = new TensorMap(source, graph, options.arithmetic)
  const pixels = graph.input('pixels', dataType.uint8, ['N', height, width, 3])
  values.startFrom(
    inputIndex,
    graph.node('Transpose', [pixels], 'pixels_nchw', { perm: [0, 3, 1, 2] }),
  )
  let features: { value: string; channels: number } | undefined
  let logits: string | undefined
  for (const operator of source.operators) {
    const [input = -1] = operator.inputs
    const [output = -1] = operator.outputs
    if (operator.name === 'SOFTMAX') {
      logits = values.real(input)
      break
    }
    if (isGlobalPool(source, operator.name, input, output)) {
      features = { value: values.real(input), channels: source.tensors[input]?.shape[3] ?? 0 }
    }
    convertOperator(operator, values, graph)
    if (source.outputs.includes(output)) logits = values.real(output)
  }
  const classes = source.tensors[source.outputs[0] ?? -1]?.shape.at(-1) ?? 0
  if (logits === undefined || features === undefined || classes <= options.droppedClasses) {
    throw new Error('Expected a classifier with a global average pool but found no such layer')
  }
  const rest = classes - options.droppedClasses
  const classCount = Math.min(options.classCount ?? rest, rest)
  addClassifierHead(graph, {
    logits,
    classCount,
    droppedClasses: options.droppedClasses,
    features: features.value,
    embeddingDim: features.channels,
  })
  return {
    model: graph.build(),
    inputHeightPx: height,
    inputWidthPx: width,
    classCount,
    embeddingDim: features.channels,
  }
}

function imageInput(source: TfliteModel): { index: number; height: number; width: number } {
  const [index = -1] = source.inputs
  const tensor = source.tensors[index]
  const [batch, height, width, channels] = tensor?.shape ?? []
  if (
    (tensor?.type !== 'uint8' && tensor?.type !== 'int8') ||
    batch !== 1 ||
    height === undefined ||
    width === undefined ||
    channels !== 3
  ) {
    throw new Error(
      `Expected an image input of bytes [1, H, W, 3] but received ${tensor?.type} [${tensor?.shape}]`,
    )
  }
  return { index, height, width }
}

/** Averages the whole of a map that is larger than one position. */
function isGlobalPool(source: TfliteModel, name: string, input: number, output: number): boolean {
  if (name !== 'AVERAGE_POOL_2D' && name !== 'MEAN') return false
  const [, height = 0, width = 0] = source.tensors[input]?.shape ?? []
  const out = source.tensors[output]?.shape ?? []
  const pooled = out.length === 2 || (out[1] === 1 && out[2] === 1)
  return pooled && height * width > 1
}
