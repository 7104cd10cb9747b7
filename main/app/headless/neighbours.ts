// `latent neighbours`: the photos of a library that are most like one photo.
import { stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { forDisplay } from '../../engine/os-path.ts'
import { floatsOf } from '../../store/half-float.ts'
import { openStore } from '../../store/store-client.ts'
import type { Places } from '../places.ts'
import { round } from './classify.ts'
import { type ExitCode, exitCode, printLine, UsageError } from './output.ts'
import { startEngine } from './start-engine.ts'

export const neighboursHelp = `Usage: latent neighbours <photo> --library <dir> [--k 10] [--model id]

Prints a JSON line {"path","similarity"} a neighbour, best first. Similarity is the exact cosine of
the embeddings. The photo need not be in the library.

Exit code: 0 complete, 1 failed, 2 wrong usage.`

export async function neighbours(
  argv: readonly string[],
  at: Places,
  signal: AbortSignal,
): Promise<ExitCode> {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: {
      library: { type: 'string' },
      k: { type: 'string', default: '10' },
      model: { type: 'string' },
    },
  })
  const [photo] = positionals
  if (photo === undefined || positionals.length > 1) throw new UsageError('Expected one photo.')
  if (values.library === undefined) throw new UsageError('Expected --library <dir>.')
  const k = Number(values.k)
  if (!Number.isInteger(k) || k < 1) throw new UsageError(`Expected --k from 1, not ${values.k}.`)
  const home = resolve(values.library)
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
    const { id, sha256, embeddingDim } = model.spec
    const opened = await openStore(at.storeWorker, home, { id, sha256, embeddingDim })
    if (!opened.ok) throw new Error(`${opened.error.message} ${opened.error.hint}`)
    const store = opened.value
    const found = await store.neighbours(unit(floatsOf(prediction.embedding)), k)
    for (const { photoId, similarity } of found) {
      const path = await store.pathOf(photoId)
      if (path !== undefined) {
        printLine({ path: forDisplay(path), similarity: round(similarity, 6) })
      }
    }
    await store.close()
    return exitCode.complete
  } finally {
    engine.dispose()
  }
}

/** Rounding to half floats moved the norm off 1 by a little. */
function unit(vector: Float32Array): Float32Array {
  const norm = Math.hypot(...vector) || 1
  return vector.map((value) => value / norm)
}
