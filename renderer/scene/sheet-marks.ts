// What lies over a sheet of maps: channel numbers and the outlines of the chosen and hovered one.
import { type SheetLayout, tilePlace } from './sheet-layout.ts'

export interface SheetMarks {
  readonly layout: SheetLayout
  readonly order: Uint32Array
  readonly first: number
  readonly end: number
  readonly scrollPx: number
  readonly ratio: number
  /** Channel numbers, -1 for none. */
  readonly chosen: number
  readonly hovered: number
}

/** Numbers on smaller maps would hide them. */
const leastNumberedPx = 40

export function paintMarks(canvas: HTMLCanvasElement, marks: SheetMarks): void {
  const context = canvas.getContext('2d')
  if (context === null) return
  const { layout, order, first, end, scrollPx, ratio } = marks
  const style = getComputedStyle(canvas)
  context.setTransform(ratio, 0, 0, ratio, 0, 0)
  context.clearRect(0, 0, canvas.width, canvas.height)
  context.font = `500 10px ${style.fontFamily}`
  context.textBaseline = 'middle'
  for (let index = first; index < end; index++) {
    const channel = order[index] ?? 0
    const { leftPx, topPx } = tilePlace(layout, index)
    const y = topPx - scrollPx
    if (layout.mapPx >= leastNumberedPx) {
      const text = String(channel)
      const width = context.measureText(text).width + 6
      const plateY = y + layout.mapPx - 14
      context.fillStyle = 'rgb(0 0 0 / 62%)'
      context.fillRect(leftPx, plateY, width, 14)
      context.fillStyle = 'rgb(255 255 255 / 88%)'
      context.fillText(text, leftPx + 3, plateY + 7.5)
    }
    const outline =
      channel === marks.chosen
        ? style.getPropertyValue('--accent')
        : channel === marks.hovered
          ? style.getPropertyValue('--text')
          : null
    if (outline === null) continue
    context.strokeStyle = outline
    context.lineWidth = 2
    context.strokeRect(leftPx + 1, y + 1, layout.cellWidthPx - 2, layout.mapPx - 2)
  }
}
