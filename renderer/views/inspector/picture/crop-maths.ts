// Where things lie: from a layer's map to the network's input, and from there to the photo.
import type { InspectedPhoto, LayerInfo } from '../../../../preload/contract/inspector.ts'

export interface Box {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

type Crop = InspectedPhoto['crop']
type ReceptiveField = NonNullable<LayerInfo['receptiveField']>

interface MapShape {
  readonly widthPx: number
  readonly heightPx: number
  readonly receptiveField: LayerInfo['receptiveField']
}

const clamp = (value: number, low: number, high: number): number =>
  Math.min(high, Math.max(low, value))

/** The crop as shares of the upright photo, 0..1. */
export function cropShares(photo: {
  readonly widthPx: number
  readonly heightPx: number
  readonly crop: Crop
}): Box {
  const { crop, widthPx, heightPx } = photo
  return {
    left: crop.leftPx / widthPx,
    top: crop.topPx / heightPx,
    width: crop.sidePx / widthPx,
    height: crop.sidePx / heightPx,
  }
}

/** Where a whole photo lies when its crop fills a square of side 1. */
export function photoAroundCrop(photo: {
  readonly widthPx: number
  readonly heightPx: number
  readonly crop: Crop
}): Box {
  const { crop, widthPx, heightPx } = photo
  return {
    left: -crop.leftPx / crop.sidePx,
    top: -crop.topPx / crop.sidePx,
    width: widthPx / crop.sidePx,
    height: heightPx / crop.sidePx,
  }
}

/**
 * The part of the network's input, in its pixels, that a map covers when each value is drawn where
 * the middle of its window lies. A layer that sees all, or has one value, covers everything.
 */
export function mapExtent(map: MapShape, inputSizePx: number): Box {
  const field = map.receptiveField
  if (field === null || (map.widthPx === 1 && map.heightPx === 1)) {
    return { left: 0, top: 0, width: inputSizePx, height: inputSizePx }
  }
  const start = field.startPx + field.sizePx / 2 - field.stridePx / 2
  return {
    left: start,
    top: start,
    width: field.stridePx * map.widthPx,
    height: field.stridePx * map.heightPx,
  }
}

/** A box of the input as shares of it. */
export const sharesOf = (box: Box, inputSizePx: number): Box => ({
  left: box.left / inputSizePx,
  top: box.top / inputSizePx,
  width: box.width / inputSizePx,
  height: box.height / inputSizePx,
})

export interface Cell {
  readonly x: number
  readonly y: number
}

/** The value of a map that is drawn at a place of the input; the nearest one outside the map. */
export function cellAt(
  map: MapShape,
  inputSizePx: number,
  place: { readonly x: number; readonly y: number },
): Cell {
  const extent = mapExtent(map, inputSizePx)
  const along = (at: number, start: number, size: number, count: number): number =>
    clamp(Math.floor(((at - start) / size) * count), 0, count - 1)
  return {
    x: along(place.x, extent.left, extent.width, map.widthPx),
    y: along(place.y, extent.top, extent.height, map.heightPx),
  }
}

/** Where a value of a map is drawn, in pixels of the input. */
export function cellBox(map: MapShape, inputSizePx: number, { x, y }: Cell): Box {
  const extent = mapExtent(map, inputSizePx)
  const width = extent.width / map.widthPx
  const height = extent.height / map.heightPx
  return { left: extent.left + x * width, top: extent.top + y * height, width, height }
}

/** What a value of a map sees of the input, cut at its edges. */
export function fieldBox(field: ReceptiveField | null, inputSizePx: number, { x, y }: Cell): Box {
  if (field === null) return { left: 0, top: 0, width: inputSizePx, height: inputSizePx }
  const along = (at: number): readonly [number, number] => {
    const start = field.startPx + at * field.stridePx
    const from = clamp(start, 0, inputSizePx)
    return [from, clamp(start + field.sizePx, 0, inputSizePx) - from]
  }
  const [left, width] = along(x)
  const [top, height] = along(y)
  return { left, top, width, height }
}

/** Steps from a value of a map with the arrow keys; null for any other key. */
export function cellAfterKey(
  map: { readonly widthPx: number; readonly heightPx: number },
  { x, y }: Cell,
  key: string,
  step: number,
): Cell | null {
  const moves: Readonly<Record<string, readonly [number, number]>> = {
    ArrowLeft: [-1, 0],
    ArrowRight: [1, 0],
    ArrowUp: [0, -1],
    ArrowDown: [0, 1],
  }
  const move = moves[key]
  if (move === undefined) return null
  return {
    x: clamp(x + move[0] * step, 0, map.widthPx - 1),
    y: clamp(y + move[1] * step, 0, map.heightPx - 1),
  }
}
