// Mean and covariance of rows, block by block on ONNX Runtime.
import { GraphSession } from '../../engine/graph-session.ts'
import { encodeModel } from '../../onnx/codec.ts'
import { GraphBuilder } from '../../onnx/graph-builder.ts'
import { dataType } from '../../onnx/model.ts'
import { turn, type Watch } from '../turns.ts'
import type { VectorRows } from '../vectors/vector-rows.ts'

export interface Covariance {
  /** [dim]. */
  readonly mean: Float64Array
  /** [dim, dim], divided by the number of rows. */
  readonly covariance: Float64Array
}

/** A product takes some 100 ms at 2048 dimensions, so that a cancellation is heard in time. */
const blockRows = 1024

/**
 * @param rows at least one; products are summed in float32 within a block, in float64 over them
 * @throws the signal's reason
 */
export async function covarianceOf(
  rows: VectorRows,
  threads: number,
  { signal, onProgress }: Watch,
): Promise<Covariance> {
  const { count, dim } = rows
  const session = await GraphSession.create(productGraph(dim), { threads })
  const mean = new Float64Array(dim)
  const covariance = new Float64Array(dim * dim)
  try {
    for (let first = 0; first < count; first += blockRows) {
      await turn(signal)
      const n = Math.min(blockRows, count - first)
      const { sum, product } = await session.run({
        rows: { data: await rows.read(first, n), dims: [n, dim] },
      })
      if (sum === undefined || product === undefined) throw new Error('Expected two outputs')
      add(mean, sum.data)
      add(covariance, product.data)
      onProgress?.(Math.min(1, (first + n) / count))
    }
  } finally {
    await session.dispose()
  }
  for (let i = 0; i < dim; i++) mean[i] = (mean[i] ?? 0) / count
  for (let i = 0; i < dim; i++) {
    for (let j = 0; j < dim; j++) {
      const at = i * dim + j
      covariance[at] = (covariance[at] ?? 0) / count - (mean[i] ?? 0) * (mean[j] ?? 0)
    }
  }
  return { mean, covariance }
}

function add(total: Float64Array, part: Float32Array): void {
  for (let i = 0; i < part.length; i++) total[i] = (total[i] ?? 0) + (part[i] ?? 0)
}

/** rows [n, dim] half -> sum [dim], product [dim, dim] = rows' rows. */
function productGraph(dim: number): Uint8Array {
  const graph = new GraphBuilder('covariance')
  const halves = graph.input('rows', dataType.float16, ['n', dim])
  const floats = graph.node('Cast', [halves], 'floats', { to: dataType.float })
  graph.nodeInto('ReduceSum', [floats, graph.int64s('axis', [0])], 'sum', { keepdims: 0 })
  graph.nodeInto('Gemm', [floats, floats], 'product', { transA: 1 })
  graph.output('sum', dataType.float, [dim])
  graph.output('product', dataType.float, [dim, dim])
  return encodeModel(graph.build())
}
