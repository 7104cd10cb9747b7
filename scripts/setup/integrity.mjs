// Checks a file against a pinned digest.
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'

/**
 * @param {string} file
 * @param {string} expected `sha512-<base64>` as npm writes it, or `sha256-<hex or base64>`
 */
export async function matchesIntegrity(file, expected) {
  const dash = expected.indexOf('-')
  const hash = createHash(expected.slice(0, dash))
  await pipeline(createReadStream(file), hash)
  const digest = hash.digest()
  const wanted = expected.slice(dash + 1)
  return wanted === digest.toString('base64') || wanted.toLowerCase() === digest.toString('hex')
}
