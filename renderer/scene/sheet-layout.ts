// Where the tiles of a sheet of maps lie, which are in sight and which one is under the pointer.

export interface SheetShape {
  readonly widthPx: number
  /** The least width of a cell; cells grow to fill the rows. */
  readonly cellPx: number
  readonly gapPx: number
  readonly count: number
  /** Maps side by side in one cell: two when photos are compared. */
  readonly mapsPerCell: 1 | 2
}

export interface SheetLayout {
  readonly columns: number
  /** Side of one map. */
  readonly mapPx: number
  readonly cellWidthPx: number
  readonly gapPx: number
  readonly count: number
  readonly heightPx: number
}

/** Between the two maps of a pair. */
export const pairGapPx = 1

export function sheetLayout(shape: SheetShape): SheetLayout {
  const { widthPx, gapPx, count, mapsPerCell } = shape
  const leastPx = shape.cellPx * mapsPerCell + (mapsPerCell - 1) * pairGapPx
  const columns = Math.max(1, Math.floor((widthPx + gapPx) / (leastPx + gapPx)))
  const roomPx = Math.floor((widthPx - (columns - 1) * gapPx) / columns)
  // A few channels do not grow to posters.
  const mostPx = Math.ceil(shape.cellPx * 1.6)
  const mapPx = Math.max(
    8,
    Math.min(mostPx, Math.floor((roomPx - (mapsPerCell - 1) * pairGapPx) / mapsPerCell)),
  )
  const rows = Math.ceil(count / columns)
  return {
    columns,
    mapPx,
    cellWidthPx: mapPx * mapsPerCell + (mapsPerCell - 1) * pairGapPx,
    gapPx,
    count,
    heightPx: Math.max(0, rows * (mapPx + gapPx) - gapPx),
  }
}

export interface TilePlace {
  readonly leftPx: number
  readonly topPx: number
}

export function tilePlace(layout: SheetLayout, index: number): TilePlace {
  const { columns, cellWidthPx, mapPx, gapPx } = layout
  return {
    leftPx: (index % columns) * (cellWidthPx + gapPx),
    topPx: Math.floor(index / columns) * (mapPx + gapPx),
  }
}

/** First index and the one after the last of the tiles in sight. */
export function tilesInSight(
  layout: SheetLayout,
  scrollPx: number,
  viewPx: number,
): readonly [number, number] {
  const rowPx = layout.mapPx + layout.gapPx
  const firstRow = Math.max(0, Math.floor(scrollPx / rowPx))
  const endRow = Math.ceil((scrollPx + viewPx) / rowPx)
  return [
    Math.min(layout.count, firstRow * layout.columns),
    Math.min(layout.count, endRow * layout.columns),
  ]
}

/** The tile at a place of the whole sheet, or -1. */
export function tileAt(layout: SheetLayout, xPx: number, yPx: number): number {
  const { columns, cellWidthPx, mapPx, gapPx, count } = layout
  const column = Math.floor(xPx / (cellWidthPx + gapPx))
  const row = Math.floor(yPx / (mapPx + gapPx))
  const inside =
    xPx >= 0 &&
    yPx >= 0 &&
    column < columns &&
    xPx - column * (cellWidthPx + gapPx) < cellWidthPx &&
    yPx - row * (mapPx + gapPx) < mapPx
  const index = row * columns + column
  return inside && index < count ? index : -1
}

/** The tile that a key leads to; null when the key moves nowhere. */
export function tileAfterKey(
  layout: SheetLayout,
  from: number,
  key: string,
  viewPx: number,
): number | null {
  const { columns, count } = layout
  const page = Math.max(1, Math.floor(viewPx / (layout.mapPx + layout.gapPx))) * columns
  const steps: Readonly<Record<string, number>> = {
    ArrowLeft: -1,
    ArrowRight: 1,
    ArrowUp: -columns,
    ArrowDown: columns,
    PageUp: -page,
    PageDown: page,
    Home: -count,
    End: count,
  }
  const step = steps[key]
  if (step === undefined || count === 0) return null
  const wanted = from + step
  if (Math.abs(step) === columns && (wanted < 0 || wanted >= count)) return from
  return Math.min(count - 1, Math.max(0, wanted))
}

/** The scroll position that has a tile in sight, as near to the current one as can be. */
export function scrollToTile(
  layout: SheetLayout,
  index: number,
  scrollPx: number,
  viewPx: number,
): number {
  const { topPx } = tilePlace(layout, index)
  return Math.min(topPx, Math.max(scrollPx, topPx + layout.mapPx - viewPx))
}
