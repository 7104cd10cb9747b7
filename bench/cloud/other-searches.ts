// Other ways to find the nearest vectors exactly.
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { BestRows } from '../../main/atlas/search/best-rows.ts'

/**
 * What anybody would write: loops over all vectors.
 *
 * @param vectors unit vectors, float32 [count, dim]
 * @returns rows other than `row` itself, best first
 */
export function nearestByLoops(
  vectors: Float32Array,
  dim: number,
  row: number,
  k: number,
): readonly number[] {
  const query = vectors.slice(row * dim, (row + 1) * dim)
  const best = new BestRows(k)
  const count = vectors.length / dim
  for (let other = 0, at = 0; other < count; other++) {
    let product = 0
    for (let x = 0; x < dim; x++, at++) product += (vectors[at] ?? 0) * (query[x] ?? 0)
    if (other !== row) best.offer(other, product)
  }
  return best.rows
}

/** What is used of usearch. */
interface Usearch {
  readonly MetricKind: { readonly IP: string }
  exactSearch(
    dataset: Float32Array,
    queries: Float32Array,
    dimensions: number,
    count: number,
    metric: string,
    threads: number,
  ): unknown
}

/** @returns null when the peers' packages are not installed */
export async function usearchSearch(
  vectors: Float32Array,
  dim: number,
): Promise<((row: number, k: number, threads: number) => unknown) | null> {
  const packages = process.env.LATENT_BENCH_PEERS ?? ''
  if (packages === '') return null
  const load = createRequire(join(packages, 'package.json'))
  const { exactSearch, MetricKind } = load('usearch') as Usearch
  return (row, k, threads) =>
    // A copy: it ignores where in its buffer a query begins.
    exactSearch(vectors, vectors.slice(row * dim, (row + 1) * dim), dim, k, MetricKind.IP, threads)
}
