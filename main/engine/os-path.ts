// File names as the system has them: most are text, on Linux some are bytes that are no UTF-8.

/** Bytes only where text would lose them. */
export type OsPath = string | Uint8Array

/** What Node's fs functions take. */
export const forFs = (path: OsPath): string | Buffer =>
  typeof path === 'string' ? path : Buffer.from(path.buffer, path.byteOffset, path.byteLength)

/** Text to show; bytes that are no UTF-8 become U+FFFD. */
export const forDisplay = (path: OsPath): string =>
  typeof path === 'string' ? path : new TextDecoder().decode(path)

/** Text where the bytes are UTF-8, the bytes themselves otherwise. */
export function fromBytes(bytes: Uint8Array): OsPath {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return new Uint8Array(bytes)
  }
}
