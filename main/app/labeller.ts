// How the photos of a library come by the labels of a network whose labels can be chosen.
import { join } from 'node:path'
import type { Atlas } from '../atlas/atlas.ts'
import type { Labeller } from '../library/relabel.ts'
import type { InstalledModel } from '../models/installed.ts'
import { keptLabels } from '../store/result-writes.ts'
import type { VectorFile } from '../store/vector-file.ts'

/** @returns undefined for a network whose classes are its own */
export function labellerOf(
  { card, folder }: InstalledModel,
  vectors: VectorFile,
  atlas: () => Atlas,
): Labeller | undefined {
  const { pair } = card
  if (pair === undefined) return undefined
  const head = { path: join(folder, pair.head.file), sha256: pair.head.sha256 }
  return (ids, signal) => atlas().call('label', { vectors, ids, head, keptLabels }, { signal })
}
