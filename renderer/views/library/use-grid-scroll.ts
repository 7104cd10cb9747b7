// Joins the scroller of the grid to its layout: which rows are in sight, and staying put on change.
import { useCallback, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import type { JustifiedLayout } from './justified-layout.ts'
import { rowOfPhoto, rowsBetween } from './row-search.ts'
import { topAfterChange } from './scroll-anchor.ts'
import { afterScroll, placeAt, type ScrollPlace, scrollSpace } from './scroll-space.ts'

export interface GridView {
  readonly firstRow: number
  readonly endRow: number
  /** Subtract it from a row's top to get its place inside the track. */
  readonly originPx: number
  /** The content flies by too fast to be looked at. */
  readonly flying: boolean
}

const nothingInView: GridView = { firstRow: 0, endRow: 0, originPx: 0, flying: false }

export interface GridContent {
  readonly layout: JustifiedLayout
  readonly ids: Uint32Array
  /** Another number means another question: then the grid starts from its top again. */
  readonly queryCount: number
}

/** Faster than this, pictures would be decoded only to be gone: their colours stand in for them. */
const flightPxPerMs = 5
const flightStepPx = 250
/** This long after the last fast step the flight is over. */
const landingMs = 120

/** Rows are rendered this many viewport heights beyond both edges. */
const overscan = 0.75

export interface GridScroll {
  readonly view: GridView
  readonly trackPx: number
  readonly onScroll: () => void
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
  const [view, setView] = useState<GridView>(nothingInView)
  const lastStep = useRef({ atMs: 0, topPx: 0 })
  const landing = useRef<ReturnType<typeof setTimeout>>(undefined)
  const place = useRef<ScrollPlace>({ topPx: 0, scrollTopPx: 0 })
  const shown = useRef(content)
  const space = useMemo(() => scrollSpace(layout.contentHeightPx, viewportPx), [layout, viewportPx])

  const goTo = useCallback(
    (next: ScrollPlace, flying = false) => {
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
        before.originPx === originPx &&
        before.flying === flying
          ? before
          : { ...rows, originPx, flying },
      )
    },
    [scroller, layout, viewportPx],
  )

  useLayoutEffect(() => {
    const topPx = topAfterChange(shown.current, content, place.current.topPx)
    shown.current = content
    goTo(placeAt(space, topPx))
    return () => clearTimeout(landing.current)
  }, [content, space, goTo])

  const onScroll = useCallback(() => {
    if (scroller === null || scroller.scrollTop === place.current.scrollTopPx) return
    const next = afterScroll(space, place.current, scroller.scrollTop)
    const step = { atMs: performance.now(), topPx: next.topPx }
    const movedPx = Math.abs(step.topPx - lastStep.current.topPx)
    const tookMs = step.atMs - lastStep.current.atMs
    const flying = movedPx > flightStepPx || movedPx > flightPxPerMs * tookMs
    lastStep.current = step
    clearTimeout(landing.current)
    if (flying) landing.current = setTimeout(() => goTo(place.current), landingMs)
    const { firstRow, endRow } = rowsBetween(layout, next.topPx, next.topPx + viewportPx)
    const rendered = firstRow >= view.firstRow && endRow <= view.endRow
    // React renders after the paint of a scroll; beyond what is rendered that would be a blank frame.
    if (rendered) goTo(next, flying)
    else flushSync(() => goTo(next, flying))
  }, [scroller, layout, viewportPx, view, space, goTo])

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

  return { view, trackPx: space.trackPx, onScroll, bringIntoSight, firstInSight }
}
