// Rows cut down to fewer dimensions, where all of them would not fit in memory.
import { orthonormalise } from '../linear/orthonormal.ts'
import { fitPca, projectRows } from '../pca/pca.ts'
import type { Watch } from '../turns.ts'
import { halvesOf } from '../vectors/half-bits.ts'
import { HalfMatrix, type VectorRows } from '../vectors/vector-rows.ts'

/**
 * Dot products of the reduced rows are those of the rows' projections on their mean and the leading
 * principal axes.
 *
 * @param dims below the rows' own
 * @throws the signal's reason
 */
export async function reducedRows(
  rows: VectorRows,
  dims: number,
  seed: number,
  threads: number,
  watch: Watch,
): Promise<HalfMatrix> {
  const { dim } = rows
  const pca = await fitPca(rows, { dims: dims - 1, seed, threads }, watch)
  const basis = new Float64Array(dims * dim)
  basis.set(pca.mean)
  basis.set(pca.axes, dim)
  orthonormalise(basis, dim)
  const fromOrigin = { ...pca, axes: Float32Array.from(basis), mean: new Float32Array(dim) }
  return new HalfMatrix(halvesOf(await projectRows(rows, fromOrigin, threads, watch)), dims)
}
