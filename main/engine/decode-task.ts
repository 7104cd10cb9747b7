// What a decoder thread does with one file: read, recognise, check, decode, and say what went wrong.
import { createHash } from 'node:crypto'
import { constants } from 'node:fs'
import { open } from 'node:fs/promises'
import type SharpModule from 'sharp'
import {
  type Crop,
  crop,
  decode,
  type Header,
  readHeader,
  render,
  TooLargeError,
} from './decode.ts'
import { formatOfContent, formatOfName, type ImageFormat, sniffedBytes } from './image-format.ts'
import { forDisplay, forFs } from './os-path.ts'
import {
  type Analysis,
  type FileFacts,
  type ImageSource,
  type Picture,
  type Raster,
  unknownFacts,
} from './protocol.ts'

export type DecodeTask =
  | { readonly kind: 'analyse'; readonly source: ImageSource; readonly inputSizePx: number }
  | { readonly kind: 'render'; readonly source: ImageSource; readonly maxSidePx: number }
  | { readonly kind: 'crop'; readonly source: ImageSource; readonly crops: readonly Crop[] }
  | { readonly kind: 'encode'; readonly as: 'jpeg' | 'png'; readonly raster: Raster }

/** Pixels are there exactly when the status is `ok` or `damaged`. */
export interface DecodeOutcome {
  readonly status: Analysis['status']
  readonly reason: string
  readonly facts: FileFacts
  readonly picture: Picture | undefined
  /** sRGB uint8 [inputSizePx, inputSizePx, 3]. */
  readonly pixels: Uint8Array | undefined
  readonly decodeMs: number
}

/** Larger files are no photos; reading one would fill the memory of a decoder thread. */
const fileBytesBudget = 2 ** 30
/** The quick hash covers this much at head, middle and tail. */
const hashedPieceBytes = 2 ** 16

interface OpenedFile {
  readonly name: string
  readonly bytes: Uint8Array
  readonly modifiedAtMs: number
}

/** Never throws for anything that is the file's fault. */
export async function analyseFile(
  sharp: typeof SharpModule,
  source: ImageSource,
  inputSizePx: number,
): Promise<DecodeOutcome> {
  const start = performance.now()
  let facts = unknownFacts
  const finish = (
    status: Analysis['status'],
    reason: string,
    decoded?: { pixels: Uint8Array; picture: Picture },
  ): DecodeOutcome => ({
    status,
    reason,
    facts,
    picture: decoded?.picture,
    pixels: decoded?.pixels,
    decodeMs: performance.now() - start,
  })
  let file: OpenedFile
  try {
    file = await openSource(source)
  } catch (error) {
    const refused = error instanceof TooLargeError
    return finish(refused ? 'refused' : 'unreadable', refused ? error.message : openReason(error))
  }
  const { name, bytes, modifiedAtMs } = file
  const format = formatOfContent(bytes.subarray(0, sniffedBytes), name)
  facts = {
    ...facts,
    format: format?.name ?? '',
    sizeBytes: bytes.byteLength,
    modifiedAtMs,
    quickHash: quickHash(bytes),
  }
  if (bytes.byteLength === 0) return finish('unreadable', 'The file is empty.')
  if (format === undefined) return finish(...unknownContent(name))
  if (format.decodable === undefined) {
    return finish('unsupported', `Latent cannot read ${format.name} files yet.`)
  }
  let header: Header
  try {
    header = await readHeader(sharp, bytes)
  } catch (error) {
    if (error instanceof TooLargeError) {
      return finish('refused', `The image would need too much memory: ${error.message}.`)
    }
    return finish('unreadable', `The ${format.name} header is broken${detail(error)}.`)
  }
  facts = { ...facts, ...header }
  try {
    return finish('ok', '', await decode(sharp, bytes, header, inputSizePx, true))
  } catch (strictError) {
    try {
      const decoded = await decode(sharp, bytes, header, inputSizePx, false)
      return finish(
        'damaged',
        `Only part of the image could be read${detail(strictError)}.`,
        decoded,
      )
    } catch (error) {
      return finish('unreadable', `The ${format.name} data is broken${detail(error)}.`)
    }
  }
}

/** @throws Error with a sentence for a person. */
export async function renderFile(
  sharp: typeof SharpModule,
  source: ImageSource,
  maxSidePx: number,
): Promise<Uint8Array> {
  const { bytes } = await openSource(source)
  await readHeader(sharp, bytes)
  return render(sharp, bytes, maxSidePx)
}

/** @returns see {@link crop} @throws Error with a sentence for a person. */
export async function cropFile(
  sharp: typeof SharpModule,
  source: ImageSource,
  crops: readonly Crop[],
): Promise<Uint8Array> {
  const { bytes } = await openSource(source)
  return crop(sharp, bytes, await readHeader(sharp, bytes), crops)
}

/** Reads a regular file whole; a device or pipe is refused, since reading one may never end. */
async function openSource(source: ImageSource): Promise<OpenedFile> {
  if (source.kind === 'bytes') {
    return { name: source.name, bytes: source.bytes, modifiedAtMs: 0 }
  }
  const handle = await open(forFs(source.path), constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
  try {
    const stats = await handle.stat()
    if (!stats.isFile()) throw new Error('It is not a file.')
    if (stats.size > fileBytesBudget) {
      throw new TooLargeError(`The file is larger than 1 GiB (${stats.size} bytes).`)
    }
    const bytes = await handle.readFile()
    return { name: forDisplay(source.path), bytes, modifiedAtMs: stats.mtimeMs }
  } finally {
    await handle.close()
  }
}

function openReason(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code
  if (code === 'ENOENT') return 'The file is no longer there.'
  if (code === 'EACCES' || code === 'EPERM') return 'You have no permission to read this file.'
  if (code === 'EIO') return 'The drive could not read this file.'
  return error instanceof Error ? error.message : String(error)
}

function unknownContent(name: string): ['unreadable' | 'unsupported', string] {
  const named: ImageFormat | undefined = formatOfName(name)
  return named !== undefined && named.decodable === undefined
    ? ['unsupported', `Latent cannot read ${named.name} files yet.`]
    : ['unreadable', 'The content is not an image.']
}

/** libvips repeats itself and names its own functions; a person needs the first line at most. */
function detail(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  const line = message
    .split('\n')
    .map((part) =>
      part
        .replace(
          /^(Input (file|buffer) (has corrupt header|contains unsupported image format):?|Vips\w+:|\w+:)\s*/i,
          '',
        )
        .trim(),
    )
    .find((part) => part !== '')
  return line === undefined ? '' : ` (${line.slice(0, 120)})`
}

/** Cheap identity for finding moved files: SHA-256 of size, head, middle and tail, shortened. */
export function quickHash(bytes: Uint8Array): string {
  const hash = createHash('sha256').update(String(bytes.byteLength))
  if (bytes.byteLength <= hashedPieceBytes * 3) {
    hash.update(bytes)
  } else {
    const middle = Math.floor((bytes.byteLength - hashedPieceBytes) / 2)
    hash.update(bytes.subarray(0, hashedPieceBytes))
    hash.update(bytes.subarray(middle, middle + hashedPieceBytes))
    hash.update(bytes.subarray(-hashedPieceBytes))
  }
  return hash.digest('hex').slice(0, 32)
}
