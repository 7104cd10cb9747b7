import { describe, expect, it } from 'vitest'
import { decode, loadSharp, readHeader, TooLargeError } from './decode.ts'

const sharp = loadSharp()
const sidePx = 299

/** Waves a hundred pixels long in each channel: smooth, so that every sound filter agrees. */
function smooth(widthPx: number, heightPx: number): Uint8Array {
  const pixels = new Uint8Array(widthPx * heightPx * 3)
  for (let y = 0; y < heightPx; y++) {
    for (let x = 0; x < widthPx; x++) {
      const at = (y * widthPx + x) * 3
      pixels[at] = 128 + 100 * Math.sin(x / 40)
      pixels[at + 1] = 128 + 100 * Math.cos(y / 35)
      pixels[at + 2] = 128 + 100 * Math.sin((x + 2 * y) / 60)
    }
  }
  return pixels
}

/** Each output pixel is the mean of the input area under it, of the largest centre square. */
function areaAverageOfCentre(pixels: Uint8Array, widthPx: number, heightPx: number): Float64Array {
  const side = Math.min(widthPx, heightPx)
  const [left, top] = [(widthPx - side) / 2, (heightPx - side) / 2]
  const step = side / sidePx
  const out = new Float64Array(sidePx * sidePx * 3)
  for (let y = 0; y < sidePx; y++) {
    for (let x = 0; x < sidePx; x++) {
      const [x0, x1] = [left + x * step, left + (x + 1) * step]
      const [y0, y1] = [top + y * step, top + (y + 1) * step]
      let area = 0
      const sums = [0, 0, 0]
      for (let v = Math.floor(y0); v < Math.min(Math.ceil(y1), heightPx); v++) {
        for (let u = Math.floor(x0); u < Math.min(Math.ceil(x1), widthPx); u++) {
          const covered =
            (Math.min(u + 1, x1) - Math.max(u, x0)) * (Math.min(v + 1, y1) - Math.max(v, y0))
          area += covered
          for (let c = 0; c < 3; c++) {
            sums[c] = (sums[c] ?? 0) + covered * (pixels[(v * widthPx + u) * 3 + c] ?? 0)
          }
        }
      }
      for (let c = 0; c < 3; c++) out[(y * sidePx + x) * 3 + c] = (sums[c] ?? 0) / area
    }
  }
  return out
}

const meanDifference = (a: Uint8Array, b: Float64Array): number =>
  b.reduce((sum, value, i) => sum + Math.abs(value - (a[i] ?? 0)), 0) / b.length

describe('decode', () => {
  // Tolerance: 4 of 255 levels on average. Lanczos and an area average differ on edges, not here.
  it.each([
    ['png', 600, 450],
    ['jpeg', 600, 450],
    ['png', 450, 600],
    ['jpeg', 2400, 1800],
    ['webp', 601, 449],
  ] as const)(
    'gives the pixels of an area average of the centre square (%s, %i x %i)',
    async (format, widthPx, heightPx) => {
      const pixels = smooth(widthPx, heightPx)
      const raw = { width: widthPx, height: heightPx, channels: 3 } as const
      const file = await sharp(pixels, { raw }).toFormat(format, { quality: 95 }).toBuffer()
      const header = await readHeader(sharp, file)
      expect([header.widthPx, header.heightPx]).toEqual([widthPx, heightPx])
      const decoded = await decode(sharp, file, header, sidePx, true)
      expect(decoded.pixels).toHaveLength(sidePx * sidePx * 3)
      const reference = areaAverageOfCentre(pixels, widthPx, heightPx)
      expect(meanDifference(decoded.pixels, reference)).toBeLessThanOrEqual(4)
    },
  )

  it('spreads grey to three channels and lays alpha on mid-grey', async () => {
    const grey = await sharp(new Uint8Array(320 * 320).fill(77), {
      raw: { width: 320, height: 320, channels: 1 },
    })
      .png()
      .toBuffer()
    const clear = await sharp({
      create: {
        width: 320,
        height: 320,
        channels: 4,
        background: { r: 255, g: 0, b: 0, alpha: 0 },
      },
    })
      .png()
      .toBuffer()
    for (const [file, level] of [
      [grey, 77],
      [clear, 128],
    ] as const) {
      const { pixels } = await decode(sharp, file, await readHeader(sharp, file), sidePx, true)
      expect(new Set(pixels)).toEqual(new Set([level]))
    }
  })

  it.each([
    [3000, 20],
    [20, 3000],
    [1, 1],
    [2, 700],
  ])('copes with a picture of %i x %i', async (width, height) => {
    const file = await sharp({ create: { width, height, channels: 3, background: '#204060' } })
      .png()
      .toBuffer()
    const header = await readHeader(sharp, file)
    const { pixels, picture } = await decode(sharp, file, header, sidePx, true)
    expect([...pixels.subarray(0, 3)]).toEqual([0x20, 0x40, 0x60])
    expect(pixels).toHaveLength(sidePx * sidePx * 3)
    expect(picture.dominantColour).toBe('#204060')
    const thumbnail = await sharp(picture.thumbnail).metadata()
    expect(thumbnail.width).toBeLessThanOrEqual(512)
    expect(thumbnail.height).toBeLessThanOrEqual(256)
  })
})

describe('readHeader', () => {
  it('refuses what would need more than a gibibyte, without decoding it', async () => {
    const head = Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" width="30000" height="30000"/>`,
    )
    await expect(readHeader(sharp, head)).rejects.toThrow(TooLargeError)
  })
})
