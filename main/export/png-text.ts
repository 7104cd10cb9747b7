// Notes inside a PNG file: iTXt chunks (https://www.w3.org/TR/png-3/#11iTXt).
import { crc32 } from 'node:zlib'

const signatureBytes = 8
const headerChunkBytes = 25

/**
 * Adds notes right after the image header.
 *
 * @param notes by keyword (Latin-1, at most 79 characters), as UTF-8 text
 * @throws Error when the bytes are no PNG file
 */
export function withNotes(png: Uint8Array, notes: Readonly<Record<string, string>>): Uint8Array {
  const file = Buffer.from(png.buffer, png.byteOffset, png.byteLength)
  if (file.length < signatureBytes + headerChunkBytes || file.toString('latin1', 1, 4) !== 'PNG') {
    throw new Error('Expected a PNG file but received something else')
  }
  const split = signatureBytes + headerChunkBytes
  const chunks = Object.entries(notes).map(([keyword, text]) => noteChunk(keyword, text))
  return Buffer.concat([file.subarray(0, split), ...chunks, file.subarray(split)])
}

function noteChunk(keyword: string, text: string): Buffer {
  const data = Buffer.concat([
    Buffer.from('iTXt', 'latin1'),
    Buffer.from(keyword.slice(0, 79), 'latin1'),
    // End of the keyword, no compression, no language, no translated keyword.
    Buffer.from([0, 0, 0, 0, 0]),
    Buffer.from(text, 'utf8'),
  ])
  const chunk = Buffer.alloc(data.length + 8)
  chunk.writeUInt32BE(data.length - 4, 0)
  data.copy(chunk, 4)
  chunk.writeUInt32BE(crc32(data), data.length + 4)
  return chunk
}
