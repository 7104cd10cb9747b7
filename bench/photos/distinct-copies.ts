// Many photos out of few.
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { basename, extname, join } from 'node:path'
import { forFs } from '../../main/engine/os-path.ts'
import { photoFiles } from './photo-files.ts'

/** Folders of this many, as a camera card has them. */
const photosPerFolder = 1_000

/**
 * Copies the photos of a folder, over and over, to `count` files that differ: a few bytes after the
 * picture's end, which decoders never read, make each a file of its own with a hash of its own.
 */
export async function makeDistinctCopies(from: string, to: string, count: number): Promise<void> {
  const sources = await photoFiles(from)
  for (let i = 0; i < count; i++) {
    const source = sources[i % sources.length] ?? ''
    const folder = join(to, String(Math.floor(i / photosPerFolder) + 1).padStart(3, '0'))
    if (i % photosPerFolder === 0) await mkdir(folder, { recursive: true })
    const name = basename(forFs(source).toString())
    const number = String(i + 1).padStart(6, '0')
    const copy = Buffer.concat([await readFile(forFs(source)), Buffer.from(`copy ${number}`)])
    await writeFile(join(folder, `${number}${extname(name)}`), copy)
  }
}
