// Embeddings as the Cloud reads them: rows of half floats, wherever they lie.
import { floatsOf } from '../../store/half-float.ts'
import type { RecordFile } from '../../store/record-file.ts'
import { turn } from '../turns.ts'

/** Rows of IEEE half floats, [count, dim]; unit L2 norm where they are embeddings. */
export interface VectorRows {
  readonly count: number
  readonly dim: number
  /** The bits of rows `first` to `first + count - 1`, row-major. */
  read(first: number, count: number): Promise<Uint16Array>
}

export class HalfMatrix implements VectorRows {
  readonly count: number

  /** @param halves half floats as their bits, [count, dim] */
  constructor(
    readonly halves: Uint16Array,
    readonly dim: number,
  ) {
    this.count = halves.length / dim
  }

  async read(first: number, count: number): Promise<Uint16Array> {
    return this.halves.subarray(first * this.dim, (first + count) * this.dim)
  }
}

/** The embeddings of photos in a library's file, in the order of their ids. */
export class StoredVectors implements VectorRows {
  readonly count: number

  /**
   * @param file half floats, slot = photo id - 1; owned by the caller
   * @param ids photos, ascending
   */
  constructor(
    private readonly file: RecordFile,
    private readonly ids: Uint32Array,
    readonly dim: number,
  ) {
    this.count = ids.length
  }

  async read(first: number, count: number): Promise<Uint16Array> {
    const { file, ids, dim } = this
    const rows = new Uint16Array(count * dim)
    for (let at = 0; at < count; ) {
      const slot = (ids[first + at] ?? 1) - 1
      // Slots that follow one another are one read.
      let run = 1
      while (at + run < count && ids[first + at + run] === slot + run + 1) run++
      rows.set(new Uint16Array(file.read(slot, run).buffer), at * dim)
      at += run
    }
    return rows
  }
}

/** Rows as floats, [count, dim]. */
export const floatRows = (
  { halves, dim }: HalfMatrix,
  first: number,
  count: number,
): Float32Array => floatsOf(halves.subarray(first * dim, (first + count) * dim))

/** All rows, read once. */
export async function inMemory(rows: VectorRows, signal: AbortSignal): Promise<HalfMatrix> {
  if (rows instanceof HalfMatrix) return rows
  const halves = new Uint16Array(rows.count * rows.dim)
  for (let first = 0; first < rows.count; first += blockRows) {
    await turn(signal)
    const n = Math.min(blockRows, rows.count - first)
    halves.set(await rows.read(first, n), first * rows.dim)
  }
  return new HalfMatrix(halves, rows.dim)
}

const blockRows = 2048
