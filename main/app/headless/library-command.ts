// What the commands that work on a library have in common.
import { resolve } from 'node:path'
import type { InstalledModel } from '../../models/installed.ts'
import { type OpenStore, openStore } from '../../store/store-client.ts'
import type { Places } from '../places.ts'
import { UsageError } from './output.ts'

export const libraryOptions = {
  library: { type: 'string' },
  model: { type: 'string' },
} as const

/** Where `--library` points. */
export function libraryHome(library: string | undefined): string {
  if (library === undefined) throw new UsageError('Expected --library <dir>.')
  return resolve(library)
}

/** @throws Error with a sentence for the person when it cannot be opened */
export async function openCommandLibrary(
  home: string,
  at: Places,
  { spec }: InstalledModel,
): Promise<OpenStore> {
  const opened = await openStore(at.storeWorker, home, spec)
  if (!opened.ok) throw new Error(`${opened.error.message} ${opened.error.hint}`)
  return opened.value
}
