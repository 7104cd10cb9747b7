// Finds rows of a justified layout by position or by photo.
import type { JustifiedLayout } from './justified-layout.ts'

/** The last entry that is not above `value`, in ascending numbers; 0 when all are above it. */
function lastNotAbove(ascending: Uint32Array | Float64Array, end: number, value: number): number {
  let low = 0
  let high = end - 1
  while (low < high) {
    const middle = (low + high + 1) >>> 1
    if ((ascending[middle] ?? 0) <= value) low = middle
    else high = middle - 1
  }
  return low
}

/** The row at a height of the content; the gap below a row belongs to it. */
export const rowAt = (layout: JustifiedLayout, topPx: number): number =>
  lastNotAbove(layout.rowTopsPx, layout.rowCount, topPx)

export const rowOfPhoto = (layout: JustifiedLayout, index: number): number =>
  lastNotAbove(layout.rowStarts, layout.rowCount, index)

export interface RowRange {
  readonly firstRow: number
  /** One past the last. */
  readonly endRow: number
}

/** The rows that touch a stretch of the content. */
export function rowsBetween(layout: JustifiedLayout, topPx: number, bottomPx: number): RowRange {
  if (layout.rowCount === 0) return { firstRow: 0, endRow: 0 }
  return { firstRow: rowAt(layout, topPx), endRow: rowAt(layout, bottomPx) + 1 }
}
