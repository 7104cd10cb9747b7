// SHA-256 of files and texts.
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'

export const sha256OfText = (text: string): string =>
  createHash('sha256').update(text).digest('hex')

/** Reads the file in pieces. */
export async function sha256OfFile(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const piece of createReadStream(path)) hash.update(piece as Uint8Array)
  return hash.digest('hex')
}
