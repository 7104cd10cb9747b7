// A long vector as rows of stripes.

export interface BarcodeLayout {
  readonly rows: number
  readonly perRow: number
  /** Not whole: stripes fill the row. */
  readonly stripePx: number
}

/** Narrower stripes can neither be told apart nor pointed at. */
const leastStripePx = 2.5

export function barcodeLayout(count: number, widthPx: number): BarcodeLayout {
  const fitting = Math.max(1, Math.floor(widthPx / leastStripePx))
  const rows = Math.max(1, Math.ceil(count / fitting))
  const perRow = Math.max(1, Math.ceil(count / rows))
  return { rows, perRow, stripePx: widthPx / perRow }
}

/** The unit at a place, `yShare` from the top of the whole, 0..1; -1 outside. */
export function unitAt(layout: BarcodeLayout, count: number, xPx: number, yShare: number): number {
  const column = Math.floor(xPx / layout.stripePx)
  const row = Math.floor(yShare * layout.rows)
  if (column < 0 || column >= layout.perRow || row < 0 || row >= layout.rows) return -1
  const unit = row * layout.perRow + column
  return unit < count ? unit : -1
}

/** A value that all but the few greatest lie below, so that these do not darken the rest. */
export function brightest(values: Float32Array): number {
  const sorted = Float32Array.from(values).sort()
  return sorted[Math.floor((sorted.length - 1) * 0.995)] || sorted.at(-1) || 1
}
