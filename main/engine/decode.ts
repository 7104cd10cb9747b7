// Turns image files into what the network and the window need. The only importer of sharp.
import { createRequire, Module } from 'node:module'
import type SharpModule from 'sharp'
import { type ExifFacts, readExif } from './exif.ts'
import type { Picture, Raster } from './protocol.ts'

/** Thumbnails: fixed height, and a bound on the width for panoramas. */
const thumbnailHeightPx = 256
const thumbnailMaxWidthPx = 512
const tileSidePx = 32
/** Longer strips are cropped to it, or scaling their short side would make them enormous. */
const greatestAspect = 4

/**
 * Most bytes that an image may have once decoded (width x height x channels x bytes a sample).
 * 1 GiB is 357 megapixels of 8-bit RGB.
 */
export const decodedBytesBudget = 2 ** 30

/** The header promises more than the budget. */
export class TooLargeError extends Error {}

export interface Header extends ExifFacts {
  /** Upright size. */
  readonly widthPx: number
  readonly heightPx: number
  readonly orientation: number
}

export interface Decoded {
  /** sRGB, NHWC without N: [inputSizePx, inputSizePx, 3]. */
  readonly pixels: Uint8Array
  readonly picture: Picture
}

/**
 * Loads sharp. On Linux its native build binds to the GLib that Electron exposes and leaks or
 * crashes (https://github.com/lovell/sharp/issues/4522), so there the WebAssembly build is used.
 */
export function loadSharp(): typeof SharpModule {
  if (process.platform === 'linux') hideNativeSharp()
  // Through require: the ES module makes Node warn of its JSON import in every thread.
  const sharp = createRequire(import.meta.url)('sharp') as typeof SharpModule
  sharp.concurrency(1)
  sharp.cache(false)
  return sharp
}

/** Makes sharp's attempt to load its native Linux build fail, so that it goes on to the next. */
function hideNativeSharp(): void {
  const internals = Module as unknown as {
    _resolveFilename: (request: string, ...rest: unknown[]) => string
  }
  const resolve = internals._resolveFilename
  internals._resolveFilename = (request, ...rest) => {
    if (request.startsWith('@img/sharp-linux'))
      throw new Error('Native sharp is unsafe in Electron')
    return resolve.call(Module, request, ...rest)
  }
}

/**
 * Reads an image's header without decoding pixels.
 *
 * @throws TooLargeError when the decoded image would exceed {@link decodedBytesBudget}
 * @throws Error from libvips when the header cannot be read
 */
export async function readHeader(sharp: typeof SharpModule, file: Uint8Array): Promise<Header> {
  const metadata = await sharp(file, { limitInputPixels: false, failOn: 'none' }).metadata()
  const { width = 0, height = 0, channels = 3, depth = 'uchar', orientation = 1 } = metadata
  const bytesPerSample = sampleBytes[depth] ?? 8
  if (width * height * channels * bytesPerSample > decodedBytesBudget) {
    const megapixels = Math.round((width * height) / 1e6).toLocaleString('en')
    throw new TooLargeError(`${width} x ${height} (${megapixels} megapixels)`)
  }
  const sideways = orientation >= 5 && orientation <= 8
  return {
    widthPx: sideways ? height : width,
    heightPx: sideways ? width : height,
    orientation: orientation >= 1 && orientation <= 8 ? orientation : 1,
    ...readExif(metadata.exif),
  }
}

const sampleBytes: Readonly<Record<string, number>> = {
  uchar: 1,
  char: 1,
  ushort: 2,
  short: 2,
  uint: 4,
  int: 4,
  float: 4,
  complex: 8,
  double: 8,
  dpcomplex: 16,
}

/**
 * Decodes an image once, with JPEG shrink-on-load, to an upright sRGB intermediate whose short side
 * is the network's input side; the input is its centre square, and thumbnail and tile come from it
 * too. Colour profiles are applied, alpha lies on mid-grey, the first frame of an animation counts.
 *
 * @param strict fail on any decoding error; otherwise take what can be read
 * @throws Error from libvips
 */
