// A part of the rows, spread evenly: photos that were taken together lie together.
import type { VectorRows } from './vector-rows.ts'

export class SpreadRows implements VectorRows {
  readonly dim: number

  constructor(
    private readonly rows: VectorRows,
    readonly count: number,
  ) {
    this.dim = rows.dim
  }

  async read(first: number, count: number): Promise<Uint16Array> {
    const read = new Uint16Array(count * this.dim)
    for (let i = 0; i < count; i++) {
      read.set(await this.rows.read(this.rowOf(first + i), 1), i * this.dim)
    }
    return read
  }

  /** The row behind row `i`. */
  rowOf(i: number): number {
    return Math.floor(((i + 0.5) * this.rows.count) / this.count)
  }
}
