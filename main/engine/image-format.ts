// Tells an image file by its first bytes and its name.

/** Formats that the decoder reads. */
export type DecodableFormat = 'jpeg' | 'png' | 'webp' | 'gif' | 'tiff' | 'avif'

export interface ImageFormat {
  /** Short name for people: "JPEG", "HEIC", "Camera RAW". */
  readonly name: string
  /** Undefined when Latent knows the format but cannot decode it. */
  readonly decodable: DecodableFormat | undefined
}

/** How many bytes {@link formatOfContent} wants to see. */
export const sniffedBytes = 64

const known = (name: string): ImageFormat => ({ name, decodable: undefined })
const decodable = (name: string, format: DecodableFormat): ImageFormat => ({
  name,
  decodable: format,
})

const raw = known('Camera RAW')
const rawExtensions = new Set(
  '3fr arw cr2 cr3 crw dcr dng erf iiq kdc mef mos mrw nef nrw orf pef raf raw rw2 rwl sr2 srf srw x3f'.split(
    ' ',
  ),
)

const byExtension: ReadonlyMap<string, ImageFormat> = new Map<string, ImageFormat>([
  ...['jpg', 'jpeg', 'jpe', 'jfif', 'mpo'].map((e) => [e, decodable('JPEG', 'jpeg')] as const),
  ['png', decodable('PNG', 'png')],
  ['apng', decodable('PNG', 'png')],
  ['webp', decodable('WebP', 'webp')],
  ['gif', decodable('GIF', 'gif')],
  ...['tif', 'tiff'].map((e) => [e, decodable('TIFF', 'tiff')] as const),
  ['avif', decodable('AVIF', 'avif')],
  ...['heic', 'heif', 'hif'].map((e) => [e, known('HEIC')] as const),
  ['jxl', known('JPEG XL')],
  ...['jp2', 'j2k', 'jpx'].map((e) => [e, known('JPEG 2000')] as const),
  ...['bmp', 'dib'].map((e) => [e, known('BMP')] as const),
  ['psd', known('Photoshop')],
  ['exr', known('OpenEXR')],
  ['hdr', known('Radiance HDR')],
  ['svg', known('SVG drawing')],
  ['ico', known('Icon')],
  ...[...rawExtensions].map((e) => [e, raw] as const),
])

const extensionOf = (name: string): string => {
  const dot = name.lastIndexOf('.')
  return dot < 0 ? '' : name.slice(dot + 1).toLowerCase()
}

/** What the file's name says it is; undefined when the name does not say image. */
export const formatOfName = (name: string): ImageFormat | undefined =>
  byExtension.get(extensionOf(name))

const ascii = (bytes: Uint8Array, start: number, end: number): string =>
  String.fromCharCode(...bytes.subarray(start, end))

const startsWith = (bytes: Uint8Array, ...values: readonly number[]): boolean =>
  values.every((value, i) => bytes[i] === value)

/**
 * What the content says the file is; undefined when it is no image that Latent has heard of.
 *
 * @param head the first {@link sniffedBytes} bytes, or all of a shorter file
 * @param name the file's name: camera RAW files are TIFF inside and told apart by extension
 */
export function formatOfContent(head: Uint8Array, name: string): ImageFormat | undefined {
  if (startsWith(head, 0xff, 0xd8, 0xff)) return decodable('JPEG', 'jpeg')
  if (startsWith(head, 0x89, 0x50, 0x4e, 0x47)) return decodable('PNG', 'png')
  const first4 = ascii(head, 0, 4)
  if (first4 === 'GIF8') return decodable('GIF', 'gif')
  if (first4 === 'RIFF' && ascii(head, 8, 12) === 'WEBP') return decodable('WebP', 'webp')
  if (isTiff(head)) {
    const isRaw = rawExtensions.has(extensionOf(name)) || ascii(head, 8, 10) === 'CR'
    return isRaw ? raw : decodable('TIFF', 'tiff')
  }
  if (ascii(head, 4, 8) === 'ftyp') return formatOfBrands(head)
  if (startsWith(head, 0xff, 0x0a) || ascii(head, 4, 8) === 'JXL ') return known('JPEG XL')
  if (ascii(head, 4, 8) === 'jP  ' || startsWith(head, 0xff, 0x4f, 0xff, 0x51)) {
    return known('JPEG 2000')
  }
  if (first4 === '8BPS') return known('Photoshop')
  if (ascii(head, 0, 2) === 'BM' && head.byteLength > 26) return known('BMP')
  if (startsWith(head, 0x76, 0x2f, 0x31, 0x01)) return known('OpenEXR')
  if (ascii(head, 0, 10) === '#?RADIANCE') return known('Radiance HDR')
  return isOtherRaw(head) ? raw : undefined
}

/** Classic TIFF and BigTIFF, both byte orders. */
const isTiff = (head: Uint8Array): boolean =>
  startsWith(head, 0x49, 0x49, 0x2a, 0) ||
  startsWith(head, 0x4d, 0x4d, 0, 0x2a) ||
  startsWith(head, 0x49, 0x49, 0x2b, 0) ||
  startsWith(head, 0x4d, 0x4d, 0, 0x2b)

/** RAW formats with marks of their own: Fujifilm, Panasonic, Olympus, Sigma, Minolta, Canon. */
const isOtherRaw = (head: Uint8Array): boolean =>
  ascii(head, 0, 8) === 'FUJIFILM' ||
  ascii(head, 0, 4) === 'IIU\0' ||
  ascii(head, 0, 4) === 'IIRO' ||
  ascii(head, 0, 4) === 'IIRS' ||
  ascii(head, 0, 4) === 'FOVb' ||
  ascii(head, 0, 4) === '\0MRM' ||
  ascii(head, 6, 14) === 'HEAPCCDR'

/** ISO base media files name their kind by a major brand and compatible ones. */
function formatOfBrands(head: Uint8Array): ImageFormat | undefined {
  const size = ((head[2] ?? 0) << 8) | (head[3] ?? 0)
  const brands = new Set<string>()
  for (let at = 8; at + 4 <= Math.min(head.byteLength, Math.max(size, 16)); at += 4) {
    if (at !== 12) brands.add(ascii(head, at, at + 4))
  }
  if (brands.has('avif') || brands.has('avis')) return decodable('AVIF', 'avif')
  if (brands.has('crx ')) return raw
  const heic = ['heic', 'heix', 'hevc', 'hevx', 'heim', 'heis', 'mif1', 'msf1']
  return heic.some((brand) => brands.has(brand)) ? known('HEIC') : undefined
}
