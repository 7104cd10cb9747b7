// Finds the image files below a folder: bounded, in natural order, without following loops.
import { constants } from 'node:fs'
import { lstat, open, readdir, stat } from 'node:fs/promises'
import { formatOfContent, formatOfName, sniffedBytes } from '../engine/image-format.ts'
import type { FoundFile } from '../store/scan-writes.ts'

export interface WalkEvents {
  /** A folder that could not be read, with the system's code. */
  readonly onUnread: (folder: string, code: string) => void
}

/** Deeper trees are loops or accidents. */
const deepest = 64

/** Folders that systems and programs keep for themselves. */
const systemFolders = new Set([
  '$recycle.bin',
  'system volume information',
  'lost+found',
  '@eadir',
  '__macosx',
  'node_modules',
])

const natural = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })
const slash = Buffer.from('/')

interface Folder {
  /** Absolute and relative paths as the system's bytes. */
  readonly path: Buffer
  readonly rel: Buffer
  readonly depth: number
}

/**
 * Walks depth first, files before subfolders. Symbolic links are followed once: a folder that was
 * visited already, by whatever path, is not entered again. Pipes, sockets and devices are passed
 * over. A file counts when its name or its first bytes say image.
 *
 * @param root absolute path as bytes
 */
export async function* walk(
  root: Uint8Array,
  events: WalkEvents,
  signal: AbortSignal,
): AsyncGenerator<FoundFile> {
  const visited = new Set<string>()
  const stack: Folder[] = [{ path: Buffer.from(root), rel: Buffer.alloc(0), depth: 0 }]
  for (let folder = stack.pop(); folder !== undefined; folder = stack.pop()) {
    signal.throwIfAborted()
    const listing = await listFolder(folder, visited, events)
    const subfolders: Folder[] = []
    for (const name of listing) {
      signal.throwIfAborted()
      const path = Buffer.concat([folder.path, slash, name])
      const rel = folder.rel.length === 0 ? name : Buffer.concat([folder.rel, slash, name])
      const stats = await stat(path).catch(() => undefined)
      if (stats?.isDirectory()) {
        if (folder.depth < deepest) subfolders.push({ path, rel, depth: folder.depth + 1 })
      } else if (stats?.isFile()) {
        const text = name.toString('utf8')
        if (await saysImage(path, text)) {
          yield {
            rel: new Uint8Array(rel),
            name: text,
            folder: folder.rel.toString('utf8'),
            sizeBytes: stats.size,
            modifiedAtMs: stats.mtimeMs,
          }
        }
      } else if (stats === undefined && formatOfName(name.toString('utf8')) !== undefined) {
        // A dangling link or a file that went away: the decoder will say what is wrong with it.
        const link = await lstat(path).catch(() => undefined)
        if (link !== undefined) {
          yield {
            rel: new Uint8Array(rel),
            name: name.toString('utf8'),
            folder: folder.rel.toString('utf8'),
            sizeBytes: 0,
            modifiedAtMs: link.mtimeMs,
          }
        }
      }
    }
    stack.push(...subfolders.reverse())
  }
}

/** One file as a library's root of its own. */
export async function singleFile(path: Uint8Array): Promise<FoundFile | undefined> {
  const stats = await stat(Buffer.from(path)).catch(() => undefined)
  if (!stats?.isFile()) return undefined
  const text = Buffer.from(path).toString('utf8')
  const name = text.slice(text.search(/[^/\\]*$/))
  return {
    rel: new Uint8Array(),
    name,
    folder: '',
    sizeBytes: stats.size,
    modifiedAtMs: stats.mtimeMs,
  }
}

async function listFolder(
  { path, rel }: Folder,
  visited: Set<string>,
  { onUnread }: WalkEvents,
): Promise<readonly Buffer[]> {
  try {
    const { dev, ino } = await stat(path, { bigint: true })
    const identity = `${dev}:${ino}`
    if (ino !== 0n && visited.has(identity)) return []
    visited.add(identity)
    const names = await readdir(path, { encoding: 'buffer' })
    return names
      .map((name) => ({ name, text: name.toString('utf8') }))
      .filter(({ text }) => !text.startsWith('.') && !systemFolders.has(text.toLowerCase()))
      .sort((a, b) => natural.compare(a.text, b.text) || Buffer.compare(a.name, b.name))
      .map(({ name }) => name)
  } catch (error) {
    onUnread(rel.toString('utf8'), (error as NodeJS.ErrnoException).code ?? 'unknown')
    return []
  }
}

/** By name first: only files with other names are opened. */
async function saysImage(path: Buffer, name: string): Promise<boolean> {
  if (formatOfName(name) !== undefined) return true
  try {
    const handle = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
    try {
      const head = new Uint8Array(sniffedBytes)
      const { bytesRead } = await handle.read(head, 0, sniffedBytes, 0)
      return formatOfContent(head.subarray(0, bytesRead), name) !== undefined
    } finally {
      await handle.close()
    }
  } catch {
    // Not readable and not named as an image: nothing says that it is one.
    return false
  }
}