export async function decode(
  sharp: typeof SharpModule,
  file: Uint8Array,
  { widthPx, heightPx }: Header,
  inputSizePx: number,
  strict: boolean,
): Promise<Decoded> {
  const longSidePx = (longer: number, shorter: number): number =>
    Math.round(inputSizePx * Math.min(Math.max(longer / shorter, 1), greatestAspect))
  const { data, info } = await sharp(file, {
    limitInputPixels: false,
    failOn: strict ? 'error' : 'none',
  })
    .rotate()
    .resize(longSidePx(widthPx, heightPx), longSidePx(heightPx, widthPx), { fit: 'cover' })
    .flatten({ background: '#808080' })
    .toColourspace('srgb')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true })
  const raw = { width: info.width, height: info.height, channels: info.channels }
  const intermediate = () => sharp(data, { raw, limitInputPixels: false })
  const pixels = centreSquare(data, info.width, info.height, info.channels, inputSizePx)
  const thumbnail = await intermediate()
    .resize(thumbnailMaxWidthPx, thumbnailHeightPx, { fit: 'inside', withoutEnlargement: true })
    .jpeg({ quality: 82 })
    .toBuffer()
  const tile = shrunkSquare(pixels, inputSizePx, tileSidePx)
  return {
    pixels,
    picture: {
      thumbnail: new Uint8Array(thumbnail),
      tile,
      dominantColour: dominantColour(tile),
    },
  }
}

/** An upright sRGB JPEG that fits a square of `maxSidePx`. */
export async function render(
  sharp: typeof SharpModule,
  file: Uint8Array,
  maxSidePx: number,
): Promise<Uint8Array> {
  const jpeg = await sharp(file, { limitInputPixels: false, failOn: 'none' })
    .rotate()
    .resize(maxSidePx, maxSidePx, { fit: 'inside', withoutEnlargement: true })
    .flatten({ background: '#808080' })
    .toColourspace('srgb')
    .jpeg({ quality: 90 })
    .toBuffer()
  return new Uint8Array(jpeg)
}

/** A rectangle of an upright image that is wanted as a square of `sidePx`. */
export interface Crop {
  readonly leftPx: number
  readonly topPx: number
  readonly widthPx: number
  readonly heightPx: number
  readonly sidePx: number
}

/**
 * Cuts rectangles out of an image that is decoded once, no larger than the smallest of them needs.
 *
 * @returns sRGB [sidePx, sidePx, 3] of each, one after another
 * @throws Error from libvips
 */
export async function crop(
  sharp: typeof SharpModule,
  file: Uint8Array,
  { widthPx, heightPx }: Header,
  crops: readonly Crop[],
): Promise<Uint8Array> {
  const scales = crops.map((one) => one.sidePx / Math.min(one.widthPx, one.heightPx))
  const scale = Math.min(1, Math.max(...scales))
  const [width, height] = [widthPx, heightPx].map((px) => Math.max(1, Math.round(px * scale)))
  const { data, info } = await sharp(file, { limitInputPixels: false, failOn: 'none' })
    .rotate()
    .resize(width, height, { fit: 'fill' })
    .flatten({ background: '#808080' })
    .toColourspace('srgb')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true })
  const raw = { width: info.width, height: info.height, channels: info.channels }
  const cut: Uint8Array[] = []
  for (const { leftPx, topPx, widthPx: wide, heightPx: high, sidePx } of crops) {
    const [left, across] = within(leftPx * scale, wide * scale, info.width)
    const [top, down] = within(topPx * scale, high * scale, info.height)
    const square = await sharp(data, { raw, limitInputPixels: false })
      .extract({ left, top, width: across, height: down })
      .resize(sidePx, sidePx, { fit: 'fill' })
      .toColourspace('srgb')
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true })
    cut.push(centreSquare(square.data, sidePx, sidePx, square.info.channels, sidePx))
  }
  return new Uint8Array(Buffer.concat(cut))
}

/** Whole pixels, at least one, inside `lengthPx`. */
function within(startPx: number, sizePx: number, lengthPx: number): [start: number, size: number] {
  const size = Math.min(Math.max(1, Math.round(sizePx)), lengthPx)
  return [Math.min(Math.max(0, Math.round(startPx)), lengthPx - size), size]
}

