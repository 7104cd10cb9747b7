// Joins the scroller of the grid to its layout: which rows are in sight, and staying put on change.
import { useCallback, useLayoutEffect, useMemo, useRef, useState } from 'react'
import type { JustifiedLayout } from './justified-layout.ts'
import { rowOfPhoto, rowsBetween } from './row-search.ts'
import { topAfterChange } from './scroll-anchor.ts'
import { afterScroll, placeAt, type ScrollPlace, scrollSpace } from './scroll-space.ts'

export interface GridView {
  readonly firstRow: number
  readonly endRow: number
  /** Subtract it from a row's top to get its place inside the track. */
  readonly originPx: number
}

export interface GridContent {
  readonly layout: JustifiedLayout
  readonly ids: Uint32Array
  /** Another number means another question: then the grid starts from its top again. */
  readonly queryCount: number
}

/** Rows are rendered this many viewport heights beyond both edges. */
const overscan = 0.75

export interface GridScroll {
  readonly view: GridView
  readonly trackPx: number
  readonly onScroll: () => void
  readonly onScrollEnd: () => void
  /** Scrolls by the least amount that brings the photo's row into sight. */
  readonly bringIntoSight: (index: number) => void
  /** The first photo of the first row that is fully in sight. */
  readonly firstInSight: () => number
}

export function useGridScroll(
  scroller: HTMLElement | null,
  content: GridContent,
  viewportPx: number,
): GridScroll {
  const { layout } = content
  const [view, setView] = useState<GridView>({ firstRow: 0, endRow: 0, originPx: 0 })
  const place = useRef<ScrollPlace>({ topPx: 0, scrollTopPx: 0 })
  const shown = useRef(content)
  const space = useMemo(() => scrollSpace(layout.contentHeightPx, viewportPx), [layout, viewportPx])

  const goTo = useCallback(
    (next: ScrollPlace) => {
      place.current = next
      if (scroller !== null && Math.abs(scroller.scrollTop - next.scrollTopPx) >= 1) {
        scroller.scrollTop = next.scrollTopPx
      }
      const marginPx = viewportPx * overscan
      const rows = rowsBetween(layout, next.topPx - marginPx, next.topPx + viewportPx + marginPx)
      const originPx = next.topPx - next.scrollTopPx
      setView((before) =>
        before.firstRow === rows.firstRow &&
        before.endRow === rows.endRow &&
        before.originPx === originPx
          ? before
          : { ...rows, originPx },
      )
    },
    [scroller, layout, viewportPx],
  )

  useLayoutEffect(() => {
    const topPx = topAfterChange(shown.current, content, place.current.topPx)
    shown.current = content
    goTo(placeAt(space, topPx))
  }, [content, space, goTo])

  const onScroll = useCallback(() => {
    if (scroller !== null) goTo(afterScroll(space, place.current, scroller.scrollTop))
  }, [scroller, space, goTo])

  const onScrollEnd = useCallback(() => {
    if (space.trackPx < space.contentPx) goTo(placeAt(space, place.current.topPx))
  }, [space, goTo])

  const bringIntoSight = useCallback(
    (index: number) => {
      const row = rowOfPhoto(layout, index)
      const rowTopPx = layout.rowTopsPx[row] ?? 0
      const lowestTopPx = rowTopPx + (layout.rowHeightsPx[row] ?? 0) - viewportPx
      const topPx = Math.min(rowTopPx, Math.max(lowestTopPx, place.current.topPx))
      if (topPx !== place.current.topPx) goTo(placeAt(space, topPx))
    },
    [layout, space, viewportPx, goTo],
  )

  const firstInSight = useCallback(() => {
    const row = rowsBetween(layout, place.current.topPx, place.current.topPx).firstRow
    const cut = (layout.rowTopsPx[row] ?? 0) < place.current.topPx
    return layout.rowStarts[cut ? Math.min(row + 1, layout.rowCount - 1) : row] ?? 0
  }, [layout])

  return { view, trackPx: space.trackPx, onScroll, onScrollEnd, bringIntoSight, firstInSight }
}
