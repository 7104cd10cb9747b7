// Tells which photos are hidden behind nearer ones, so that they are neither loaded nor drawn.
import type { CanvasSize } from './projector.ts'

/** Side of the cells in which cover is remembered. */
const cellPx = 4
/** A photo surely covers this share of its least shape, whatever its corners and state. */
const surely = 0.84

export class CardCover {
  private readonly columns: number
  private readonly rows: number
  private readonly covered: Uint8Array

  constructor({ widthPx, heightPx }: CanvasSize) {
    this.columns = Math.ceil(widthPx / cellPx)
    this.rows = Math.ceil(heightPx / cellPx)
    this.covered = new Uint8Array(this.columns * this.rows)
  }

  /**
   * Photos have to come nearest first.
   *
   * @param widthPx of a square photo; others have the same area
   * @returns whether any of it can be seen
   */
  add(xPx: number, yPx: number, widthPx: number, aspect: number): boolean {
    const stretch = Math.sqrt(Math.min(3, Math.max(0.34, aspect)))
    const [halfWidth, halfHeight] = [(widthPx * stretch) / 2, widthPx / stretch / 2]
    if (!this.anyClear(xPx, yPx, halfWidth, halfHeight)) return false
    this.cover(xPx, yPx, Math.min(halfWidth, halfHeight) * surely)
    return true
  }

  private anyClear(xPx: number, yPx: number, halfWidth: number, halfHeight: number): boolean {
    const left = Math.max(0, Math.floor((xPx - halfWidth) / cellPx))
    const right = Math.min(this.columns - 1, Math.floor((xPx + halfWidth) / cellPx))
    const bottom = Math.min(this.rows - 1, Math.floor((yPx + halfHeight) / cellPx))
    for (let row = Math.max(0, Math.floor((yPx - halfHeight) / cellPx)); row <= bottom; row++)
      for (let column = left; column <= right; column++)
        if (this.covered[row * this.columns + column] !== 1) return true
    return false
  }

  /** Only cells that lie wholly inside. */
  private cover(xPx: number, yPx: number, half: number): void {
    const left = Math.max(0, Math.ceil((xPx - half) / cellPx))
    const right = Math.min(this.columns, Math.floor((xPx + half) / cellPx))
    const bottom = Math.min(this.rows, Math.floor((yPx + half) / cellPx))
    for (let row = Math.max(0, Math.ceil((yPx - half) / cellPx)); row < bottom; row++)
      if (right > left) this.covered.fill(1, row * this.columns + left, row * this.columns + right)
  }
}
