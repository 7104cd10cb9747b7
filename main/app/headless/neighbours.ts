// `latent neighbours`: the photos of a library that are most like one photo.
import { stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { Atlas } from '../../atlas/atlas.ts'
import { LibrarySearch } from '../../cloud/library-search.ts'
import { forDisplay } from '../../engine/os-path.ts'
import { vectorFile } from '../../store/vector-file.ts'
import { forkAsUtility } from '../fork-utility.ts'
import type { Places } from '../places.ts'
import { readArguments, theOnly, wholeNumber } from './arguments.ts'
import { round } from './classify.ts'
import { libraryHome, libraryOptions, openCommandLibrary } from './library-command.ts'
import { type ExitCode, exitCode, printLine } from './output.ts'
import { startEngine } from './start-engine.ts'

export const neighboursHelp = `Usage: latent neighbours <photo> --library <dir> [--k 10] [--model id]

Prints a JSON line {"path","similarity"} a neighbour, best first. Similarity is the exact cosine of
the embeddings, measured from the library's mean (from the origin in one of fewer than 64 photos).
The photo need not be in the library.

Exit code: 0 complete, 1 failed, 2 wrong usage.`

export async function neighbours(
  argv: readonly string[],
  at: Places,
  signal: AbortSignal,
): Promise<ExitCode> {
  const { values, positionals } = readArguments(argv, {
    ...libraryOptions,
    k: { type: 'string', default: '10' },
  })
  const photo = theOnly('photo', positionals)
  const home = libraryHome(values.library)
  const k = wholeNumber('k', values.k, 1)
  if ((await stat(join(home, 'library.sqlite')).catch(() => undefined)) === undefined) {
    throw new Error(`${values.library} holds no library. Make one with latent index.`)
  }
  const { engine, model } = await startEngine(at, values.model)
  try {
    const { status, reason, prediction } = await engine.analyse(
      { kind: 'file', path: resolve(photo) },
      { urgent: true, topCount: 1, signal },
    )
    if (prediction === undefined) throw new Error(`${photo} is ${status}: ${reason}`)
    const store = await openCommandLibrary(home, at, model)
    const atlas = new Atlas(forkAsUtility(at.atlasEntry, 'Latent atlas'))
    const vectors = vectorFile(home, model.spec)
    const search = new LibrarySearch({ atlas, store, vectors })
    try {
      const { ids, similarities } = await search.nearest({ halves: prediction.embedding }, k)
      for (const [i, id] of ids.entries()) {
        const path = await store.pathOf(id)
        if (path === undefined) continue
        printLine({ path: forDisplay(path), similarity: round(similarities[i] ?? 0, 6) })
      }
    } finally {
      atlas.dispose()
      await store.close()
    }
    return exitCode.complete
  } finally {
    engine.dispose()
  }
}
