// Which files the file manager is asked to show: one in each folder, since it opens a window for each.
import { dirname } from 'node:path'

/** More windows than these nobody expects of one choice. */
export const mostWindowsUnasked = 5

/** The first of the files in each folder, in the order in which the folders come. */
export function firstInEachFolder(paths: readonly string[]): readonly string[] {
  const first = new Map<string, string>()
  for (const path of paths) if (!first.has(dirname(path))) first.set(dirname(path), path)
  return [...first.values()]
}
