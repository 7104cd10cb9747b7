// Embeddings as the Cloud reads them: rows of half floats, wherever they lie.
import { floatsOf } from '../../store/half-float.ts'
import type { RecordFile } from '../../store/record-file.ts'

/** Rows of IEEE half floats, [count, dim]; unit L2 norm where they are embeddings. */
export interface VectorRows {
  readonly count: number
  readonly dim: number
  /** The bits of rows `first` to `first + count - 1`, row-major. */
  read(first: number, count: number): Uint16Array
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

  read(first: number, count: number): Uint16Array {
    // A copy: native code is not given a view into memory that is shared.
    return this.halves.slice(first * this.dim, (first + count) * this.dim)
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

  read(first: number, count: number): Uint16Array {
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
export const floatRows = (rows: VectorRows, first: number, count: number): Float32Array =>
  floatsOf(rows.read(first, count))
