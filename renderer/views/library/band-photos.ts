// Which photos of the grid a rectangle touches that is dragged over it.
import type { JustifiedLayout } from './justified-layout.ts'
import { rowsBetween } from './row-search.ts'

/** In CSS pixels of the content, whichever corner the drag began at. */
export interface Band {
  readonly leftPx: number
  readonly rightPx: number
  readonly topPx: number
  readonly bottomPx: number
}

export interface ContentPlace {
  readonly xPx: number
  readonly yPx: number
}

export const bandBetween = (from: ContentPlace, to: ContentPlace): Band => ({
  leftPx: Math.min(from.xPx, to.xPx),
  rightPx: Math.max(from.xPx, to.xPx),
  topPx: Math.min(from.yPx, to.yPx),
  bottomPx: Math.max(from.yPx, to.yPx),
})

/** @returns places in the list, ascending */
export function photosInBand(layout: JustifiedLayout, band: Band): readonly number[] {
  const { rowStarts, rowTopsPx, rowHeightsPx, leftsPx, widthsPx } = layout
  const { firstRow, endRow } = rowsBetween(layout, band.topPx, band.bottomPx)
  const found: number[] = []
  for (let row = firstRow; row < endRow; row++) {
    const topPx = rowTopsPx[row] ?? 0
    // The gap below a row belongs to it, but no photo lies there.
    if (topPx + (rowHeightsPx[row] ?? 0) < band.topPx || topPx > band.bottomPx) continue
    for (let at = rowStarts[row] ?? 0; at < (rowStarts[row + 1] ?? 0); at++) {
      const leftPx = leftsPx[at] ?? 0
      if (leftPx <= band.rightPx && leftPx + (widthsPx[at] ?? 0) >= band.leftPx) found.push(at)
    }
  }
  return found
}

/** Near an edge the grid scrolls by itself, faster the farther the pointer is out. */
const edgePx = 36
const mostPx = 36

/** @returns pixels to scroll in this frame, up negative */
export function edgeScroll(pointerPx: number, topPx: number, bottomPx: number): number {
  const above = topPx + edgePx - pointerPx
  const below = pointerPx - (bottomPx - edgePx)
  if (above > 0) return -Math.min(mostPx, Math.ceil(above / 3))
  return below > 0 ? Math.min(mostPx, Math.ceil(below / 3)) : 0
}
