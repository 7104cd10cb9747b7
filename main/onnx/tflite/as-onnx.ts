// A TensorFlow Lite network of floats as the same network in ONNX, inputs and outputs and all.
import { GraphBuilder } from '../graph-builder.ts'
import { dataType, type Model } from '../model.ts'
import { convertOperator } from './operators.ts'
import { readTflite, type TfliteModel } from './schema.ts'
import { TensorMap } from './tensor-map.ts'

/** Whether a file takes floats, so that nothing in it says what its colours are. */
export function takesFloats({ tensors, inputs }: TfliteModel): boolean {
  return tensors[inputs[0] ?? -1]?.type === 'float32'
}

/**
 * The input keeps its name and layout, float32 [N, H, W, C]; outputs keep theirs but for maps, which
 * come channel-first. Weights of half floats or integers become floats.
 *
 * @throws Error naming what is not supported: an operator, a tensor type, several inputs
 */
export function tfliteAsOnnx(bytes: Uint8Array): Model {
  const source = readTflite(bytes)
  const [inputIndex = -1, ...others] = source.inputs
  const input = source.tensors[inputIndex]
  if (input === undefined || others.length > 0 || input.shape.length !== 4) {
    throw new Error('Expected one image input [N, H, W, 3] but found none')
  }
  const graph = new GraphBuilder('network')
  const values = new TensorMap(source, graph, 'float')
  const [, ...sizes] = input.shape
  const picture = graph.input(input.name, dataType.float, ['N', ...sizes])
  values.alias(
    inputIndex,
    graph.node('Transpose', [picture], `${input.name}_nchw`, { perm: [0, 3, 1, 2] }),
  )
  for (const operator of source.operators) convertOperator(operator, values, graph)
  for (const index of source.outputs) {
    const { shape } = values.tensor(index)
    const [, height = 1, width = 1, channels = 1] = shape
    const dims = shape.length === 4 ? [channels, height, width] : shape.slice(1)
    graph.output(values.real(index), dataType.float, ['N', ...dims])
  }
  return graph.build()
}
