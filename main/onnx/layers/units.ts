// Gathers nodes into the smallest steps that people tell apart: a convolution with its activation.
import type { LayerKind } from '../../../preload/contract/inspector.ts'
import type { GraphIndex } from '../graph.ts'
import type { Node } from '../model.ts'
import type { Facts } from '../shapes/shape.ts'
import { countParameters } from './parameters.ts'

/** One anchor node and what follows it directly: bias, batch normalisation, activation. */
export interface Unit {
  readonly anchor: Node
  readonly kind: LayerKind
  readonly nodes: readonly Node[]
  /** What the unit gives on, after its activation. */
  readonly value: string
  /** Positions of the units whose values this one takes; -1 for the network's input. */
  readonly from: readonly number[]
  readonly parameterCount: number
}

interface Growing {
  anchor: Node
  kind: LayerKind
  nodes: Node[]
  value: string
  from: Set<number>
}

/** Only move or copy elements: they join a unit, but it is still read before them. */
const layoutOps = new Set([
  ...['Flatten', 'Reshape', 'Squeeze', 'Unsqueeze', 'Transpose', 'Identity', 'Dropout', 'Cast'],
  ...['Slice', 'Pad'],
])

/** Work element by element: they belong to what they follow. */
const activationOps = new Set([
  ...['Relu', 'Clip', 'LeakyRelu', 'PRelu', 'Elu', 'Selu', 'Celu', 'Sigmoid', 'HardSigmoid'],
  ...['HardSwish', 'Tanh', 'Softplus', 'Gelu', 'Mish', 'Erf', 'BatchNormalization', 'Neg', 'Exp'],
  ...['Add', 'Sub', 'Mul', 'Div', 'Pow', 'Min', 'Max', 'QuantizeLinear', 'DequantizeLinear'],
])

/** @param target the value where the network ends; nodes that it does not need are left out */
export function findUnits(
  index: GraphIndex,
  known: ReadonlyMap<string, Facts>,
  target: string,
): readonly Unit[] {
  const needed = ancestors(index, target)
  const unitOf = new Map<string, number>(index.inputs.map((name) => [name, -1]))
  const units: Growing[] = []
  for (const node of index.nodes) {
    const [output = ''] = node.outputs
    if (!needed.has(node) || node.opType === 'Shape') continue
    const flowing = node.inputs.filter((input) => unitOf.has(input))
    if (flowing.length === 0) continue
    const from = new Set(flowing.map((input) => unitOf.get(input) ?? -1))
    const [source = -1] = from
    // Putting the picture's colours in another order is still the picture.
    const isColourOrder = node.opType === 'Gather' && source === -1 && from.size === 1
    const open = isColourOrder || (from.size === 1 && canJoin(node, flowing, index, needed))
    if (open) {
      const unit = units[source]
      unitOf.set(output, source)
      unit?.nodes.push(node)
      if (unit !== undefined && !layoutOps.has(node.opType)) unit.value = output
      continue
    }
    unitOf.set(output, units.length)
    units.push({ anchor: node, kind: kindOf(node, known), nodes: [node], value: output, from })
  }
  const seen = new Set<string>()
  return units.map((unit) => ({
    ...unit,
    from: [...unit.from],
    parameterCount: countParameters(unit.nodes, index, seen),
  }))
}

/** A follower joins when nothing but other followers reads the value between. */
function canJoin(
  node: Node,
  flowing: readonly string[],
  index: GraphIndex,
  needed: ReadonlySet<Node>,
): boolean {
  if (layoutOps.has(node.opType)) return true
  if (!activationOps.has(node.opType)) return false
  return flowing.every((input) =>
    (index.consumers.get(input) ?? []).every(
      (other) => other === node || !needed.has(other) || activationOps.has(other.opType),
    ),
  )
}

function ancestors(index: GraphIndex, target: string): ReadonlySet<Node> {
  const found = new Set<Node>()
  const waiting = [target]
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const node = index.producers.get(name)
    if (node === undefined || found.has(node)) continue
    found.add(node)
    waiting.push(...node.inputs)
  }
  return found
}

function kindOf(node: Node, known: ReadonlyMap<string, Facts>): LayerKind {
  const { opType } = node
  const shape = (name: string | undefined) => known.get(name ?? '')?.shape
  const input = shape(node.inputs[0])
  const output = shape(node.outputs[0])
  const single = (spatial: typeof input) => spatial?.slice(2).every((size) => size === 1) ?? false
  if (opType === 'Conv' || opType === 'ConvTranspose' || opType === 'QLinearConv') {
    if (input?.length === 4 && single(input)) return 'dense'
    const weights = shape(node.inputs[opType === 'QLinearConv' ? 3 : 1])
    return weights?.[1] === 1 && input?.[1] !== 1 ? 'depthwise' : 'convolution'
  }
  if (['Gemm', 'MatMul', 'QGemm', 'QLinearMatMul'].includes(opType)) return 'dense'
  if (opType.includes('Global')) return 'global-pooling'
  if (opType.endsWith('Pool')) {
    return single(output) && !single(input) ? 'global-pooling' : 'pooling'
  }
  if (opType === 'ReduceMean') return input?.length === 4 ? 'global-pooling' : 'other'
  if (opType === 'Softmax') return 'softmax'
  if (['LRN', 'BatchNormalization', 'LayerNormalization'].includes(opType)) return 'normalisation'
  if (['Concat', 'Add', 'Sum', 'Mul'].includes(opType) || opType.startsWith('QLinear')) {
    return 'merge'
  }
  return activationOps.has(opType) ? 'activation' : 'other'
}
