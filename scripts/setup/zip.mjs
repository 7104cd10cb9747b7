// Unpacks a zip archive, keeping executable bits and symbolic links (macOS bundles need both).
import { createWriteStream } from 'node:fs'
import { mkdir, symlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'

const TYPE_MASK = 0o170000
const SYMLINK = 0o120000

/**
 * @param {string} zipFile
 * @param {string} destDir
 * @param {(entryName: string) => string | undefined} [place] the path below `destDir` for an entry,
 *   or undefined to leave it out
 */
export async function unzip(zipFile, destDir, place = (name) => name) {
  // Loaded here because this module is imported before `npm ci` has run.
  const { default: yauzl } = await import('yauzl')
  const zip = await yauzl.openPromise(zipFile)
  for await (const entry of zip.eachEntry()) {
    const path = place(entry.fileName)
    if (path === undefined || entry.fileName.endsWith('/')) continue
    const target = join(destDir, path)
    await mkdir(dirname(target), { recursive: true })
    const unixMode = entry.externalFileAttributes >>> 16
    const content = await zip.openReadStreamPromise(entry)
    if ((unixMode & TYPE_MASK) === SYMLINK) await symlink(await text(content), target)
    else await pipeline(content, createWriteStream(target, { mode: unixMode & 0o777 || 0o644 }))
  }
}
