// Writes a float network as integers between Quantize and Dequantize nodes, which ONNX Runtime fuses.
import { GraphError, type GraphIndex, graphOf, indexGraph } from '../graph.ts'
import { bytesOf, GraphBuilder, nodeOf } from '../graph-builder.ts'
import { dataType, type Model, type Node } from '../model.ts'
import { prune } from '../rewrites/prune.ts'
import { raiseOpset } from '../rewrites/raise-opset.ts'
import { numbersOf } from '../tensor-data.ts'
import {
  type ActivationRange,
  type ActivationScale,
  activationScale,
  quantiseBias,
  quantiseWeights,
} from './integers.ts'
import { quantisableValues, weightsOf } from './quantisable-values.ts'

/** Scales along an axis came with it. */
const leastOpset = 13

/** What has to be watched on photos before {@link quantiseGraph} can do its work. */
export const valuesToCalibrate = (model: Model): readonly string[] => [
  ...new Set(quantisableValues(indexGraph(graphOf(model))).values()),
]

/**
 * Weights become int8 with a scale for each channel, activations uint8 with one scale. What is neither
 * a layer nor between two stays in floats: preprocessing, softmax, the embedding.
 *
 * @param ranges of every value of {@link valuesToCalibrate}
 * @throws GraphError when a range is missing or no number, or when nothing can be quantised
 */
export function quantiseGraph(model: Model, ranges: ReadonlyMap<string, ActivationRange>): Model {
  const raised = raiseOpset(model, leastOpset)
  const index = indexGraph(graphOf(raised))
  const values = quantisableValues(index)
  if (values.size === 0) throw new GraphError('Expected layers with weights but found none')
  const builder = new GraphBuilder(raised)
  const scales = scalesOf(values, ranges)
  const nodes: Node[] = []
  /** The integers' way back to floats, by the value that it stands for. */
  const dequantised = new Map<string, string>()
  const throughIntegers = (value: string): void => {
    const scale = scales.get(value)
    if (scale === undefined || dequantised.has(value)) return
    const parameters = [
      builder.scalar(`${value}_scale`, scale.scale),
      builder.constant(`${value}_zero`, dataType.uint8, [], Uint8Array.of(scale.zeroPoint)),
    ]
    const integers = builder.unique(`${value}_integers`)
    const floats = builder.unique(`${value}_floats`)
    nodes.push(nodeOf('QuantizeLinear', [value, ...parameters], integers))
    nodes.push(nodeOf('DequantizeLinear', [integers, ...parameters], floats))
    dequantised.set(value, floats)
  }
  for (const name of index.inputs) throughIntegers(name)
  for (const node of index.nodes) {
    const inputs = node.inputs.map((name) => dequantised.get(name) ?? name)
    nodes.push({ ...node, inputs: quantisedWeights(node, inputs, index, scales, builder, nodes) })
    for (const output of node.outputs) throughIntegers(output)
  }
  const built = builder.build()
  return prune({ ...built, graph: { ...graphOf(built), nodes } })
}

function scalesOf(
  values: ReadonlyMap<string, string>,
  ranges: ReadonlyMap<string, ActivationRange>,
): ReadonlyMap<string, ActivationScale> {
  const scales = new Map<string, ActivationScale>()
  for (const [value, source] of values) {
    const range = ranges.get(source)
    if (range === undefined || !Number.isFinite(range.greatest - range.least)) {
      throw new GraphError(`Expected a range of ${source} but received none`)
    }
    scales.set(value, activationScale(range))
  }
  return scales
}

/** A layer's inputs with weights and bias as integers; another node's as they are. */
function quantisedWeights(
  node: Node,
  inputs: readonly string[],
  index: GraphIndex,
  scales: ReadonlyMap<string, ActivationScale>,
  builder: GraphBuilder,
  nodes: Node[],
): string[] {
  const weights = weightsOf(node, index)
  const inputScale = scales.get(node.inputs[0] ?? '')
  if (weights === undefined || inputScale === undefined) return [...inputs]
  const { tensor, axis } = weights
  const { integers, scales: perChannel } = quantiseWeights(numbersOf(tensor), tensor.dims, axis)
  const dequantise = (
    name: string,
    type: number,
    dims: readonly number[],
    data: ArrayBufferView,
    by: Float32Array,
    along: number,
  ): string => {
    const output = builder.unique(`${name}_floats`)
    const zeros = type === dataType.int8 ? new Int8Array(by.length) : new Int32Array(by.length)
    const parts = [
      builder.constant(`${name}_integers`, type, dims, bytesOf(data)),
      builder.floats(`${name}_scales`, by),
      // 0 is what is meant without, but then ONNX Runtime runs a Gemm in floats.
      builder.constant(`${name}_zeros`, type, [by.length], bytesOf(zeros)),
    ]
    nodes.push(nodeOf('DequantizeLinear', parts, output, { axis: along }))
    return output
  }
  const [first = '', , biasName = ''] = inputs
  const weight = dequantise(tensor.name, dataType.int8, tensor.dims, integers, perChannel, axis)
  const bias = index.initializers.get(biasName)
  if (bias === undefined) return biasName === '' ? [first, weight] : [first, weight, biasName]
  const data = quantiseBias(numbersOf(bias), inputScale.scale, perChannel)
  const biasScales = perChannel.map((scale) => scale * inputScale.scale)
  return [first, weight, dequantise(biasName, dataType.int32, bias.dims, data, biasScales, 0)]
}
