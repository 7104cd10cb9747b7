import { describe, expect, it } from 'vitest'
import { formatOfContent, formatOfName } from './image-format.ts'

/** Pads to 32 bytes, as if a file went on. */
const head = (...parts: readonly (string | number)[]): Uint8Array => {
  const bytes = parts.flatMap((part) =>
    typeof part === 'number' ? [part] : Array.from(part, (c) => c.charCodeAt(0)),
  )
  return Uint8Array.from({ length: Math.max(32, bytes.length) }, (_, i) => bytes[i] ?? 0)
}

/** An ISO base media file's first box. */
const ftyp = (major: string, ...compatible: readonly string[]): Uint8Array =>
  head(0, 0, 0, 16 + compatible.length * 4, 'ftyp', major, 0, 0, 0, 0, ...compatible)

describe('formatOfContent', () => {
  it.each<[string, Uint8Array, string]>([
    ['JPEG', head(0xff, 0xd8, 0xff, 0xe0), 'jpeg'],
    ['JPEG', head(0xff, 0xd8, 0xff, 0xdb), 'jpeg'],
    ['PNG', head(0x89, 'PNG\r\n', 0x1a, '\n'), 'png'],
    ['GIF', head('GIF87a'), 'gif'],
    ['GIF', head('GIF89a'), 'gif'],
    ['WebP', head('RIFF', 1, 2, 3, 4, 'WEBPVP8 '), 'webp'],
    ['TIFF', head('II', 0x2a, 0, 8, 0, 0, 0), 'tiff'],
    ['TIFF', head('MM', 0, 0x2a, 0, 0, 0, 8), 'tiff'],
    ['TIFF', head('II', 0x2b, 0, 8, 0, 0, 0), 'tiff'],
    ['TIFF', head('MM', 0, 0x2b, 0, 8, 0, 0), 'tiff'],
    ['AVIF', ftyp('avif', 'mif1', 'miaf'), 'avif'],
    ['AVIF', ftyp('avis', 'msf1'), 'avif'],
    ['AVIF', ftyp('mif1', 'avif'), 'avif'],
  ])('takes %s for what can be decoded (%#)', (name, bytes, decodable) => {
    expect(formatOfContent(bytes, 'anything')).toEqual({ name, decodable })
  })

  it.each<[string, Uint8Array]>([
    ['HEIC', ftyp('heic', 'mif1', 'heic')],
    ['HEIC', ftyp('heix')],
    ['HEIC', ftyp('hevc', 'msf1')],
    ['HEIC', ftyp('hevx')],
    ['HEIC', ftyp('heim')],
    ['HEIC', ftyp('heis')],
    ['HEIC', ftyp('mif1')],
    ['HEIC', ftyp('msf1')],
    ['JPEG XL', head(0xff, 0x0a)],
    ['JPEG XL', head(0, 0, 0, 12, 'JXL \r\n', 0x87, '\n')],
    ['JPEG 2000', head(0, 0, 0, 12, 'jP  \r\n', 0x87, '\n')],
    ['JPEG 2000', head(0xff, 0x4f, 0xff, 0x51)],
    ['Photoshop', head('8BPS', 0, 1)],
    ['BMP', head('BM')],
    ['OpenEXR', head(0x76, 0x2f, 0x31, 0x01)],
    ['Radiance HDR', head('#?RADIANCE\n')],
    ['Camera RAW', ftyp('crx ', 'isom')],
    ['Camera RAW', head('II', 0x2a, 0, 16, 0, 0, 0, 'CR', 2, 0)],
    ['Camera RAW', head('FUJIFILMCCD-RAW ')],
    ['Camera RAW', head('IIU\0')],
    ['Camera RAW', head('IIRO')],
    ['Camera RAW', head('IIRS')],
    ['Camera RAW', head('FOVb')],
    ['Camera RAW', head('\0MRM')],
    ['Camera RAW', head('II', 0x1a, 0, 0, 0, 'HEAPCCDR')],
  ])('knows %s, which it cannot decode (%#)', (name, bytes) => {
    expect(formatOfContent(bytes, 'anything')).toEqual({ name, decodable: undefined })
  })

  it('takes a TIFF for camera RAW by its extension, whatever its case', () => {
    const tiff = head('II', 0x2a, 0, 8, 0, 0, 0)
    for (const name of ['a.dng', 'a.NEF', 'a.b.ARW', 'a.cr2', 'a.pef']) {
      expect(formatOfContent(tiff, name)?.name).toBe('Camera RAW')
    }
    expect(formatOfContent(tiff, 'a.tif')?.name).toBe('TIFF')
    expect(formatOfContent(tiff, 'dng')?.name).toBe('TIFF')
  })

  it('believes the content where the extension says something else', () => {
    expect(formatOfContent(head(0xff, 0xd8, 0xff), 'a.png')?.decodable).toBe('jpeg')
    expect(formatOfContent(head(0x89, 'PNG'), 'a.jpg')?.decodable).toBe('png')
    expect(formatOfContent(head(0xff, 0xd8, 0xff), 'a.nef')?.decodable).toBe('jpeg')
    expect(formatOfContent(ftyp('heic'), 'a.jpg')?.name).toBe('HEIC')
  })

  it('takes nothing else for an image, not even by its name', () => {
    for (const bytes of [
      head('%PDF-1.7'),
      head('RIFF', 0, 0, 0, 0, 'WAVE'),
      head('PK', 3, 4),
      ftyp('isom', 'mp42'),
      ftyp('qt  '),
      head('BM').subarray(0, 20),
      new Uint8Array(),
      Uint8Array.of(0xff),
    ]) {
      expect(formatOfContent(bytes, 'a.jpg')).toBeUndefined()
    }
  })

  it('looks for brands inside the first box only', () => {
    const bytes = head(0, 0, 0, 16, 'ftyp', 'isom', 0, 0, 0, 0, 'avif')
    expect(formatOfContent(bytes, 'a')).toBeUndefined()
  })
})

describe('formatOfName', () => {
  it('goes by the last extension, case aside', () => {
    expect(formatOfName('IMG_1.JPG')?.decodable).toBe('jpeg')
    expect(formatOfName('a.txt.tiff')?.decodable).toBe('tiff')
    expect(formatOfName('a.HIF')?.name).toBe('HEIC')
    expect(formatOfName('a.raf')?.name).toBe('Camera RAW')
  })

  it('says nothing about other names', () => {
    for (const name of ['jpg', 'a.jpg.txt', 'a.', '', 'a.mp4', 'a.constructor']) {
      expect(formatOfName(name)).toBeUndefined()
    }
  })
})
