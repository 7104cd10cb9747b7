// Counts what a network learnt.
import type { GraphIndex } from '../graph.ts'
import type { Node } from '../model.ts'
import { elementCount } from '../tensor-data.ts'

/** Inputs that hold learnt numbers, by operator. Means and variances are measured, not learnt. */
const learntInputs: Readonly<Record<string, readonly number[]>> = {
  Conv: [1, 2],
  ConvTranspose: [1, 2],
  Gemm: [0, 1, 2],
  MatMul: [0, 1],
  BatchNormalization: [1, 2],
  InstanceNormalization: [1, 2],
  LayerNormalization: [1, 2],
  PRelu: [1],
  Add: [0, 1],
  Sub: [0, 1],
  Mul: [0, 1],
  Div: [0, 1],
  QLinearConv: [3, 8],
  QLinearMatMul: [3],
  QGemm: [3, 6],
}

/**
 * Elements of the weights and biases that nodes use. A tensor counts once.
 *
 * @param seen names of tensors that were counted already; grows
 */
export function countParameters(
  nodes: readonly Node[],
  index: GraphIndex,
  seen: Set<string> = new Set(),
): number {
  let count = 0
  for (const { opType, inputs } of nodes) {
    for (const position of learntInputs[opType] ?? []) {
      const name = sourceOf(inputs[position] ?? '', index)
      const tensor = index.initializers.get(name)
      if (tensor === undefined || seen.has(name)) continue
      const elements = elementCount(tensor.dims)
      // A single number added or multiplied belongs to an activation's formula.
      if (elements === 1 && inputs.length === 2) continue
      seen.add(name)
      count += elements
    }
  }
  return count
}

/** The constant behind nodes that only dequantise, reorder or name it. */
function sourceOf(name: string, index: GraphIndex): string {
  let source = name
  for (let depth = 0; depth < 8; depth++) {
    const node = index.producers.get(source)
    if (node === undefined || !passing.has(node.opType)) break
    source = node.inputs[0] ?? ''
  }
  return source
}

const passing = new Set([
  ...['DequantizeLinear', 'QuantizeLinear', 'Transpose', 'Reshape', 'Identity', 'Cast'],
  ...['Squeeze', 'Unsqueeze'],
])
