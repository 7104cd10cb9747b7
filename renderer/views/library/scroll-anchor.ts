// Keeps what a person looks at in its place while the photos around it change.
import type { JustifiedLayout } from './justified-layout.ts'
import { rowAt, rowOfPhoto } from './row-search.ts'

interface Content {
  readonly layout: JustifiedLayout
  readonly ids: Uint32Array
  readonly queryCount: number
}

/** How many photos after the first one in sight may stand in for it when it is gone. */
const mostStandIns = 50

/**
 * The top that shows, at the same height, the photo that was at the old top. At the very top the
 * grid stays there, so that new photos are seen coming in; another question starts from the top.
 */
export function topAfterChange(before: Content, now: Content, topPx: number): number {
  if (before === now) return topPx
  if (before.queryCount !== now.queryCount || topPx <= 0) return 0
  const row = rowAt(before.layout, topPx)
  const start = before.layout.rowStarts[row] ?? 0
  const intoRow =
    (topPx - (before.layout.rowTopsPx[row] ?? 0)) / (before.layout.rowHeightsPx[row] ?? 1)
  for (const id of before.ids.subarray(start, start + mostStandIns)) {
    const index = now.ids.indexOf(id)
    if (index < 0) continue
    const newRow = rowOfPhoto(now.layout, index)
    const newTopPx = now.layout.rowTopsPx[newRow] ?? 0
    return newTopPx + intoRow * (now.layout.rowHeightsPx[newRow] ?? 0)
  }
  return topPx
}
