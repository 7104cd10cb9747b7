// Takes batch normalisations out of a network: into the layers before them, or as layers of their own.
import { floatAttribute, hasAttribute, intAttribute } from '../attributes.ts'
import { type FloatConstant, floatConstant } from '../constants.ts'
import { type GraphIndex, graphOf, indexGraph } from '../graph.ts'
import { GraphBuilder, nodeOf } from '../graph-builder.ts'
import type { Model, Node } from '../model.ts'
import { inferShapes } from '../shapes/infer-shapes.ts'
import type { Facts } from '../shapes/shape.ts'
import { prune } from './prune.ts'

/** y = factor * x + offset, for each channel. */
interface ChannelLine {
  readonly factors: Float64Array
  readonly offsets: Float64Array
}

/**
 * With constant statistics a normalisation is a line for each channel (Ioffe and Szegedy 2015,
 * arXiv:1502.03167, algorithm 2): factor = gamma / sqrt(variance + epsilon), offset = beta - mean * factor.
 * Behind a Conv or a Gemm that nobody else reads, it goes into weights and bias. Elsewhere (before the
 * activation of a ResNet's second version, say) a map's becomes a depthwise 1 x 1 Conv. Values keep
 * their names. What has other statistics, or is no map, stays as it is.
 *
 * @throws GraphError when no order of the nodes exists
 */
export function foldNormalisations(model: Model): Model {
  const index = indexGraph(graphOf(model))
  if (!index.nodes.some(({ opType }) => opType === 'BatchNormalization')) return model
  const known = inferShapes(model, index)
  const builder = new GraphBuilder(model)
  /** Nodes and what stands in their place; nothing for a normalisation that went into its layer. */
  const replaced = new Map<Node, Node | undefined>()
  for (const node of index.nodes) {
    const line = lineOf(node, index)
    if (line === undefined) continue
    const layer = soleLayerBefore(node, index)
    const folded = layer && foldedLayer(layer, node, line, index, builder)
    if (layer !== undefined && folded !== undefined) {
      replaced.set(layer, folded)
      replaced.set(node, undefined)
    } else if (isMap(node, line, known)) {
      replaced.set(node, depthwise(node, line, builder))
    }
  }
  const built = builder.build()
  const nodes = index.nodes.flatMap((node) => {
    if (!replaced.has(node)) return [node]
    const instead = replaced.get(node)
    return instead === undefined ? [] : [instead]
  })
  return prune({ ...built, graph: { ...graphOf(built), nodes } })
}

/** Undefined for other nodes, and where a statistic is computed or of the batch at hand. */
function lineOf(node: Node, index: GraphIndex): ChannelLine | undefined {
  if (node.opType !== 'BatchNormalization' || intAttribute(node, 'training_mode', 0) === 1) {
    return undefined
  }
  if (hasAttribute(node, 'spatial') && intAttribute(node, 'spatial', 1) === 0) return undefined
  const [gamma, beta, mean, variance] = node.inputs
    .slice(1, 5)
    .map((name) => floatConstant(index, name)?.data)
  if (!gamma || !beta || !mean || !variance) return undefined
  const epsilon = floatAttribute(node, 'epsilon', 1e-5)
  const factors = Float64Array.from(
    gamma,
    (g, c) => g / Math.sqrt((variance[c] ?? Number.NaN) + epsilon),
  )
  const offsets = Float64Array.from(
    beta,
    (b, c) => b - (mean[c] ?? Number.NaN) * (factors[c] ?? Number.NaN),
  )
  return factors.every(Number.isFinite) && offsets.every(Number.isFinite)
    ? { factors, offsets }
    : undefined
}

function soleLayerBefore(node: Node, index: GraphIndex): Node | undefined {
  const [value = ''] = node.inputs
  const layer = index.producers.get(value)
  if (layer === undefined || !['Conv', 'Gemm'].includes(layer.opType)) return undefined
  const isShown = index.graph.outputs.some(({ name }) => name === value)
  return isShown || index.consumers.get(value)?.length !== 1 ? undefined : layer
}

/** The layer with the line in it, giving the normalisation's value; undefined where it cannot be. */
function foldedLayer(
  layer: Node,
  { outputs }: Node,
  { factors, offsets }: ChannelLine,
  index: GraphIndex,
  builder: GraphBuilder,
): Node | undefined {
  const [input = '', weightName = '', biasName = ''] = layer.inputs
  const weights = floatConstant(index, weightName)
  const bias = biasName === '' ? undefined : floatConstant(index, biasName)
  if (weights === undefined || (biasName !== '' && bias === undefined)) return undefined
  const isGemm = layer.opType === 'Gemm'
  const share = isGemm ? floatAttribute(layer, 'beta', 1) : 1
  const axis = isGemm && intAttribute(layer, 'transB', 0) === 0 ? 1 : 0
  const channels = weights.dims[axis] ?? 0
  const isFit = channels === factors.length && share !== 0
  if (!isFit || (bias !== undefined && ![1, channels].includes(bias.data.length))) return undefined
  const biasOf = (c: number): number => bias?.data[bias.data.length === 1 ? 0 : c] ?? 0
  const values = offsets.map((offset, c) => biasOf(c) * (factors[c] ?? 0) + offset / share)
  return {
    ...layer,
    inputs: [
      input,
      builder.floats(`${weightName}_folded`, timesChannel(weights, axis, factors), weights.dims),
      builder.floats(`${biasName || layer.outputs[0]}_folded_bias`, values),
    ],
    outputs: outputs.slice(0, 1),
  }
}

function timesChannel(
  { data, dims }: FloatConstant,
  axis: number,
  factors: Float64Array,
): Float32Array {
  const stride = dims.slice(axis + 1).reduce((a, b) => a * b, 1)
  return data.map((w, i) => w * (factors[Math.floor(i / stride) % factors.length] ?? 0))
}

function isMap(node: Node, { factors }: ChannelLine, known: ReadonlyMap<string, Facts>): boolean {
  const shape = known.get(node.inputs[0] ?? '')?.shape
  return shape?.length === 4 && shape[1] === factors.length
}

function depthwise(node: Node, { factors, offsets }: ChannelLine, builder: GraphBuilder): Node {
  const [input = ''] = node.inputs
  const [output = ''] = node.outputs
  const channels = factors.length
  const inputs = [
    input,
    builder.floats(`${output}_factors`, factors, [channels, 1, 1, 1]),
    builder.floats(`${output}_offsets`, offsets),
  ]
  return nodeOf('Conv', inputs, output, { group: channels, kernel_shape: [1, 1] })
}
