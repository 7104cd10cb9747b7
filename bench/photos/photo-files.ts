// The photos that a benchmark works on.
import { resolve } from 'node:path'
import type { OsPath } from '../../main/engine/os-path.ts'
import { walk } from '../../main/library/walk.ts'
import { joinOsPath } from '../../main/store/scan-writes.ts'

/** Absolute paths of all image files below a folder, as indexing would find them. */
export async function photoFiles(folder: string): Promise<readonly OsPath[]> {
  const root = Buffer.from(resolve(folder))
  const files: OsPath[] = []
  const { signal } = new AbortController()
  for await (const { rel } of walk(root, { onUnread: () => {} }, signal)) {
    files.push(joinOsPath(root, rel))
  }
  if (files.length === 0) throw new Error(`Expected photos in ${folder} but found none.`)
  return files
}
