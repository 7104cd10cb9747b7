// Brings a library's database up to date with what lies on disk.
import { open, stat } from 'node:fs/promises'
import { quickHash } from '../engine/decode-task.ts'
import { forFs } from '../engine/os-path.ts'
import { type FoundFile, joinOsPath, type MoveCandidate } from '../store/scan-writes.ts'
import type { Store } from '../store/store-calls.ts'
import { singleFile, walk } from './walk.ts'

export interface ScanEvents {
  /** New or known files recorded; at most every {@link batch} files. */
  readonly onRecorded: (filesSeen: number) => void
}

export interface ScanReport {
  readonly filesSeen: number
  /** Roots that are not there at the moment: their photos stay as they are. */
  readonly offlineRoots: number
  readonly unreadFolders: readonly string[]
}

const batch = 256

/** @throws the signal's reason when aborted; nothing is marked missing then */
export async function scan(
  store: Store,
  events: ScanEvents,
  signal: AbortSignal,
): Promise<ScanReport> {
  let filesSeen = 0
  let offlineRoots = 0
  const unreadFolders: string[] = []
  await store.beginScan()
  for (const root of await store.roots()) {
    const path = Buffer.from(typeof root.path === 'string' ? Buffer.from(root.path) : root.path)
    const stats = await stat(path).catch(() => undefined)
    if (stats === undefined) {
      offlineRoots++
      continue
    }
    const record = async (files: readonly FoundFile[]): Promise<void> => {
      await recordBatch(store, root.id, path, files)
      filesSeen += files.length
      events.onRecorded(filesSeen)
    }
    const unread: string[] = []
    if (root.kind === 'file') {
      const file = await singleFile(path)
      if (file !== undefined) await record([file])
    } else {
      let pending: FoundFile[] = []
      const onUnread = (folder: string): void => void unread.push(folder)
      for await (const file of walk(path, { onUnread }, signal)) {
        pending.push(file)
        if (pending.length >= batch) {
          await record(pending)
          pending = []
        }
      }
      await record(pending)
    }
    await store.endScan(root.id, unread)
    unreadFolders.push(...unread)
  }
  return { filesSeen, offlineRoots, unreadFolders }
}

/** A new file that equals a known photo whose own file is gone is that photo, moved. */
async function recordBatch(
  store: Store,
  rootId: number,
  rootPath: Uint8Array,
  files: readonly FoundFile[],
): Promise<void> {
  const { undecided } = await store.recordFound(rootId, files)
  const taken = new Set<number>()
  for (const { file, candidates } of undecided) {
    const moved = await findMoved(rootPath, file, candidates, taken)
    if (moved === undefined) {
      await store.addNew(rootId, [file])
    } else {
      taken.add(moved)
      await store.relink(moved, rootId, file)
    }
  }
}

async function findMoved(
  rootPath: Uint8Array,
  file: FoundFile,
  candidates: readonly MoveCandidate[],
  taken: ReadonlySet<number>,
): Promise<number | undefined> {
  const gone: MoveCandidate[] = []
  for (const candidate of candidates) {
    const there = await stat(forFs(candidate.path)).catch(() => undefined)
    if (there === undefined && !taken.has(candidate.photoId)) gone.push(candidate)
  }
  if (gone.length === 0) return undefined
  const hash = await hashOf(forFs(joinOsPath(rootPath, file.rel)))
  return gone.find(({ quickHash: known }) => known === hash)?.photoId
}

async function hashOf(path: string | Buffer): Promise<string | undefined> {
  try {
    const handle = await open(path)
    try {
      return quickHash(await handle.readFile())
    } finally {
      await handle.close()
    }
  } catch {
    return undefined
  }
}
