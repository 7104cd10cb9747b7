// Where on the atlas one looks: moved by wheel, drag and keys, drawn without rendering React anew.
import { type RefObject, useEffect, useRef, useState } from 'react'
import type { ActivationAtlas } from '../../../preload/contract/activation-atlas.ts'
import {
  type AtlasView,
  fitView,
  settled,
  zoomedAt,
} from '../../scene/activation-atlas/atlas-view.ts'
import type { ElementSize } from '../../ui/use-element-size.ts'

/** After that long without a move the eye rests. */
const restMs = 250
const wheelStep = 0.0016

export interface AtlasEye {
  readonly view: RefObject<AtlasView>
  /** Another one whenever the eye has come to rest. */
  readonly rested: AtlasView
  readonly zoom: (factor: number, xPx?: number, yPx?: number) => void
  readonly pan: (dxPx: number, dyPx: number) => void
  readonly lookAt: (u: number, v: number) => void
  readonly fit: () => void
}

/** @param onMove draws */
export function useAtlasView(
  canvas: RefObject<HTMLCanvasElement | null>,
  { levels }: ActivationAtlas,
  size: ElementSize,
  onMove: () => void,
): AtlasEye {
  const view = useRef<AtlasView>(fitView(size))
  const [rested, setRested] = useState(view.current)
  const timer = useRef(0)
  const wasFitted = useRef(true)

  const move = (next: AtlasView): void => {
    view.current = settled(next, size, levels)
    wasFitted.current = view.current.scalePx <= fitView(size).scalePx
    onMove()
    clearTimeout(timer.current)
    timer.current = window.setTimeout(() => setRested(view.current), restMs)
  }
  const zoom = (factor: number, xPx = size.widthPx / 2, yPx = size.heightPx / 2): void =>
    move(zoomedAt(view.current, factor, xPx, yPx, size))

  // biome-ignore lint/correctness/useExhaustiveDependencies: only another size asks for it
  useEffect(() => {
    if (size.widthPx > 0) move(wasFitted.current ? fitView(size) : view.current)
  }, [size])
  useEffect(() => () => clearTimeout(timer.current), [])

  const latestZoom = useRef(zoom)
  latestZoom.current = zoom
  useEffect(() => {
    const element = canvas.current
    if (element === null) return
    // React's own listener is passive: the page would scroll along.
    const onWheel = (event: WheelEvent): void => {
      event.preventDefault()
      const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1
      const pinch = event.ctrlKey ? 6 : 1
      latestZoom.current(
        Math.exp(-event.deltaY * lines * pinch * wheelStep),
        event.offsetX,
        event.offsetY,
      )
    }
    element.addEventListener('wheel', onWheel, { passive: false })
    return () => element.removeEventListener('wheel', onWheel)
  }, [canvas])

  return {
    view,
    rested,
    zoom,
    pan: (dxPx, dyPx) => {
      const { u, v, scalePx } = view.current
      move({ u: u - dxPx / scalePx, v: v - dyPx / scalePx, scalePx })
    },
    lookAt: (u, v) => move({ ...view.current, u, v }),
    fit: () => move(fitView(size)),
  }
}
