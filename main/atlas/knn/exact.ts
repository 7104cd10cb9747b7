// Exact nearest neighbours of all rows among all rows.
import type { Watch } from '../turns.ts'
import { inMemory, type VectorRows } from '../vectors/vector-rows.ts'
import { blocksOf, comparePairs } from './block-pairs.ts'
import type { Neighbours } from './neighbour-lists.ts'

/**
 * By products of all pairs of blocks, summed in float32.
 *
 * @param k at most count - 1
 * @throws the signal's reason
 */
export async function exactNeighbours(
  rows: VectorRows,
  k: number,
  threads: number,
  watch: Watch,
): Promise<Neighbours> {
  const blocks = blocksOf(0, rows.count)
  const partners = blocks.map((_, i) => blocks.map((_block, j) => j).filter((j) => j >= i))
  // Every block is read once for each other one.
  return comparePairs(await inMemory(rows, watch.signal), blocks, partners, k, threads, watch)
}
