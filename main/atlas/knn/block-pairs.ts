// Nearest neighbours by products of pairs of blocks: every pair for exactness, or near ones only.
import { turn, type Watch } from '../turns.ts'
import type { VectorRows } from '../vectors/vector-rows.ts'
import { NeighbourLists } from './neighbour-lists.ts'
import { type Best, PairProducts } from './pair-products.ts'

/** Rows that follow one another. */
export interface Block {
  readonly first: number
  readonly count: number
}

/**
 * The product of two such blocks takes under 100 ms at 2048 dimensions on two cores, so that a
 * cancellation is heard in time.
 */
export const blockRows = 1024

/** Blocks of at most {@link blockRows}, of nearly equal size. */
export function blocksOf(first: number, count: number): readonly Block[] {
  const parts = Math.ceil(count / blockRows)
  return Array.from({ length: parts }, (_, i) => {
    const from = Math.round((i * count) / parts)
    return { first: first + from, count: Math.round(((i + 1) * count) / parts) - from }
  })
}

/**
 * The k greatest dot products of each row with rows of the blocks that its own is paired with. A
 * pair serves both its blocks, and no more than one product is in memory at a time.
 *
 * @param partners for each block the blocks to compare it with, each pair once, itself included
 * @param k at most the rows of any row's partners, less one
 * @throws the signal's reason
 */
export async function comparePairs(
  rows: VectorRows,
  blocks: readonly Block[],
  partners: readonly (readonly number[])[],
  k: number,
  threads: number,
  { signal, onProgress }: Watch,
): Promise<NeighbourLists> {
  const lists = new NeighbourLists(rows.count, k)
  const size = (block: number): number => blocks[block]?.count ?? 0
  const work = (block: number): number =>
    (partners[block] ?? []).reduce((sum, other) => sum + size(block) * size(other), 0)
  const total = blocks.reduce((sum, _, block) => sum + work(block), 0)
  let done = 0
  // One more than k: a row is its own nearest.
  const products = await PairProducts.create(rows.dim, k + 1, threads)
  try {
    for (const [index, block] of blocks.entries()) {
      const own = await rows.read(block.first, block.count)
      for (const otherIndex of partners[index] ?? []) {
        await turn(signal)
        const other = blocks[otherIndex]
        if (other === undefined) throw new RangeError(`Expected block ${otherIndex}`)
        const same = otherIndex === index
        const { ofA, ofB } = await products.of(
          own,
          same ? own : await rows.read(other.first, other.count),
        )
        offerAll(lists, block, other, ofA)
        if (!same) offerAll(lists, other, block, ofB)
        done += block.count * other.count
        onProgress?.(done / total)
      }
    }
  } finally {
    await products.dispose()
  }
  return lists
}

function offerAll(lists: NeighbourLists, of: Block, among: Block, best: Best): void {
  const { perRow, products, indices } = best
  for (let row = 0; row < of.count; row++) {
    for (let rank = 0; rank < perRow; rank++) {
      const at = row * perRow + rank
      const id = among.first + (indices[at] ?? 0)
      if (id !== of.first + row) lists.offer(of.first + row, id, products[at] ?? 0)
    }
  }
}
