// Decodes a picture for a look: the square that the network sees, and where it lies on the photo.
import type { DecodePool, PoolReply } from '../engine/decode-pool.ts'
import type { FileFacts, ImageSource, Raster } from '../engine/protocol.ts'
import { CallError } from './calls.ts'
import type { Square } from './protocol.ts'

export interface DecodedPicture {
  readonly facts: FileFacts
  readonly crop: Square
  /** sRGB uint8 [inputSizePx, inputSizePx, 3]. */
  readonly pixels: Uint8Array
  readonly decodeMs: number
}

/** @throws CallError with the reason when the picture cannot be read */
export async function decodePicture(
  pool: DecodePool,
  source: ImageSource,
  inputSizePx: number,
): Promise<DecodedPicture> {
  const reply = await pool.run({ kind: 'analyse', source, inputSizePx })
  if (reply.kind !== 'analysed') throw undecoded(reply)
  const { facts, pixels, decodeMs, reason, status } = reply.outcome
  if (pixels === undefined) {
    const code = status === 'unsupported' || status === 'refused' ? status : 'unreadable'
    throw new CallError(code, reason)
  }
  return { facts, crop: centreSquare(facts), pixels, decodeMs }
}

/** An upright JPEG that fits a square of `maxSidePx`. */
export async function renderPicture(
  pool: DecodePool,
  source: ImageSource,
  maxSidePx: number,
): Promise<Uint8Array> {
  const reply = await pool.run({ kind: 'render', source, maxSidePx })
  if (reply.kind !== 'rendered') throw undecoded(reply)
  return reply.file
}

export async function pngOf(pool: DecodePool, raster: Raster): Promise<Uint8Array> {
  const reply = await pool.run({ kind: 'encode', as: 'png', raster })
  if (reply.kind !== 'rendered') throw undecoded(reply)
  return reply.file
}

/** The engine's decoder shows the network the middle of the photo. */
function centreSquare({ widthPx, heightPx }: FileFacts): Square {
  const sidePx = Math.min(widthPx, heightPx)
  return { leftPx: (widthPx - sidePx) / 2, topPx: (heightPx - sidePx) / 2, sidePx }
}

function undecoded(reply: PoolReply): CallError {
  if (reply.kind === 'timeout') return new CallError('timeout', 'Reading it took too long.')
  const reason = 'reason' in reply ? ` ${reply.reason}` : ''
  return new CallError('unreadable', `The picture could not be decoded.${reason}`)
}
