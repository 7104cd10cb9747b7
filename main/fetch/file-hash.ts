// Hashes of files and texts.
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'

/** What a file must hash to. */
export interface FileDigest {
  readonly algorithm: 'sha256' | 'sha512'
  readonly hex: string
}

export const sha256OfText = (text: string): string =>
  createHash('sha256').update(text).digest('hex')

export const sha256OfFile = (path: string): Promise<string> => hashOfFile(path, 'sha256')

/** Hex digits; reads the file in pieces. */
export async function hashOfFile(
  path: string,
  algorithm: FileDigest['algorithm'],
): Promise<string> {
  const hash = createHash(algorithm)
  for await (const piece of createReadStream(path)) hash.update(piece as Uint8Array)
  return hash.digest('hex')
}
