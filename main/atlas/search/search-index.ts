// Exact nearest neighbours: a pass over bytes tells who can be among them, embeddings tell who is.
import { halfTable } from '../../store/half-float.ts'
import { fitPca } from '../pca/pca.ts'
import type { Metric } from '../protocol.ts'
import { turn, type Watch } from '../turns.ts'
import { meanOf } from '../vectors/mean.ts'
import { SpreadRows } from '../vectors/spread-rows.ts'
import type { VectorRows } from '../vectors/vector-rows.ts'
import { BestRows } from './best-rows.ts'
import { ByteRows } from './byte-rows.ts'
import { Reduction } from './reduction.ts'

export interface SearchOptions {
  readonly metric: Metric
  readonly seed: number
  readonly threads: number
  /** Of bytes held; beyond it vectors are held in fewer dimensions. */
  readonly budgetBytes: number
}

export interface Found {
  /** Photo ids, best first. */
  readonly ids: Uint32Array
  /** Cosines of the true embeddings, -1 to 1. */
  readonly similarities: Float32Array
  /** Photos whose embeddings were looked at. */
  readonly compared: number
}

/** Reads embeddings of photos: IEEE half floats in the order of the ids. */
export type ReadVectors = (ids: Uint32Array) => VectorRows

const blockRows = 1024
const mostMeanRows = 32_768
/** Fewer would leave so much out that nearly all photos had to be looked at. */
const leastReducedDim = 64
/** Float32 sums, as lengths. */
const slack = 1e-5
const notHeld = -1
const out = Number.NEGATIVE_INFINITY
/** The mean of a few photos is about those few: two copies of one would have nothing in common. */
const fewestForMean = 64

/**
 * The filter-and-refine scheme of Seidl and Kriegel (1998): rows are refined in the order of the
 * greatest similarity that they can have, until no other can be among the k best. What is found is
 * exactly what comparing all embeddings would find.
 */
export class SearchIndex {
  /** Row by photo id. */
  private rowOfId = new Int32Array(0)
  private readonly idOfRow: number[] = []
  /** 1 for a row that may be found. */
  private isFound = new Uint8Array(0)

  private constructor(
    private readonly reduction: Reduction,
    private readonly held: ByteRows,
    private readonly read: ReadVectors,
    /** Photos that the mean was taken from. */
    readonly basis: number,
  ) {}

  /** @throws the signal's reason */
  static async build(
    read: ReadVectors,
    ids: Uint32Array,
    { metric, seed, threads, budgetBytes }: SearchOptions,
    watch: Watch,
  ): Promise<SearchIndex> {
    const rows = read(ids)
    const { dim } = rows
    const some = rows.count <= mostMeanRows ? rows : new SpreadRows(rows, mostMeanRows)
    const mean =
      ids.length >= fewestForMean && metric === 'centred'
        ? await meanOf(some, watch.signal)
        : new Float32Array(dim)
    const affordable = Math.floor(budgetBytes / Math.max(1, ids.length) / 64) * 64
    const reducedDim = Math.max(leastReducedDim, affordable)
    let axes: Float32Array | undefined
    if (reducedDim < dim) {
      const pca = await fitPca(rows, { dims: reducedDim, seed, threads }, { signal: watch.signal })
      axes = pca.axes
    }
    const reduction = await Reduction.create(mean, axes, threads)
    const held = new ByteRows(reduction.reducedDim, seed, slack)
    const index = new SearchIndex(reduction, held, read, ids.length)
    await index.put(ids, watch)
    index.limitTo(ids)
    return index
  }

  /** What similarities are measured from, [dim]. */
  get mean(): Float32Array {
    return this.reduction.mean
  }

  has(id: number): boolean {
    return (this.rowOfId[id] ?? notHeld) !== notHeld
  }

