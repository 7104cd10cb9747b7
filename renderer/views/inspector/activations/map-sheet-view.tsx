// Joins the sheet of maps to React: one element that is scrolled, pointed at and walked by key.
import './map-sheet-view.css'
import { type KeyboardEvent, useEffect, useId, useLayoutEffect, useRef, useState } from 'react'
import { MapSheet, type SheetContent } from '../../../scene/map-sheet.ts'
import { useLatent } from '../../../use-latent.ts'

interface MapSheetViewProps {
  /** What the sheet shows, for assistive technology. */
  readonly name: string
  readonly content: SheetContent
  readonly chosen: number
  /** "Channel 17, strongest 3.2": what the chosen one is called. */
  readonly chosenName: string
  readonly onChoose: (channel: number) => void
  /** A second click, or Enter. */
  readonly onOpen: (channel: number) => void
  readonly onHover: (channel: number | null) => void
}

export function MapSheetView(props: MapSheetViewProps) {
  const { name, content, chosen, chosenName, onChoose, onOpen, onHover } = props
  const scroller = useRef<HTMLDivElement>(null)
  const track = useRef<HTMLDivElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  const marks = useRef<HTMLCanvasElement>(null)
  const chosenId = useId()
  const [sheet, setSheet] = useState<MapSheet | null>(null)
  const hover = useRef(onHover)
  useEffect(() => {
    hover.current = onHover
  }, [onHover])

  useLayoutEffect(() => {
    if (!scroller.current || !track.current || !canvas.current || !marks.current) return
    const elements = {
      scroller: scroller.current,
      track: track.current,
      canvas: canvas.current,
      marks: marks.current,
    }
    const made = new MapSheet(elements, (channel) => hover.current(channel))
    setSheet(made)
    return () => made.dispose()
  }, [])

  const theme = useLatent((state) => state.settings.theme)
  // biome-ignore lint/correctness/useExhaustiveDependencies: outlines are painted in the theme's colours
  useLayoutEffect(() => sheet?.setContent(content), [sheet, content, theme])
  useLayoutEffect(() => sheet?.setChosen(chosen), [sheet, chosen])

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (event.key === 'Enter' || event.key === ' ') onOpen(chosen)
    else {
      const channel = sheet?.channelAfterKey(event.key) ?? null
      if (channel === null) return
      onChoose(channel)
    }
    event.preventDefault()
  }
  const position = content.order.indexOf(chosen)
  return (
    <div
      ref={scroller}
      className="map-sheet"
      role="listbox"
      aria-label={name}
      aria-activedescendant={position < 0 ? undefined : chosenId}
      data-painter={sheet?.kind}
      tabIndex={0}
      onKeyDown={onKeyDown}
      onClick={(event) => {
        const channel = sheet?.channelAt(event.nativeEvent) ?? null
        if (channel !== null) onChoose(channel)
      }}
      onDoubleClick={(event) => {
        const channel = sheet?.channelAt(event.nativeEvent) ?? null
        if (channel !== null) onOpen(channel)
      }}
    >
      <div ref={track} className="map-sheet-track" role="presentation">
        <div className="map-sheet-stage" role="presentation">
          <canvas ref={canvas} />
          <canvas ref={marks} />
        </div>
        {position >= 0 && (
          // biome-ignore lint/a11y/useFocusableInteractive: the list keeps the focus and points here
          <div
            id={chosenId}
            className="for-readers"
            role="option"
            aria-selected="true"
            aria-setsize={content.order.length}
            aria-posinset={position + 1}
          >
            {chosenName}
          </div>
        )}
      </div>
    </div>
  )
}
