// The leading eigenvectors of a covariance matrix.
import { GraphSession } from '../../engine/graph-session.ts'
import { normalFrom, randomFrom } from '../../inspect/dream/random.ts'
import { encodeModel } from '../../onnx/codec.ts'
import { GraphBuilder } from '../../onnx/graph-builder.ts'
import { dataType } from '../../onnx/model.ts'
import { orthonormalise } from '../linear/orthonormal.ts'
import { type Eigen, symmetricEigen } from '../linear/symmetric-eigen.ts'
import { turn } from '../turns.ts'

/** Small enough for the direct solver, whose time grows with the cube. */
const directDim = 256
/** More vectors than wanted: the rate of convergence is that of the first one left out. */
const spareVectors = 16
const mostIterations = 40
/** Change of the wanted eigenvalues between two steps, of the greatest one. */
const settled = 1e-6

/**
 * Subspace iteration with Rayleigh-Ritz projection (Halko, Martinsson and Tropp 2011, section 4.5)
 * from a random start; directly when the matrix is small.
 *
 * @param covariance symmetric, [dim, dim]
 * @param wanted how many, at most dim
 * @returns the greatest eigenvalues and their unit vectors, [wanted, dim], each with its element of
 *   greatest size positive
 * @throws the signal's reason
 */
export async function principalAxes(
  covariance: Float64Array,
  dim: number,
  wanted: number,
  seed: number,
  threads: number,
  signal: AbortSignal,
): Promise<Eigen> {
  const found =
    dim <= directDim
      ? symmetricEigen(covariance, dim)
      : await subspaceIteration(covariance, dim, wanted, seed, threads, signal)
  const vectors = found.vectors.slice(0, wanted * dim)
  for (let k = 0; k < wanted; k++) pointForward(vectors.subarray(k * dim, (k + 1) * dim))
  return { values: found.values.slice(0, wanted), vectors }
}

async function subspaceIteration(
  covariance: Float64Array,
  dim: number,
  wanted: number,
  seed: number,
  threads: number,
  signal: AbortSignal,
): Promise<Eigen> {
  const size = Math.min(dim, wanted + spareVectors)
  const matrix = { data: Float32Array.from(covariance), dims: [dim, dim] }
  const session = await GraphSession.create(productGraph(size, dim), { threads })
  try {
    let basis = Float64Array.from({ length: size * dim }, normalFrom(randomFrom(seed)))
    let before: Float64Array = new Float64Array(size)
    for (let iteration = 1; ; iteration++) {
      orthonormalise(basis, dim)
      await turn(signal)
      const { product } = await session.run({
        basis: { data: Float32Array.from(basis), dims: [size, dim] },
        matrix,
      })
      if (product === undefined) throw new Error('Expected a product')
      const small = productOfRows(basis, product.data, size, dim)
      const { values, vectors } = symmetricEigen(small, size)
      const change = values
        .subarray(0, wanted)
        .reduce((most, value, k) => Math.max(most, Math.abs(value - (before[k] ?? 0))), 0)
      if (change <= settled * (values[0] ?? 0) || iteration === mostIterations) {
        return { values, vectors: combine(vectors, basis, size, dim) }
      }
      before = values
      basis = Float64Array.from(product.data)
    }
  } finally {
    await session.dispose()
  }
}

/** [size, size]: the dot product of each of the first rows with each of the second. */
function productOfRows(a: Float64Array, b: Float32Array, size: number, dim: number): Float64Array {
  const products = new Float64Array(size * size)
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0
      for (let x = 0; x < dim; x++) sum += (a[i * dim + x] ?? 0) * (b[j * dim + x] ?? 0)
      products[i * size + j] = sum
      products[j * size + i] = sum
    }
  }
  return products
}

/** weights [size, size] times rows [size, dim]. */
function combine(
  weights: Float64Array,
  rows: Float64Array,
  size: number,
  dim: number,
): Float64Array {
  const combined = new Float64Array(size * dim)
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      const weight = weights[i * size + j] ?? 0
      for (let x = 0; x < dim; x++) {
        const at = i * dim + x
        combined[at] = (combined[at] ?? 0) + weight * (rows[j * dim + x] ?? 0)
      }
    }
  }
  return combined
}

/** An eigenvector's sign is free; without a rule a library would now and then turn over. */
function pointForward(vector: Float64Array): void {
  const most = vector.reduce((a, b) => (Math.abs(b) > Math.abs(a) ? b : a), 0)
  if (most >= 0) return
  for (let i = 0; i < vector.length; i++) vector[i] = -(vector[i] ?? 0)
}

/** basis [size, dim], matrix [dim, dim] -> product [size, dim]. */
function productGraph(size: number, dim: number): Uint8Array {
  const graph = new GraphBuilder('subspace')
  const basis = graph.input('basis', dataType.float, [size, dim])
  const matrix = graph.input('matrix', dataType.float, [dim, dim])
  graph.nodeInto('MatMul', [basis, matrix], 'product')
  graph.output('product', dataType.float, [size, dim])
  return encodeModel(graph.build())
}
