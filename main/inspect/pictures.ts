// Pictures of what a network computed, for files: no window, no screen.
import type { Raster } from '../engine/protocol.ts'

const gapPx = 1

/**
 * All channels of a layer in a grid, as near to a square as whole rows allow; black in between.
 *
 * @param bytes [channels, heightPx, widthPx]
 * @returns grey, one pixel a value
 */
export function channelGrid(
  bytes: Uint8Array,
  channels: number,
  heightPx: number,
  widthPx: number,
): Raster {
  const columns = Math.ceil(Math.sqrt((channels * heightPx) / widthPx))
  const rows = Math.ceil(channels / columns)
  const width = columns * (widthPx + gapPx) - gapPx
  const height = rows * (heightPx + gapPx) - gapPx
  const pixels = new Uint8Array(width * height)
  for (let channel = 0; channel < channels; channel++) {
    const left = (channel % columns) * (widthPx + gapPx)
    const top = Math.floor(channel / columns) * (heightPx + gapPx)
    for (let y = 0; y < heightPx; y++) {
      const from = (channel * heightPx + y) * widthPx
      pixels.set(bytes.subarray(from, from + widthPx), (top + y) * width + left)
    }
  }
  return { pixels, widthPx: width, heightPx: height }
}

/** Light left where a map is zero, so that the picture can still be made out. */
const shade = 0.2

/**
 * Lights a picture where a map is high and shades it where it is low, bilinear in between.
 *
 * @param pixels sRGB [sidePx, sidePx, 3]
 * @param map [heightPx, widthPx], spread over the whole picture; below zero counts as zero
 */
export function spotlit(
  pixels: Uint8Array,
  sidePx: number,
  map: { readonly values: Float32Array; readonly heightPx: number; readonly widthPx: number },
): Raster {
  const most = map.values.reduce((a, b) => Math.max(a, b), 0) || 1
  const lit = new Uint8Array(pixels.length)
  for (let y = 0; y < sidePx; y++) {
    for (let x = 0; x < sidePx; x++) {
      const strength = valueAt(map, (x + 0.5) / sidePx, (y + 0.5) / sidePx) / most
      const light = shade + (1 - shade) * Math.max(strength, 0)
      const at = (y * sidePx + x) * 3
      for (let c = at; c < at + 3; c++) lit[c] = Math.round((pixels[c] ?? 0) * light)
    }
  }
  return { pixels: lit, widthPx: sidePx, heightPx: sidePx }
}

/** @param u across, 0..1 @param v down, 0..1 */
function valueAt(
  { values, heightPx, widthPx }: Parameters<typeof spotlit>[2],
  u: number,
  v: number,
): number {
  const x = Math.min(Math.max(u * widthPx - 0.5, 0), widthPx - 1)
  const y = Math.min(Math.max(v * heightPx - 0.5, 0), heightPx - 1)
  const [left, top] = [Math.floor(x), Math.floor(y)]
  const [right, low] = [Math.min(left + 1, widthPx - 1), Math.min(top + 1, heightPx - 1)]
  const at = (column: number, row: number): number => values[row * widthPx + column] ?? 0
  const upper = at(left, top) * (1 - x + left) + at(right, top) * (x - left)
  const lower = at(left, low) * (1 - x + left) + at(right, low) * (x - left)
  return upper * (1 - y + top) + lower * (y - top)
}
