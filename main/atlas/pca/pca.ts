// Principal components: the cloud of the first seconds, the start of UMAP, the map for its search.
import { GraphSession } from '../../engine/graph-session.ts'
import { encodeModel } from '../../onnx/codec.ts'
import { GraphBuilder } from '../../onnx/graph-builder.ts'
import { dataType } from '../../onnx/model.ts'
import { turn, type Watch } from '../turns.ts'
import { SpreadRows } from '../vectors/spread-rows.ts'
import type { VectorRows } from '../vectors/vector-rows.ts'
import { covarianceOf } from './covariance.ts'
import { principalAxes } from './principal-axes.ts'

export interface Pca {
  /** Unit vectors, [dims, dim of the rows], by falling variance. */
  readonly axes: Float32Array
  readonly mean: Float32Array
  readonly variances: Float64Array
  /** Of all directions together. */
  readonly totalVariance: number
  /** How many rows the axes were found from: all, or that many spread evenly over them. */
  readonly basisRows: number
}

export interface PcaOptions {
  readonly dims: number
  readonly seed: number
  readonly threads: number
  /** Rows that the axes are found from at most; all rows are projected whatever it is. */
  readonly mostBasisRows?: number
}

/** The axes hardly move beyond it, and the product would take longer than all the rest. */
const defaultBasisRows = 32_768
const blockRows = 2048

/**
 * Axes of greatest variance (Pearson 1901). When there are fewer dimensions or rows than wanted the
 * rest of the axes is zero.
 *
 * @throws the signal's reason
 */
export async function fitPca(rows: VectorRows, options: PcaOptions, watch: Watch): Promise<Pca> {
  const { dims, seed, threads, mostBasisRows = defaultBasisRows } = options
  const { dim } = rows
  const basis = rows.count <= mostBasisRows ? rows : new SpreadRows(rows, mostBasisRows)
  const { mean, covariance } = await covarianceOf(basis, threads, watch)
  const wanted = Math.min(dims, dim)
  const { values, vectors } = await principalAxes(
    covariance,
    dim,
    wanted,
    seed,
    threads,
    watch.signal,
  )
  const axes = new Float32Array(dims * dim)
  axes.set(vectors)
  const variances = new Float64Array(dims)
  variances.set(values)
  let totalVariance = 0
  for (let i = 0; i < dim; i++) totalVariance += covariance[i * dim + i] ?? 0
  return {
    axes,
    mean: Float32Array.from(mean),
    variances,
    totalVariance,
    basisRows: basis.count,
  }
}

/**
 * @returns (rows - mean) axes', [count, dims]
 * @throws the signal's reason
 */
export async function projectRows(
  rows: VectorRows,
  { axes, mean }: Pca,
  threads: number,
  { signal, onProgress }: Watch,
): Promise<Float32Array> {
  const { count, dim } = rows
  const dims = axes.length / dim
  const session = await GraphSession.create(projectionGraph(dims, dim), { threads })
  const projected = new Float32Array(count * dims)
  const inputs = {
    axes: { data: axes, dims: [dims, dim] },
    offset: { data: offsetOf(axes, mean), dims: [dims] },
  }
  try {
    for (let first = 0; first < count; first += blockRows) {
      await turn(signal)
      const n = Math.min(blockRows, count - first)
      const halves = { data: await rows.read(first, n), dims: [n, dim] }
      const { projected: block } = await session.run({ rows: halves, ...inputs })
      if (block === undefined) throw new Error('Expected a projection')
      projected.set(block.data, first * dims)
      onProgress?.((first + n) / count)
    }
  } finally {
    await session.dispose()
  }
  return projected
}

/** Where the mean comes to lie, negated: it is subtracted after the product. */
function offsetOf(axes: Float32Array, mean: Float32Array): Float32Array {
  const dim = mean.length
  return Float32Array.from({ length: axes.length / dim }, (_, k) => {
    let along = 0
    for (let i = 0; i < dim; i++) along += (axes[k * dim + i] ?? 0) * (mean[i] ?? 0)
    return -along
  })
}

/** rows [n, dim] half, axes [dims, dim], offset [dims] -> projected [n, dims]. */
function projectionGraph(dims: number, dim: number): Uint8Array {
  const graph = new GraphBuilder('projection')
  const halves = graph.input('rows', dataType.float16, ['n', dim])
  const axes = graph.input('axes', dataType.float, [dims, dim])
  const offset = graph.input('offset', dataType.float, [dims])
  const floats = graph.node('Cast', [halves], 'floats', { to: dataType.float })
  graph.nodeInto('Gemm', [floats, axes, offset], 'projected', { transB: 1 })
  graph.output('projected', dataType.float, ['n', dims])
  return encodeModel(graph.build())
}