  /** Adds photos, or reads them again. @throws the signal's reason */
  async put(ids: Uint32Array, { signal, onProgress }: Watch): Promise<void> {
    const rows = this.read(ids)
    const { reducedDim } = this.reduction
    this.makeRoomFor(ids)
    for (let first = 0; first < ids.length; first += blockRows) {
      await turn(signal)
      const count = Math.min(blockRows, ids.length - first)
      const reduced = await this.reduction.of(await rows.read(first, count))
      for (let i = 0; i < count; i++) {
        const id = ids[first + i] ?? 0
        const vector = reduced.subarray(i * reducedDim, (i + 1) * reducedDim)
        const row = this.rowOfId[id] ?? notHeld
        if (row !== notHeld) this.held.set(row, vector)
        else {
          this.rowOfId[id] = this.held.add(vector)
          this.idOfRow.push(id)
        }
      }
      onProgress?.((first + count) / ids.length)
    }
  }

  /**
   * @param halves an embedding, as the bits of half floats
   * @returns it as photos are compared, float32 [dim], of unit length
   */
  compared(halves: Uint16Array): Float32Array {
    const { mean, dim } = this.reduction
    const apart = Float32Array.from(halves, (half, x) => (halfTable[half] ?? 0) - (mean[x] ?? 0))
    return unit(apart.subarray(0, dim))
  }

  /** From now on only these are found. @param ids all of them held */
  limitTo(ids: Uint32Array): void {
    this.isFound = new Uint8Array(this.held.count)
    for (const id of ids) this.isFound[this.rowOfId[id] ?? notHeld] = 1
  }

  /**
   * @param query as {@link compared} gives it
   * @param without photos that are not to be found
   */
  async nearest(query: Float32Array, k: number, without: readonly number[]): Promise<Found> {
    const { isFound, idOfRow } = this
    const { values, errors } = this.held.products(this.reduction.ofOne(query))
    for (const id of without) values[this.rowOfId[id] ?? notHeld] = out
    // Whoever cannot reach the k-th of the surest is out.
    const surest = new BestRows(k)
    for (let row = 0; row < values.length; row++) {
      const least = (values[row] ?? 0) - (errors[row] ?? 0)
      if (least > surest.least && isFound[row] === 1) surest.offer(row, least)
    }
    const bar = surest.least
    const candidates: { readonly row: number; readonly most: number }[] = []
    for (let row = 0; row < values.length; row++) {
      const most = (values[row] ?? 0) + (errors[row] ?? 0)
      if (most >= bar && most > out && isFound[row] === 1) candidates.push({ row, most })
    }
    candidates.sort((a, b) => b.most - a.most)
    const best = new BestRows(k)
    let compared = 0
    for (const { row, most } of candidates) {
      if (most < best.least) break
      best.offer(row, await this.similarity(row, query))
      compared++
    }
    return {
      ids: Uint32Array.from(best.rows, (row) => idOfRow[row] ?? 0),
      similarities: Float32Array.from(best.values),
      compared,
    }
  }

  /**
   * How alike every photo is, from the bytes alone: off by a hundredth or so.
   *
   * @param query as {@link compared} gives it
   * @returns in the order of `ids`; 0 for a photo that is not held
   */
  similarities(query: Float32Array, ids: Uint32Array): Float32Array {
    const { values } = this.held.products(this.reduction.ofOne(query))
    return Float32Array.from(ids, (id) => values[this.rowOfId[id] ?? notHeld] ?? 0)
  }

  dispose(): Promise<void> {
    return this.reduction.dispose()
  }

  private async similarity(row: number, query: Float32Array): Promise<number> {
    const halves = await this.read(Uint32Array.of(this.idOfRow[row] ?? 0)).read(0, 1)
    const { mean } = this.reduction
    let product = 0
    let square = 0
    for (let x = 0; x < query.length; x++) {
      const value = (halfTable[halves[x] ?? 0] ?? 0) - (mean[x] ?? 0)
      product += value * (query[x] ?? 0)
      square += value * value
    }
    return square === 0 ? 0 : product / Math.sqrt(square)
  }

  private makeRoomFor(ids: Uint32Array): void {
    const last = ids.at(-1) ?? 0
    if (last < this.rowOfId.length) return
    const larger = new Int32Array(Math.ceil((last + 1) * 1.25)).fill(notHeld)
    larger.set(this.rowOfId)
    this.rowOfId = larger
  }
}

function unit(vector: Float32Array): Float32Array {
  const length = Math.hypot(...vector)
  return length === 0 ? vector : vector.map((value) => value / length)
}
