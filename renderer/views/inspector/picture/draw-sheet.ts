// Draws all maps of a layer, numbered, on one picture.
import { colourMap } from '../../../scene/canvas-map-painter.ts'
import { colourTable } from '../../../scene/colour-maps.ts'
import type { SheetContent } from '../../../scene/map-sheet.ts'
import { contextOf, pictureOf } from './draw-crop.ts'

const mostSidePx = 8192
const leastMapPx = 64
const gapPx = 4
const captionPx = 14

/** How large each map is drawn: whole multiples of its size, as large as the picture may be. */
export function sheetScale(count: number, widthPx: number, heightPx: number): number {
  const wanted = Math.max(1, Math.ceil(leastMapPx / Math.max(widthPx, heightPx)))
  const columns = Math.ceil(Math.sqrt(count))
  for (let scale = wanted; scale > 1; scale--) {
    const sidePx = columns * (Math.max(widthPx, heightPx) * scale + gapPx + captionPx)
    if (sidePx <= mostSidePx) return scale
  }
  return 1
}

export function drawSheet(content: SheetContent): OffscreenCanvas {
  const [first] = content.maps
  const count = content.order.length
  const scale = sheetScale(count, first.widthPx, first.heightPx)
  const [mapWidth, mapHeight] = [first.widthPx * scale, first.heightPx * scale]
  const cellWidth = mapWidth * content.maps.length + (content.maps.length - 1) * 2 + gapPx
  const cellHeight = mapHeight + captionPx + gapPx
  const columns = Math.max(1, Math.round(Math.sqrt((count * cellHeight) / cellWidth)))
  const rows = Math.ceil(count / columns)
  const canvas = new OffscreenCanvas(columns * cellWidth + gapPx, rows * cellHeight + gapPx)
  const context = contextOf(canvas)
  context.fillStyle = '#0a0a0a'
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.imageSmoothingEnabled = content.smooth
  context.fillStyle = '#b0b0b0'
  context.font = '10px sans-serif'
  context.textBaseline = 'middle'
  const colours = colourTable(content.colours)
  for (const [index, channel] of content.order.entries()) {
    const left = gapPx + (index % columns) * cellWidth
    const top = gapPx + Math.floor(index / columns) * cellHeight
    for (const [set, maps] of content.maps.entries()) {
      const shade = content.shadeOf(set === 0 ? 0 : 1, channel)
      const picture = pictureOf(colourMap(maps, channel, shade, colours))
      context.drawImage(picture, left + set * (mapWidth + 2), top, mapWidth, mapHeight)
    }
    context.fillText(String(channel), left, top + mapHeight + captionPx / 2)
  }
  return canvas
}
