// Which classes a network tells apart by almost the same weights.
import { type FloatConstant, floatConstant } from '../onnx/constants.ts'
import { graphOf, indexGraph } from '../onnx/graph.ts'
import type { Model } from '../onnx/model.ts'

export interface ClassWeights {
  readonly classCount: number
  readonly dim: number
  /** [classCount, dim], each row scaled to unit L2 norm. */
  readonly rows: Float32Array
}

/** Operators between the last layer's product and the scores. */
const passing = new Set([
  ...['Add', 'Slice', 'Flatten', 'Reshape', 'Squeeze', 'Identity', 'DequantizeLinear'],
  ...['QuantizeLinear', 'GlobalAveragePool', 'AveragePool', 'ReduceMean', 'Relu', 'Dropout'],
])

/**
 * The weights of the layer that makes the class scores.
 *
 * @param logits value of the scores, [N, classCount] or [N, classCount, 1, 1]
 * @param classCount when the layer has more rows, the first ones are the dropped background classes
 * @returns undefined when the scores do not come from one product with constant weights
 */
export function classWeights(
  model: Model,
  logits: string,
  classCount: number,
): ClassWeights | undefined {
  const index = indexGraph(graphOf(model))
  let node = index.producers.get(logits)
  while (node !== undefined && passing.has(node.opType)) {
    node = node.inputs.map((name) => index.producers.get(name)).find((found) => found !== undefined)
  }
  const weights = floatConstant(index, node?.inputs[1] ?? '')
  if (node === undefined || weights === undefined) return undefined
  const transposed =
    node.opType === 'MatMul' ||
    (node.opType === 'Gemm' && node.attributes.find(({ name }) => name === 'transB')?.i !== 1)
  if (!transposed && node.opType !== 'Gemm' && node.opType !== 'Conv') return undefined
  return unitRows(transposed ? turned(weights) : weights, classCount)
}

function turned({ data, dims: [rows = 0, columns = 0] }: FloatConstant): FloatConstant {
  const out = new Float32Array(data.length)
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      out[column * rows + row] = data[row * columns + column] ?? 0
    }
  }
  return { data: out, dims: [columns, rows] }
}

function unitRows({ data, dims }: FloatConstant, classCount: number): ClassWeights | undefined {
  const [present = 0] = dims
  const dim = data.length / present
  const dropped = present - classCount
  if (dropped < 0) return undefined
  const rows = data.slice(dropped * dim)
  for (let row = 0; row < classCount; row++) {
    const weights = rows.subarray(row * dim, (row + 1) * dim)
    const norm = Math.sqrt(weights.reduce((sum, value) => sum + value * value, 0)) || 1
    weights.forEach((value, i) => {
      weights[i] = value / norm
    })
  }
  return { classCount, dim, rows }
}

/** The classes whose weights are most alike, best first, without the class itself. */
export function confusions(
  { classCount, dim, rows }: ClassWeights,
  classIndex: number,
  count: number,
): { index: number; similarity: number }[] {
  const own = rows.subarray(classIndex * dim, (classIndex + 1) * dim)
  return Array.from({ length: classCount }, (_, index) => {
    const other = rows.subarray(index * dim, (index + 1) * dim)
    return { index, similarity: own.reduce((sum, value, i) => sum + value * (other[i] ?? 0), 0) }
  })
    .filter(({ index }) => index !== classIndex)
    .sort((a, b) => b.similarity - a.similarity)
    .slice(0, count)
}
