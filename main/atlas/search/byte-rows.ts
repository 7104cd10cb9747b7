// Unit vectors in 8 bits a number, with how wrong a product with them can be at most.
import { type DotKernel, dotKernel } from './dot-kernel.ts'
import { randomSigns, spreadEnergy } from './spread-energy.ts'

/** Rows held in one piece of memory. */
const rowsPerChunk = 16_384
/** Of a SIMD register. */
const lanes = 16
const greatestByte = 127
const greatestInt16 = 32_767

interface Chunk {
  readonly kernel: DotKernel
  readonly bytes: Int8Array
  readonly dots: Int32Array
  /** What one step of the bytes is worth, a row. */
  readonly scales: Float32Array
  /** Length of what the bytes miss, a row. */
  readonly misses: Float32Array
  /** Length of what reduction to fewer dimensions left out, a row. */
  readonly leftOut: Float32Array
}

export interface Products {
  /** [rows]. */
  readonly values: Float32Array
  /** No value is further from the true product than this, [rows]. */
  readonly errors: Float32Array
}

/** Grows by chunks, so that nothing is ever copied. */
export class ByteRows {
  private readonly chunks: Chunk[] = []
  private readonly paddedDim: number
  private readonly signs: Float32Array
  private readonly spread: Float32Array
  private rowCount = 0

  /**
   * @param dim of the vectors given
   * @param slack length by which vectors given may differ from the true ones
   */
  constructor(
    private readonly dim: number,
    seed: number,
    private readonly slack: number,
  ) {
    this.paddedDim = Math.ceil(dim / lanes) * lanes
    this.signs = randomSigns(this.paddedDim, seed)
    this.spread = new Float32Array(this.paddedDim)
  }

  get count(): number {
    return this.rowCount
  }

  /** @returns its row number */
  add(vector: Float32Array): number {
    const row = this.rowCount++
    if (row >= this.chunks.length * rowsPerChunk) this.chunks.push(this.newChunk())
    this.set(row, vector)
    return row
  }

  /** @param vector [dim], at most of unit length: what is missing to it counts as left out */
  set(row: number, vector: Float32Array): void {
    const chunk = this.chunks[Math.floor(row / rowsPerChunk)]
    if (chunk === undefined) throw new RangeError(`Expected a row below ${this.rowCount}`)
    const { paddedDim, spread } = this
    const at = row % rowsPerChunk
    const length = this.turn(vector)
    const scale = greatest(spread) / greatestByte || 1
    let missed = 0
    for (let x = 0, to = at * paddedDim; x < paddedDim; x++, to++) {
      const value = spread[x] ?? 0
      const byte = Math.round(value / scale)
      chunk.bytes[to] = byte
      missed += (value - byte * scale) ** 2
    }
    chunk.scales[at] = scale
    chunk.misses[at] = Math.sqrt(missed) + this.slack
    chunk.leftOut[at] = Math.sqrt(Math.max(0, 1 - length ** 2))
  }

  /**
   * Products of a vector with all rows.
   *
   * @param query [dim], at most of unit length; what is missing to it counts as left out
   */
  products(query: Float32Array): Products {
    const { paddedDim, spread, chunks, rowCount } = this
    const length = this.turn(query)
    // Rows are no longer than 127 √dim, so by Cauchy and Schwarz no sum leaves 32 bits.
    const longest = (2 ** 31 - 1) / (greatestByte * Math.sqrt(paddedDim)) - Math.sqrt(paddedDim)
    const scale =
      Math.max(greatest(spread) / greatestInt16, length / longest, Number.MIN_VALUE) || 1
    const integers = Int16Array.from(spread, (value) => Math.round(value / scale))
    let missed = 0
    spread.forEach((value, x) => {
      missed += (value - (integers[x] ?? 0) * scale) ** 2
    })
    const missedByQuery = Math.sqrt(missed)
    const queryLeftOut = Math.sqrt(Math.max(0, 1 - length ** 2))
    const values = new Float32Array(rowCount)
    const errors = new Float32Array(rowCount)
    chunks.forEach((chunk, c) => {
      const first = c * rowsPerChunk
      const count = Math.min(rowsPerChunk, rowCount - first)
      new Int16Array(chunk.kernel.memory.buffer, 0, paddedDim).set(integers)
      chunk.kernel.dots(chunk.bytes.byteOffset, count, paddedDim, 0, chunk.dots.byteOffset)
      const { dots, scales, misses, leftOut } = chunk
      for (let i = 0; i < count; i++) {
        values[first + i] = (dots[i] ?? 0) * (scales[i] ?? 0) * scale
        // |q| is at most 1, and so is |row| but for what the bytes miss.
        const missesRow = misses[i] ?? 0
        errors[first + i] =
          missesRow + missedByQuery * (1 + missesRow) + queryLeftOut * (leftOut[i] ?? 0)
      }
    })
    return { values, errors }
  }

  /** Puts the vector into `spread`, and gives its length. */
  private turn(vector: Float32Array): number {
    const { spread, signs, dim } = this
    spread.fill(0)
    spread.set(vector.length === dim ? vector : vector.subarray(0, dim))
    let square = 0
    for (let x = 0; x < dim; x++) square += (vector[x] ?? 0) ** 2
    spreadEnergy(spread, signs)
    return Math.sqrt(square)
  }

  private newChunk(): Chunk {
    const { paddedDim } = this
    const rowsAt = Math.ceil((paddedDim * 2) / lanes) * lanes
    const dotsAt = rowsAt + rowsPerChunk * paddedDim
    const kernel = dotKernel(dotsAt + rowsPerChunk * 4)
    const { buffer } = kernel.memory
    return {
      kernel,
      bytes: new Int8Array(buffer, rowsAt, rowsPerChunk * paddedDim),
      dots: new Int32Array(buffer, dotsAt, rowsPerChunk),
      scales: new Float32Array(rowsPerChunk),
      misses: new Float32Array(rowsPerChunk),
      leftOut: new Float32Array(rowsPerChunk),
    }
  }
}

function greatest(values: Float32Array): number {
  let most = 0
  for (const value of values) most = Math.max(most, Math.abs(value))
  return most
}
