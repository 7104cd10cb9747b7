// Rewrites an older model to operator set 17 without changing what it computes.
// Source: https://github.com/onnx/onnx/blob/main/docs/Changelog.md
import {
  floatAttribute,
  hasAttribute,
  intAttribute,
  intsAttribute,
  stringAttribute,
} from '../attributes.ts'
import { graphOf, nodeLabel, opsetOf } from '../graph.ts'
import { attribute, GraphBuilder, nodeOf } from '../graph-builder.ts'
import type { Attribute, Model, Node } from '../model.ts'

/** A model that cannot be brought to a newer operator set. */
export class OpsetError extends Error {
  override readonly name = 'OpsetError'
}

/** Broadcasting took its present form in 7; older sets are two runtimes back. */
const oldestOpset = 7
const targetOpset = 17
/** Goes with operator set 17. */
const targetIr = 8

/**
 * Rewrites the nodes whose form changed between the model's operator set and 17: attributes that
 * became inputs (Slice, Pad, Clip, Squeeze, Unsqueeze, ReduceSum, Split), Softmax over a flattened
 * tail (below 13), Dropout, Upsample and Resize of 10. A model at `least` or above stays as it is.
 *
 * @param least at most 17
 * @throws OpsetError for models below operator set 7 and for nodes whose old form has no new one
 */
export function raiseOpset(model: Model, least: number): Model {
  const from = opsetOf(model)
  if (from >= least) return model
  if (from < oldestOpset) {
    throw new OpsetError(`Expected operator set ${oldestOpset} or newer but received ${from}`)
  }
  const builder = new GraphBuilder(model)
  const nodes = graphOf(model).nodes.flatMap((node) => upgrade(node, from, builder))
  const built = graphOf(builder.build())
  const constants = new Set(built.initializers.map(({ name }) => name))
  return {
    ...model,
    irVersion: Math.max(model.irVersion, targetIr),
    opsets: [
      { domain: '', version: targetOpset },
      ...model.opsets.filter(({ domain }) => domain !== '' && domain !== 'ai.onnx'),
    ],
    graph: { ...built, nodes, inputs: built.inputs.filter(({ name }) => !constants.has(name)) },
  }
}

type Upgrade = (node: Node, builder: GraphBuilder) => Node | readonly Node[]

/** Each applies to models below its operator set. */
const upgrades: Readonly<Record<string, readonly [below: number, upgrade: Upgrade]>> = {
  Slice: [10, (node, builder) => withInputs(node, builder, ['starts', 'ends', 'axes'])],
  Pad: [11, pad],
  Clip: [11, clip],
  Dropout: [12, (node) => ({ ...node, inputs: node.inputs.slice(0, 1), attributes: [] })],
  Squeeze: [13, (node, builder) => withInputs(node, builder, ['axes'])],
  Unsqueeze: [13, (node, builder) => withInputs(node, builder, ['axes'])],
  ReduceSum: [13, (node, builder) => withInputs(node, builder, ['axes'])],
  Split: [13, (node, builder) => withInputs(node, builder, ['split'])],
  Softmax: [13, flattened],
  LogSoftmax: [13, flattened],
  Hardmax: [13, flattened],
  BatchNormalization: [14, batchNormalization],
  Upsample: [10, resize],
  Resize: [11, resize],
  Scatter: [11, (node) => ({ ...node, opType: 'ScatterElements' })],
  TopK: [10, refuse],
  RoiAlign: [16, refuse],
  If: [targetOpset, refuse],
  Loop: [targetOpset, refuse],
  Scan: [targetOpset, refuse],
}

function upgrade(node: Node, from: number, builder: GraphBuilder): readonly Node[] {
  if (node.domain !== '' && node.domain !== 'ai.onnx') return [node]
  const rule = Object.hasOwn(upgrades, node.opType) ? upgrades[node.opType] : undefined
  if (rule === undefined || from >= rule[0]) return [node]
  return [rule[1](node, builder)].flat()
}

function refuse(node: Node): never {
  throw new OpsetError(
    `Expected a node with a newer form but received ${node.opType} ${nodeLabel(node)}`,
  )
}

const without = (node: Node, names: readonly string[]): Attribute[] =>
  node.attributes.filter(({ name }) => !names.includes(name))

/** Turns lists of integers from attributes into further inputs. */
function withInputs(node: Node, builder: GraphBuilder, names: readonly string[]): Node {
  const inputs = names.map((name) => {
    const values = intsAttribute(node, name)
    return values === undefined ? '' : builder.int64s(`${node.outputs[0]}_${name}`, values)
  })
  while (inputs.at(-1) === '') inputs.pop()
  return { ...node, inputs: [...node.inputs, ...inputs], attributes: without(node, names) }
}

function pad(node: Node, builder: GraphBuilder): Node {
  const [output = ''] = node.outputs
  const value = floatAttribute(node, 'value', 0)
  const padded = withInputs(node, builder, ['pads'])
  const inputs = [...padded.inputs, builder.scalar(`${output}_value`, value)]
  return { ...padded, inputs, attributes: without(padded, ['value']) }
}

function clip(node: Node, builder: GraphBuilder): Node {
  const bound = (name: string): string =>
    hasAttribute(node, name)
      ? builder.scalar(`${node.outputs[0]}_${name}`, floatAttribute(node, name, 0))
      : ''
  return {
    ...node,
    inputs: [...node.inputs.slice(0, 1), bound('min'), bound('max')],
    attributes: [],
  }
}

/** Outputs beyond the first belong to training. */
function batchNormalization(node: Node): Node {
  if (intAttribute(node, 'spatial', 1) !== 1) refuse(node)
  return {
    ...node,
    outputs: node.outputs.slice(0, 1),
    attributes: without(node, ['spatial', 'is_test', 'consumed_inputs']),
  }
}

/** Until 12 these worked on [axes before, all the rest], by default from axis 1 on. */
function flattened(node: Node, builder: GraphBuilder): readonly Node[] {
  const [input = ''] = node.inputs
  const [output = ''] = node.outputs
  const name = (part: string): string => builder.unique(`${output}_${part}`)
  const [flat, scores, shape] = [name('flat'), name('scores'), name('shape')]
  const axis = intAttribute(node, 'axis', 1)
  return [
    nodeOf('Flatten', [input], flat, { axis }),
    nodeOf(node.opType, [flat], scores, { axis: 1 }),
    nodeOf('Shape', [input], shape, {}),
    { ...nodeOf('Reshape', [scores, shape], output, {}), name: node.name },
  ]
}

/** Both took positions from the top left corner, rounding down. */
function resize(node: Node, builder: GraphBuilder): Node {
  const scales = node.attributes.find(({ name }) => name === 'scales')?.floats
  const [input = '', given = ''] = node.inputs
  const name = scales === undefined ? given : builder.floats(`${node.outputs[0]}_scales`, scales)
  return {
    ...node,
    opType: 'Resize',
    inputs: [input, '', name],
    attributes: [
      attribute('mode', stringAttribute(node, 'mode', 'nearest')),
      attribute('coordinate_transformation_mode', 'asymmetric'),
      attribute('nearest_mode', 'floor'),
    ],
  }
}
