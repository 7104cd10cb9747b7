// Which values of a float network can be integers, and whose range each takes.
import { intAttribute } from '../attributes.ts'
import type { GraphIndex } from '../graph.ts'
import { dataType, type Node, type Tensor } from '../model.ts'

/** Layers with weights, which gain the most. */
const weighted = new Set(['Conv', 'Gemm'])
/** Integers in, integers out, where every input has them. */
const following = new Set(['Add', 'Concat', 'AveragePool', 'GlobalAveragePool'])
/** Takes the range of its input: it makes no new values. */
const passing = new Set(['MaxPool'])
const saturating = new Set(['Relu', 'Clip'])

/** A layer's weights and the axis of its output channels; undefined for other nodes. */
export function weightsOf(
  node: Node,
  { initializers }: GraphIndex,
): { readonly tensor: Tensor; readonly axis: number } | undefined {
  if (!weighted.has(node.opType)) return undefined
  const tensor = initializers.get(node.inputs[1] ?? '')
  if (tensor === undefined || tensor.dataType !== dataType.float) return undefined
  if (node.opType === 'Conv') return { tensor, axis: 0 }
  return { tensor, axis: intAttribute(node, 'transB', 0) === 1 ? 0 : 1 }
}

/** The value that a saturation makes of it right behind, which then stands for both; or itself. */
export function saturated(value: string, { consumers }: GraphIndex): string {
  const next = consumers.get(value)?.find(({ opType }) => saturating.has(opType))
  return next?.outputs[0] ?? value
}

/**
 * Values that are to pass through integers. The key is the value, what it maps to the value whose
 * range it takes.
 */
export function quantisableValues(index: GraphIndex): ReadonlyMap<string, string> {
  const rangeOf = new Map<string, string>()
  for (const node of index.nodes) {
    const [output = ''] = node.outputs
    const [input = ''] = node.inputs
    if (weightsOf(node, index) !== undefined) {
      if (!rangeOf.has(input)) rangeOf.set(input, input)
      const end = saturated(output, index)
      rangeOf.set(end, end)
    } else if (passing.has(node.opType) && rangeOf.has(input)) {
      rangeOf.set(output, rangeOf.get(input) ?? input)
    } else if (following.has(node.opType) && node.inputs.every((name) => rangeOf.has(name))) {
      const end = saturated(output, index)
      rangeOf.set(end, end)
    }
  }
  passBackwards(index, rangeOf)
  return rangeOf
}

/**
 * A pool of floats whose output becomes integers takes integers, too: the greatest of rounded numbers is
 * the rounded greatest, and ONNX Runtime pools floats several times slower between integer layers.
 */
function passBackwards(index: GraphIndex, rangeOf: Map<string, string>): void {
  for (const { opType, inputs, outputs } of [...index.nodes].reverse()) {
    const [input = ''] = inputs
    const range = rangeOf.get(outputs[0] ?? '')
    if (!passing.has(opType) || range === undefined || rangeOf.has(input)) continue
    if (index.consumers.get(input)?.length === 1) rangeOf.set(input, range)
  }
}
