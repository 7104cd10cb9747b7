// Where the keyboard takes the focus in the justified grid.
import type { JustifiedLayout } from './justified-layout.ts'
import { rowAt, rowOfPhoto } from './row-search.ts'

const centrePx = (layout: JustifiedLayout, index: number): number =>
  (layout.leftsPx[index] ?? 0) + (layout.widthsPx[index] ?? 0) / 2

function nearestInRow(layout: JustifiedLayout, row: number, xPx: number): number {
  const start = layout.rowStarts[row] ?? 0
  const end = layout.rowStarts[row + 1] ?? start + 1
  let nearest = start
  for (let i = start + 1; i < end; i++) {
    const nearer = Math.abs(centrePx(layout, i) - xPx) < Math.abs(centrePx(layout, nearest) - xPx)
    if (nearer) nearest = i
  }
  return nearest
}

/** The photo that `key` moves to from `index`, or null when the key does not move. */
export function focusAfterKey(
  layout: JustifiedLayout,
  index: number,
  key: string,
  viewportPx: number,
): number | null {
  const last = layout.leftsPx.length - 1
  if (last < 0) return null
  const row = rowOfPhoto(layout, index)
  const inRow = (wantedRow: number): number =>
    nearestInRow(
      layout,
      Math.min(layout.rowCount - 1, Math.max(0, wantedRow)),
      centrePx(layout, index),
    )
  const pageAway = (direction: 1 | -1): number => {
    const target = rowAt(layout, (layout.rowTopsPx[row] ?? 0) + direction * viewportPx)
    return inRow(target === row ? row + direction : target)
  }
  switch (key) {
    case 'ArrowLeft':
      return Math.max(0, index - 1)
    case 'ArrowRight':
      return Math.min(last, index + 1)
    case 'ArrowUp':
      return row === 0 ? index : inRow(row - 1)
    case 'ArrowDown':
      return row === layout.rowCount - 1 ? index : inRow(row + 1)
    case 'PageUp':
      return pageAway(-1)
    case 'PageDown':
      return pageAway(1)
    case 'Home':
      return 0
    case 'End':
      return last
    default:
      return null
  }
}
