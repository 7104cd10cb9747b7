// Reads named files out of an npm tarball (.tgz), on Node's built-ins.
// Format: POSIX ustar with pax headers, https://pubs.opengroup.org/onlinepubs/9699919799/utilities/pax.html
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'

const BLOCK_BYTES = 512

/**
 * @param {string} tarball
 * @param {ReadonlyMap<string, string>} wanted entry name in the archive to file to write
 * @throws {Error} when an entry is missing or the archive is cut short
 */
export async function extractFromTarball(tarball, wanted) {
  const missing = new Set(wanted.keys())
  const gunzip = createGunzip()
  const feeding = pipeline(createReadStream(tarball), gunzip)
  const reader = blockReader(gunzip)
  try {
    for (let paxPath; missing.size > 0; ) {
      const header = await reader.read(BLOCK_BYTES)
      if (!header || header.every((byte) => byte === 0)) break
      const { name, sizeBytes, type } = parseHeader(header)
      if (type === 'x') {
        paxPath = pathInPax((await reader.read(sizeBytes))?.toString('utf8') ?? '')
      } else {
        const entry = paxPath ?? name
        const target = wanted.get(entry)
        paxPath = type === 'g' ? paxPath : undefined
        await reader.copy(sizeBytes, target)
        if (target) missing.delete(entry)
      }
      await reader.copy((BLOCK_BYTES - (sizeBytes % BLOCK_BYTES)) % BLOCK_BYTES)
    }
  } finally {
    gunzip.destroy()
    // Stopping early, once every wanted entry is out, cuts this pipeline on purpose.
    await feeding.catch(() => {})
  }
  if (missing.size > 0) {
    throw new Error(`Expected ${[...missing].join(', ')} in ${tarball} but the archive lacks it`)
  }
}

function parseHeader(header) {
  const text = (from, to) => header.toString('utf8', from, to).replace(/\0.*$/s, '')
  const prefix = text(257, 262) === 'ustar' ? text(345, 500) : ''
  return {
    name: prefix ? `${prefix}/${text(0, 100)}` : text(0, 100),
    sizeBytes: Number.parseInt(text(124, 136).trim() || '0', 8),
    type: text(156, 157) || '0',
  }
}

/** A pax header is lines of `<length> <key>=<value>\n`. */
const pathInPax = (pax) => /(?:^|\n)\d+ path=([^\n]*)\n/.exec(pax)?.[1]

/** Reads a stream by byte counts instead of by chunks. */
function blockReader(stream) {
  const chunks = stream[Symbol.asyncIterator]()
  let rest = Buffer.alloc(0)

  /** The next piece of at most `limitBytes` bytes, or undefined at the end. */
  async function next(limitBytes) {
    while (rest.length === 0) {
      const { value, done } = await chunks.next()
      if (done) return undefined
      rest = value
    }
    const piece = rest.subarray(0, limitBytes)
    rest = rest.subarray(piece.length)
    return piece
  }

  async function* pieces(sizeBytes) {
    for (let left = sizeBytes; left > 0; ) {
      const piece = await next(left)
      if (!piece) throw new Error('the archive is cut short')
      left -= piece.length
      yield piece
    }
  }

  return {
    /** @returns {Promise<Buffer | undefined>} undefined at the end of the archive */
    async read(sizeBytes) {
      const first = await next(sizeBytes)
      if (!first) return undefined
      const parts = [first]
      for await (const piece of pieces(sizeBytes - first.length)) parts.push(piece)
      return Buffer.concat(parts)
    },
    /** Writes the next bytes to `target`, or skips them. */
    async copy(sizeBytes, target) {
      if (!target) {
        for await (const _ of pieces(sizeBytes));
        return
      }
      await mkdir(dirname(target), { recursive: true })
      await pipeline(pieces(sizeBytes), createWriteStream(target))
    },
  }
}
