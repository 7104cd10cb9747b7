// Nearest neighbours of very many rows: only blocks that can hold them are compared.
import { turn, type Watch } from '../turns.ts'
import { HalfMatrix, type VectorRows } from '../vectors/vector-rows.ts'
import { type Block, blocksOf, comparePairs } from './block-pairs.ts'
import { type Cells, divide } from './cells.ts'
import { NeighbourLists, type Neighbours } from './neighbour-lists.ts'

/** Rows in a cell, on average: large enough for fast products, small enough to skip most pairs. */
const cellRows = 512
/** Of a cell's near centres, the share that its pairs cover, most shared first. */
const coverage = 0.9
const mostPartners = 20

/**
 * k-means cells over the rows' leading principal components (an inverted file, Jégou, Douze and
 * Schmid 2011, in which a cell's rows are looked up together); within the pairs of cells that are
 * compared, products are exact.
 *
 * @param coordinates the rows' principal components, [count, dims]
 * @throws the signal's reason
 */
export async function approximateNeighbours(
  rows: VectorRows,
  coordinates: Float32Array,
  k: number,
  seed: number,
  threads: number,
  watch: Watch,
): Promise<Neighbours> {
  const part = (from: number, to: number): Watch => ({
    signal: watch.signal,
    onProgress: (fraction) => watch.onProgress?.(from + (to - from) * fraction),
  })
  const count = Math.max(2, Math.round(rows.count / cellRows))
  const dims = coordinates.length / rows.count
  const cells = await divide(coordinates, dims, count, seed, threads, part(0, 0.15))
  const { order, blocks, blocksOfCell } = arrange(cells)
  const partners = partnersOf(cells, blocks.length, blocksOfCell)
  const sorted = await reordered(rows, order, watch.signal)
  const found = await comparePairs(sorted, blocks, partners, k, threads, part(0.15, 1))
  return inOriginalOrder(found, order)
}

interface Arrangement {
  /** The row that stands at each place. */
  readonly order: Uint32Array
  readonly blocks: readonly Block[]
  readonly blocksOfCell: readonly (readonly number[])[]
}

/** Rows of a cell side by side; a large cell is several blocks. */
function arrange({ ofPoint, count }: Cells): Arrangement {
  const starts = new Uint32Array(count + 1)
  for (const cell of ofPoint) starts[cell + 1] = (starts[cell + 1] ?? 0) + 1
  for (let cell = 0; cell < count; cell++) {
    starts[cell + 1] = (starts[cell + 1] ?? 0) + (starts[cell] ?? 0)
  }
  const next = starts.slice()
  const order = new Uint32Array(ofPoint.length)
  ofPoint.forEach((cell, row) => {
    const at = next[cell] ?? 0
    order[at] = row
    next[cell] = at + 1
  })
  const blocks: Block[] = []
  const blocksOfCell = Array.from({ length: count }, (_, cell) => {
    const first = starts[cell] ?? 0
    const parts = blocksOf(first, (starts[cell + 1] ?? 0) - first)
    blocks.push(...parts)
    return parts.map((_block, i) => blocks.length - parts.length + i)
  })
  return { order, blocks, blocksOfCell }
}

/** Which blocks each block is compared with, each pair once. */
function partnersOf(
  { count, shared }: Cells,
  blockCount: number,
  blocksOfCell: readonly (readonly number[])[],
): readonly (readonly number[])[] {
  const partners = Array.from({ length: blockCount }, () => new Set<number>())
  for (let cell = 0; cell < count; cell++) {
    for (const other of [cell, ...nearCells(shared.subarray(cell * count, (cell + 1) * count))]) {
      for (const a of blocksOfCell[cell] ?? []) {
        for (const b of blocksOfCell[other] ?? []) partners[Math.min(a, b)]?.add(Math.max(a, b))
      }
    }
  }
  return partners.map((set) => [...set].sort((a, b) => a - b))
}

function nearCells(shared: Uint32Array): readonly number[] {
  const near = [...shared.keys()]
    .filter((cell) => (shared[cell] ?? 0) > 0)
    .sort((a, b) => (shared[b] ?? 0) - (shared[a] ?? 0))
  const wanted = coverage * shared.reduce((a, b) => a + b, 0)
  let covered = 0
  return near
    .filter((cell) => {
      const enough = covered >= wanted
      covered += shared[cell] ?? 0
      return !enough
    })
    .slice(0, mostPartners)
}

/** In memory: a cell's rows lie all over the file. */
async function reordered(
  rows: VectorRows,
  order: Uint32Array,
  signal: AbortSignal,
): Promise<HalfMatrix> {
  const { dim } = rows
  const places = new Uint32Array(order.length)
  order.forEach((row, place) => {
    places[row] = place
  })
  const sorted = new Uint16Array(order.length * dim)
  const step = 2048
  for (let first = 0; first < order.length; first += step) {
    await turn(signal)
    const n = Math.min(step, order.length - first)
    const read = await rows.read(first, n)
    for (let i = 0; i < n; i++) {
      sorted.set(read.subarray(i * dim, (i + 1) * dim), (places[first + i] ?? 0) * dim)
    }
  }
  return new HalfMatrix(sorted, dim)
}

function inOriginalOrder({ count, k, ids, similarities }: Neighbours, order: Uint32Array) {
  const lists = new NeighbourLists(count, k)
  for (let place = 0; place < count; place++) {
    const row = order[place] ?? 0
    lists.similarities.set(similarities.subarray(place * k, (place + 1) * k), row * k)
    for (let rank = 0; rank < k; rank++) {
      lists.ids[row * k + rank] = order[ids[place * k + rank] ?? 0] ?? 0
    }
  }
  return lists
}
