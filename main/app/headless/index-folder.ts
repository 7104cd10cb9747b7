// `latent index`: brings a library on disk up to date with a folder.
import { mkdir, stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Job } from '../../../preload/contract/domain.ts'
import { Atlas } from '../../atlas/atlas.ts'
import { Library } from '../../library/library.ts'
import { vectorFile } from '../../store/vector-file.ts'
import { forkAsUtility } from '../fork-utility.ts'
import { labellerOf } from '../labeller.ts'
import { watchLoopDelay } from '../loop-delay.ts'
import type { Places } from '../places.ts'
import { runtimeName } from '../runtime.ts'
import { readArguments, theOnly } from './arguments.ts'
import { round } from './classify.ts'
import { libraryHome, libraryOptions, openCommandLibrary } from './library-command.ts'
import { type ExitCode, exitCode, printLine, say } from './output.ts'
import { printPhotos } from './photo-lines.ts'
import { onlyProviders, providerOption } from './provider-option.ts'
import { startEngine } from './start-engine.ts'

export const indexHelp = `Usage: latent index <folder> --library <dir> [--model id] [--lines] [--provider name]

Classifies every photo of the folder and keeps the results in a library. Run again, it does only
what is new or changed. Prints one JSON line {"summary":{...}} when it is done.

  --lines          first print a line for every photo of the library, as of latent classify:
                   {"path","status","reason"?,"width","height","labels","truth"?}
  --provider name  run on this execution provider only (cpu, cuda, dml, coreml, webgpu)

Exit code: 0 complete, 1 failed, 2 wrong usage.`

const progressEveryMs = 1_000

export async function indexFolder(
  argv: readonly string[],
  at: Places,
  signal: AbortSignal,
): Promise<ExitCode> {
  const { values, positionals } = readArguments(argv, {
    ...libraryOptions,
    lines: { type: 'boolean', default: false },
    ...providerOption,
  })
  const folder = theOnly('folder', positionals)
  const home = libraryHome(values.library)
  const only = onlyProviders(values.provider)
  const root = resolve(folder)
  if (!(await stat(root).catch(() => undefined))?.isDirectory()) {
    throw new Error(`${folder} is not a folder that can be read.`)
  }
  await mkdir(home, { recursive: true })
  const { engine, model } = await startEngine(at, values.model, only)
  const store = await openCommandLibrary(home, at, model).catch((error: unknown) => {
    engine.dispose()
    throw error
  })
  await store.addRoot(Buffer.from(root), 'folder')
  const vectors = vectorFile(home, model.spec)
  const atlas = new Atlas(forkAsUtility(at.atlasEntry, 'Latent atlas'))
  let lastProgressMs = 0
  const library = new Library({
    root,
    home,
    vectors,
    store,
    engine,
    labels: model.labels,
    modelId: model.card.id,
    modelName: model.card.name,
    unitLayers: model.card.unitLayers,
    labeller: labellerOf(model, vectors, () => atlas),
    onJob: (job) => {
      if (job.endedAtMs === null && Date.now() - lastProgressMs < progressEveryMs) return
      lastProgressMs = Date.now()
      say(progressOf(job))
    },
    onChange: () => {},
    onAnalysed: () => {},
  })
  const loopDelayP99Ms = watchLoopDelay()
  const start = performance.now()
  const job = library.job(await library.index())
  signal.addEventListener('abort', () => job?.cancel(), { once: true })
  await job?.ended
  const eventLoopDelayP99Ms = loopDelayP99Ms()
  const ended = job?.job
  const summary = await library.summary()
  if (values.lines) await printPhotos(store, model.labels)
  await library.dispose()
  atlas.dispose()
  engine.dispose()
  const seconds = (performance.now() - start) / 1000
  if (ended?.note) say(ended.note)
  printLine({
    summary: {
      state: ended?.state,
      photos: summary.photoCount,
      done: ended?.done ?? 0,
      problems: summary.problemCount,
      seconds: round(seconds, 3),
      photosPerSecond: round((ended?.done ?? 0) / seconds, 2),
      eventLoopDelayP99Ms: round(eventLoopDelayP99Ms, 1),
      model: model.card.id,
      executionProvider: engine.status.executionProvider,
      runtime: runtimeName(),
    },
  })
  return ended?.state === 'done' ? exitCode.complete : exitCode.failed
}

function progressOf({ done, total, photosPerSecond, secondsLeft }: Job): string {
  const left = secondsLeft === null ? '' : `, ${Math.ceil(secondsLeft)} s left`
  return `${done} of ${total}, ${photosPerSecond.toFixed(1)} photos/s${left}`
}
