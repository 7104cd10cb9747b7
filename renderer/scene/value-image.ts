// Float values as coloured pixels, enlarged before they are coloured so that edges stay true.
import type { ColourTable } from './colour-maps.ts'
import type { ValueRange } from './map-scale.ts'

export interface ValueGrid {
  readonly values: Float32Array
  readonly widthPx: number
  readonly heightPx: number
}

/** Bilinear; values lie in the middle of their squares, and the edges repeat. */
export function resampled(grid: ValueGrid, widthPx: number, heightPx: number): Float32Array {
  const { values, widthPx: fromWidth, heightPx: fromHeight } = grid
  const out = new Float32Array(widthPx * heightPx)
  const read = (x: number, y: number): number => {
    const insideX = Math.min(fromWidth - 1, Math.max(0, x))
    const insideY = Math.min(fromHeight - 1, Math.max(0, y))
    return values[insideY * fromWidth + insideX] ?? 0
  }
  for (let y = 0; y < heightPx; y++) {
    const sourceY = ((y + 0.5) * fromHeight) / heightPx - 0.5
    const top = Math.floor(sourceY)
    const shareY = sourceY - top
    for (let x = 0; x < widthPx; x++) {
      const sourceX = ((x + 0.5) * fromWidth) / widthPx - 0.5
      const left = Math.floor(sourceX)
      const shareX = sourceX - left
      const upper = read(left, top) * (1 - shareX) + read(left + 1, top) * shareX
      const lower = read(left, top + 1) * (1 - shareX) + read(left + 1, top + 1) * shareX
      out[y * widthPx + x] = upper * (1 - shareY) + lower * shareY
    }
  }
  return out
}

export function rangeOf(values: Float32Array): ValueRange {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const value of values) {
    if (value < low) low = value
    if (value > high) high = value
  }
  return values.length === 0 ? { low: 0, high: 0 } : { low, high }
}

export function valueImage(
  values: Float32Array,
  widthPx: number,
  { low, high }: ValueRange,
  colours: ColourTable,
): ImageData {
  const image = new ImageData(widthPx, values.length / widthPx)
  const entries = new Uint32Array(colours.buffer)
  const pixels = new Uint32Array(image.data.buffer)
  const scale = high > low ? 255 / (high - low) : 0
  for (const [at, value] of values.entries()) {
    const entry = Math.round((value - low) * scale)
    pixels[at] = entries[Math.min(255, Math.max(0, entry))] ?? 0
  }
  return image
}

/** Lets the photo through where a map says little: the further from `rest`, the more opaque. */
export function fadedAtRest(image: ImageData, shades: Float32Array, rest: number): ImageData {
  const reach = Math.max(rest, 1 - rest)
  for (const [at, shade] of shades.entries()) {
    const strength = Math.min(1, Math.abs(shade - rest) / reach)
    image.data[at * 4 + 3] = 255 * (leastOpacity + (1 - leastOpacity) * Math.sqrt(strength))
  }
  return image
}

const leastOpacity = 0.3
