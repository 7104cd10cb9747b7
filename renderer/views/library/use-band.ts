// Dragging over the grid draws a band that selects what it touches; Escape takes it back.
import { type PointerEvent, type RefObject, useCallback, useEffect, useRef } from 'react'
import type { ListedPhotos } from '../../state/query-slice.ts'
import type { Selection } from '../../state/selection.ts'
import { useLatentStore } from '../../use-latent.ts'
import {
  type Band,
  bandBetween,
  type ContentPlace,
  edgeScroll,
  photosInBand,
} from './band-photos.ts'
import type { JustifiedLayout } from './justified-layout.ts'

interface BandGrid {
  readonly list: ListedPhotos
  readonly layout: JustifiedLayout
  /** Subtract it from a place in the content to get one in the track. */
  readonly originPx: number
  readonly sidePx: number
}

interface Drag {
  readonly pointer: number
  readonly from: ContentPlace
  readonly startX: number
  readonly startY: number
  /** The selection before, and whether it stays. */
  readonly before: Selection
  readonly adds: boolean
  x: number
  y: number
  drawn: boolean
}

/** A press that moves no farther is a click. */
const clickPx = 5

export interface GridBand {
  readonly element: RefObject<HTMLDivElement | null>
  readonly onPointerDown: (event: PointerEvent) => void
  /** Whether the click at hand is the end of a drag; it asks for nothing more. */
  readonly endsDrag: () => boolean
}

export function useBand(scroller: HTMLElement | null, grid: BandGrid): GridBand {
  const store = useLatentStore()
  const element = useRef<HTMLDivElement>(null)
  const drag = useRef<Drag | null>(null)
  const ended = useRef(false)
  const shown = useRef(grid)
  useEffect(() => {
    shown.current = grid
  }, [grid])

  const placeOf = useCallback(
    (x: number, y: number): ContentPlace => {
      const box = scroller?.getBoundingClientRect()
      const { originPx, sidePx } = shown.current
      return {
        xPx: x - (box?.left ?? 0) - sidePx,
        yPx: y - (box?.top ?? 0) + (scroller?.scrollTop ?? 0) + originPx,
      }
    },
    [scroller],
  )

  const draw = useCallback(
    ({ from, x, y, before, adds }: Drag) => {
      const { list, layout, originPx } = shown.current
      const band = bandBetween(from, placeOf(x, y))
      showBand(element.current, band, originPx)
      const ids = photosInBand(layout, band).map((at) => list.ids[at] ?? 0)
      store.getState().selectPhotos(adds ? [...before.ids, ...ids] : ids, 'replace')
    },
    [placeOf, store],
  )

  const end = useCallback((): void => {
    drag.current = null
    if (element.current !== null) element.current.hidden = true
  }, [])

  useEffect(() => {
    if (scroller === null) return
    const listeners = new AbortController()
    const { signal } = listeners
    let frame = 0
    const follow = (): void => {
      const current = drag.current
      if (current === null) return
      const box = scroller.getBoundingClientRect()
      const byPx = edgeScroll(current.y, box.top, box.bottom)
      if (byPx !== 0) {
        scroller.scrollTop += byPx
        draw(current)
      }
      frame = requestAnimationFrame(follow)
    }
    const onMove = (event: globalThis.PointerEvent): void => {
      const current = drag.current
      if (current === null || event.pointerId !== current.pointer) return
      current.x = event.clientX
      current.y = event.clientY
      if (!current.drawn) {
        const { startX, startY } = current
        if (Math.hypot(event.clientX - startX, event.clientY - startY) < clickPx) return
        current.drawn = true
        scroller.setPointerCapture(event.pointerId)
        frame = requestAnimationFrame(follow)
      }
      draw(current)
    }
    const onUp = (): void => {
      ended.current = drag.current?.drawn ?? false
      cancelAnimationFrame(frame)
      end()
    }
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || drag.current?.drawn !== true) return
      event.preventDefault()
      event.stopPropagation()
      store.getState().restoreSelected(drag.current.before)
      cancelAnimationFrame(frame)
      end()
      // The button is still down: its click has no meaning any more.
      ended.current = true
    }
    scroller.addEventListener('pointermove', onMove, { signal })
    scroller.addEventListener('pointercancel', onUp, { signal })
    scroller.addEventListener('pointerup', () => drag.current !== null && onUp(), { signal })
    window.addEventListener('keydown', onKey, { signal, capture: true })
    return () => {
      listeners.abort()
      cancelAnimationFrame(frame)
    }
  }, [scroller, draw, end, store])

  const onPointerDown = (event: PointerEvent): void => {
    ended.current = false
    if (scroller === null || event.button !== 0 || event.pointerType === 'touch') return
    // The scrollbar is not the grid's.
    if (event.clientX >= scroller.getBoundingClientRect().left + scroller.clientWidth) return
    drag.current = {
      pointer: event.pointerId,
      from: placeOf(event.clientX, event.clientY),
      startX: event.clientX,
      startY: event.clientY,
      before: store.getState().selection,
      adds: event.shiftKey || event.ctrlKey || event.metaKey,
      x: event.clientX,
      y: event.clientY,
      drawn: false,
    }
  }

  return {
    element,
    onPointerDown,
    endsDrag: () => {
      const ends = ended.current
      ended.current = false
      return ends
    },
  }
}

/** Straight to the page: a render for every move of the hand would lag behind it. */
function showBand(element: HTMLElement | null, band: Band, originPx: number): void {
  if (element === null) return
  element.hidden = false
  element.style.translate = `${band.leftPx}px ${band.topPx - originPx}px`
  element.style.width = `${band.rightPx - band.leftPx}px`
  element.style.height = `${band.bottomPx - band.topPx}px`
}
