// A scrolling sheet of a layer's maps: paints what is in sight, when something changed.
import { type ColourMapName, colourTable } from './colour-maps.ts'
import { createMapPainter, type MapBytes, type MapPainter, type MapTile } from './map-painter.ts'
import type { ShadeOf } from './map-scale.ts'
import {
  pairGapPx,
  type SheetLayout,
  scrollToTile,
  sheetLayout,
  tileAfterKey,
  tileAt,
  tilePlace,
  tilesInSight,
} from './sheet-layout.ts'
import { paintMarks } from './sheet-marks.ts'

export interface SheetContent {
  /** One layer's maps, or the same layer's maps of two photos. */
  readonly maps: readonly [MapBytes] | readonly [MapBytes, MapBytes]
  /** Channel numbers in the order shown. */
  readonly order: Uint32Array
  readonly shadeOf: (set: 0 | 1, channel: number) => ShadeOf
  readonly colours: ColourMapName
  readonly smooth: boolean
  /** Least side of a map, in CSS pixels. */
  readonly cellPx: number
}

/** The elements that the sheet draws on; `track` is as tall as all tiles together. */
export interface SheetElements {
  readonly scroller: HTMLElement
  readonly track: HTMLElement
  readonly canvas: HTMLCanvasElement
  /** Lies over `canvas`: numbers and outlines. */
  readonly marks: HTMLCanvasElement
}

/** Pairs stand further apart than the two maps of a pair. */
const gapsPx = { 1: 3, 2: 10 } as const

export class MapSheet {
  private readonly painter: MapPainter
  private readonly listeners = new AbortController()
  private readonly resizes: ResizeObserver
  private content: SheetContent | null = null
  private layout: SheetLayout = sheetLayout({
    widthPx: 1,
    cellPx: 64,
    gapPx: gapsPx[1],
    count: 0,
    mapsPerCell: 1,
  })
  private frame = 0
  private chosen = -1
  private hovered = -1

  constructor(
    private readonly elements: SheetElements,
    private readonly onHover: (channel: number | null) => void,
  ) {
    const { scroller, canvas } = elements
    const { signal } = this.listeners
    this.painter = createMapPainter(canvas, () => this.request())
    scroller.addEventListener('scroll', () => this.request(), { signal, passive: true })
    scroller.addEventListener('pointermove', (event) => this.hover(this.channelAt(event)), {
      signal,
    })
    scroller.addEventListener('pointerleave', () => this.hover(null), { signal })
    this.resizes = new ResizeObserver(() => this.arrange())
    this.resizes.observe(scroller)
  }

  /** How the maps are drawn: with the GPU or without. */
  get kind(): MapPainter['kind'] {
    return this.painter.kind
  }

  dispose(): void {
    cancelAnimationFrame(this.frame)
    this.listeners.abort()
    this.resizes.disconnect()
    this.painter.dispose()
  }

  setContent(content: SheetContent): void {
    const another = content.order !== this.content?.order
    this.content = content
    this.painter.setMaps(0, content.maps[0])
    this.painter.setMaps(1, content.maps[1] ?? null)
    this.painter.setColours(colourTable(content.colours))
    this.painter.setSmooth(content.smooth)
    if (another) this.elements.scroller.scrollTop = 0
    this.arrange()
  }

  setChosen(channel: number): void {
    if (this.chosen === channel) return
    this.chosen = channel
    this.request()
  }

  /** The channel under the pointer, or null. */
  channelAt(event: MouseEvent): number | null {
    const bounds = this.elements.canvas.getBoundingClientRect()
    const y = event.clientY - bounds.top + this.elements.scroller.scrollTop
    const index = tileAt(this.layout, event.clientX - bounds.left, y)
    return index < 0 ? null : (this.content?.order[index] ?? null)
  }

  /** The channel that a key leads to, scrolled into sight; null when the key means nothing. */
  channelAfterKey(key: string): number | null {
    const { order } = this.content ?? { order: new Uint32Array() }
    const from = Math.max(0, order.indexOf(this.chosen))
    const next = tileAfterKey(this.layout, from, key, this.elements.scroller.clientHeight)
    const channel = next === null ? undefined : order[next]
    if (channel === undefined) return null
    this.bringIntoSight(channel)
    return channel
  }

  bringIntoSight(channel: number): void {
    const { scroller } = this.elements
    const index = this.content?.order.indexOf(channel) ?? -1
    if (index < 0) return
    const { scrollTop, clientHeight } = scroller
    scroller.scrollTop = scrollToTile(this.layout, index, scrollTop, clientHeight)
  }

  private hover(channel: number | null): void {
    if (this.hovered === (channel ?? -1)) return
    this.hovered = channel ?? -1
    this.onHover(channel)
    this.request()
  }

  private arrange(): void {
    const { content, elements } = this
    if (content === null) return
    const mapsPerCell = content.maps.length
    this.layout = sheetLayout({
      widthPx: elements.track.clientWidth,
      cellPx: content.cellPx,
      gapPx: gapsPx[mapsPerCell],
      count: content.order.length,
      mapsPerCell,
    })
    elements.track.style.height = `${this.layout.heightPx}px`
    this.request()
  }

  private request(): void {
    cancelAnimationFrame(this.frame)
    this.frame = requestAnimationFrame(() => this.paint())
  }

  private paint(): void {
    const { content, layout, painter } = this
    const { scroller, canvas, marks } = this.elements
    const ratio = window.devicePixelRatio
    const widthPx = this.elements.track.clientWidth
    const heightPx = scroller.clientHeight
    for (const element of [canvas, marks]) {
      const [width, height] = [Math.round(widthPx * ratio), Math.round(heightPx * ratio)]
      if (element.width !== width) element.width = width
      if (element.height !== height) element.height = height
      element.style.width = `${widthPx}px`
      element.style.height = `${heightPx}px`
    }
    painter.begin()
    if (content === null) return
    painter.setSmooth(content.smooth)
    const [first, end] = tilesInSight(layout, scroller.scrollTop, heightPx)
    for (const set of content.maps.length === 2 ? ([0, 1] as const) : ([0] as const)) {
      const tiles: MapTile[] = []
      for (let index = first; index < end; index++) {
        const channel = content.order[index] ?? 0
        const place = tilePlace(layout, index)
        const left = place.leftPx + set * (layout.mapPx + pairGapPx)
        tiles.push({
          ...content.shadeOf(set, channel),
          channel,
          leftPx: Math.round(left * ratio),
          topPx: Math.round((place.topPx - scroller.scrollTop) * ratio),
          widthPx: Math.round(layout.mapPx * ratio),
          heightPx: Math.round(layout.mapPx * ratio),
        })
      }
      painter.paint(set, tiles)
    }
    const { chosen, hovered } = this
    const { order } = content
    const scrollPx = scroller.scrollTop
    paintMarks(marks, { layout, order, first, end, scrollPx, ratio, chosen, hovered })
  }
}