export async function encode(
  sharp: typeof SharpModule,
  { pixels, widthPx, heightPx }: Raster,
  as: 'jpeg' | 'png',
): Promise<Uint8Array> {
  const channels = pixels.length === widthPx * heightPx ? 1 : 3
  const image = sharp(pixels, { raw: { width: widthPx, height: heightPx, channels } })
  return new Uint8Array(await (as === 'png' ? image.png() : image.jpeg({ quality: 90 })).toBuffer())
}

/** Copies the middle out of an interleaved image of 1 or 3 channels; grey is spread to RGB. */
function centreSquare(
  data: Uint8Array,
  widthPx: number,
  heightPx: number,
  channels: number,
  sidePx: number,
): Uint8Array {
  const left = Math.floor((widthPx - sidePx) / 2)
  const top = Math.floor((heightPx - sidePx) / 2)
  const pixels = new Uint8Array(sidePx * sidePx * 3)
  for (let y = 0; y < sidePx; y++) {
    const start = ((top + y) * widthPx + left) * channels
    const row = data.subarray(start, start + sidePx * channels)
    if (channels === 3) {
      pixels.set(row, y * sidePx * 3)
    } else {
      for (let x = 0; x < sidePx; x++)
        pixels.fill(row[x * channels] ?? 0, (y * sidePx + x) * 3, (y * sidePx + x + 1) * 3)
    }
  }
  return pixels
}

/**
 * Averages a square RGB image down to a smaller one, each pixel over the box it covers.
 *
 * @param pixels [sidePx, sidePx, 3]
 * @returns [targetPx, targetPx, 3]
 */
export function shrunkSquare(pixels: Uint8Array, sidePx: number, targetPx: number): Uint8Array {
  const out = new Uint8Array(targetPx * targetPx * 3)
  const edge = (i: number): number => Math.floor((i * sidePx) / targetPx)
  for (let y = 0; y < targetPx; y++) {
    for (let x = 0; x < targetPx; x++) {
      const [top, bottom] = [edge(y), Math.max(edge(y + 1), edge(y) + 1)]
      const [left, right] = [edge(x), Math.max(edge(x + 1), edge(x) + 1)]
      let [r, g, b] = [0, 0, 0]
      for (let sy = top; sy < bottom; sy++) {
        for (let at = (sy * sidePx + left) * 3; at < (sy * sidePx + right) * 3; at += 3) {
          r += pixels[at] ?? 0
          g += pixels[at + 1] ?? 0
          b += pixels[at + 2] ?? 0
        }
      }
      const area = (bottom - top) * (right - left)
      out.set([r / area, g / area, b / area], (y * targetPx + x) * 3)
    }
  }
  return out
}

/** The fullest cell of a 4x4x4 RGB histogram of the tile, as its members' mean colour. */
function dominantColour(tile: Uint8Array): string {
  const sums = new Float64Array(64 * 4)
  for (let i = 0; i + 2 < tile.byteLength; i += 3) {
    const [r = 0, g = 0, b = 0] = [tile[i], tile[i + 1], tile[i + 2]]
    const cell = ((r >> 6) * 16 + (g >> 6) * 4 + (b >> 6)) * 4
    sums[cell] = (sums[cell] ?? 0) + r
    sums[cell + 1] = (sums[cell + 1] ?? 0) + g
    sums[cell + 2] = (sums[cell + 2] ?? 0) + b
    sums[cell + 3] = (sums[cell + 3] ?? 0) + 1
  }
  let best = 0
  for (let cell = 4; cell < sums.length; cell += 4) {
    if ((sums[cell + 3] ?? 0) > (sums[best + 3] ?? 0)) best = cell
  }
  const hex = (offset: number): string =>
    Math.round((sums[best + offset] ?? 0) / (sums[best + 3] || 1))
      .toString(16)
      .padStart(2, '0')
  return `#${hex(0)}${hex(1)}${hex(2)}`
}
