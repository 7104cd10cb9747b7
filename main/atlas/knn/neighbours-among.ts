// Nearest neighbours of some rows among others.
import { turn, type Watch } from '../turns.ts'
import type { VectorRows } from '../vectors/vector-rows.ts'
import { blocksOf } from './block-pairs.ts'
import { NeighbourLists, type Neighbours } from './neighbour-lists.ts'
import { PairProducts } from './pair-products.ts'

/**
 * Exactly, by products of all blocks.
 *
 * @param k at most the count of `rows`
 * @returns for each of `queries` row numbers of `rows`
 * @throws the signal's reason
 */
export async function neighboursAmong(
  queries: VectorRows,
  rows: VectorRows,
  k: number,
  threads: number,
  { signal, onProgress }: Watch,
): Promise<Neighbours> {
  const lists = new NeighbourLists(queries.count, k)
  const products = await PairProducts.create(rows.dim, k, threads)
  try {
    for (const block of blocksOf(0, rows.count)) {
      const some = await rows.read(block.first, block.count)
      for (const asked of blocksOf(0, queries.count)) {
        await turn(signal)
        const { ofA } = await products.of(await queries.read(asked.first, asked.count), some)
        for (let at = 0; at < ofA.products.length; at++) {
          const query = asked.first + Math.floor(at / ofA.perRow)
          lists.offer(query, block.first + (ofA.indices[at] ?? 0), ofA.products[at] ?? 0)
        }
      }
      onProgress?.((block.first + block.count) / rows.count)
    }
  } finally {
    await products.dispose()
  }
  return lists
}
