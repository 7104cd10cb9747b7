// `latent classify`: one JSON line a file.
import { basename, dirname, relative, resolve, sep } from 'node:path'
import type { Truth } from '../../../preload/contract/truth.ts'
import { forDisplay, type OsPath } from '../../engine/os-path.ts'
import type { Analysis } from '../../engine/protocol.ts'
import type { InstalledModel } from '../../models/installed.ts'
import type { LabelSet } from '../../models/labels.ts'
import type { Places } from '../places.ts'
import { runtimeName } from '../runtime.ts'
import { readArguments, wholeNumber } from './arguments.ts'
import { filesOf } from './files.ts'
import { libraryHome, libraryOptions, openCommandLibrary } from './library-command.ts'
import { type ExitCode, exitCode, printLine, say, UsageError } from './output.ts'
import { onlyProviders, providerOption } from './provider-option.ts'
import { saidByPath } from './said-by-path.ts'
import { startEngine } from './start-engine.ts'
import { truthLines } from './truth-line.ts'

/** Files under way at once. Lines come out in order, so that two runs can be compared. */
const window = 64

export const classifyHelp = `Usage: latent classify <file|folder>... [--top 5] [--model id] [--library dir]
                        [--provider name]

Prints a JSON line a file:
  {"path","status","reason"?,"width","height","ms","labels":[{"index","wnid","name","probability"}],
   "truth"?:{"wnid","name","from"}}
and a last line {"summary":{...}}. Lines stand in the order of the files, folders in natural order:
files are worked on side by side, and one that takes long holds back up to ${window - 1} after it.

  --top N          how many labels, 1 to 1000 (default 5)
  --library dir    tell, as the truth, what a person said of these photos in this library
  --model id       which network (default inception-v3; see latent models list)
  --provider name  run on this execution provider only (cpu, cuda, dml, coreml, webgpu)

The truth is told where a person, the file's name (n01440764_1.jpg) or a folder below those given
that is called like a class says it; "from" is person, file-name or folder.

Statuses: ok, damaged, unsupported, refused, unreadable, timeout, crashed.
Exit code: 0 complete, 1 failed, 2 wrong usage.`

export async function classify(
  argv: readonly string[],
  at: Places,
  signal: AbortSignal,
): Promise<ExitCode> {
  const { values, positionals } = readArguments(argv, {
    top: { type: 'string', default: '5' },
    ...libraryOptions,
    ...providerOption,
  })
  if (positionals.length === 0) throw new UsageError('Expected a file or folder.')
  const topCount = wholeNumber('top', values.top, 1, 1000)
  const only = onlyProviders(values.provider)
  const { engine, model } = await startEngine(at, values.model, only)
  const said = await saidIn(values.library, at, model).catch((error: unknown) => {
    engine.dispose()
    throw error
  })
  const truthOf = truthLines(model.labels)
  const bases = positionals.map((given) => resolve(given))
  const start = performance.now()
  const counts: Record<string, number> = { photos: 0, ok: 0 }
  const open: { path: OsPath; analysis: Promise<Analysis> }[] = []
  const printNext = async (): Promise<void> => {
    const next = open.shift()
    if (next === undefined) return
    const analysis = await next.analysis
    counts.photos = (counts.photos ?? 0) + 1
    counts[analysis.status] = (counts[analysis.status] ?? 0) + 1
    const path = resolve(forDisplay(next.path))
    const place = { ...placeBelow(bases, path), said: said.get(path) }
    printLine({ ...lineOf(next.path, analysis, model.labels), ...truthOf(place) })
    if (counts.photos % 100 === 0) say(`${counts.photos} photos`)
  }
  try {
    for await (const path of filesOf(positionals, signal)) {
      const analysis = engine.analyse({ kind: 'file', path }, { urgent: false, topCount, signal })
      // It is awaited in its turn; until then a rejection must not count as unhandled.
      analysis.catch(() => {})
      open.push({ path, analysis })
      if (open.length >= window) await printNext()
    }
    while (open.length > 0) await printNext()
  } finally {
    engine.dispose()
  }
  const seconds = (performance.now() - start) / 1000
  printLine({
    summary: {
      ...counts,
      seconds: round(seconds, 3),
      photosPerSecond: round((counts.photos ?? 0) / seconds, 2),
      model: model.card.id,
      executionProvider: engine.status.executionProvider,
      runtime: runtimeName(),
    },
  })
  return exitCode.complete
}

/** Nothing for no library. */
async function saidIn(
  library: string | undefined,
  at: Places,
  model: InstalledModel,
): Promise<ReadonlyMap<string, Truth>> {
  if (library === undefined) return new Map()
  const store = await openCommandLibrary(libraryHome(library), at, model)
  try {
    return await saidByPath(store)
  } finally {
    await store.close()
  }
}

/** Folders above those that were given say nothing: people are called Robin too. */
function placeBelow(bases: readonly string[], path: string): { name: string; folder: string } {
  const base = bases.find((one) => path.startsWith(`${one}${sep}`)) ?? dirname(path)
  const folder = dirname(relative(base, path))
  return { name: basename(path), folder: folder === '.' ? '' : folder.replaceAll(sep, '/') }
}

export function lineOf(path: OsPath, analysis: Analysis, labelSet: LabelSet): object {
  const { status, reason, facts, prediction, decodeMs, inferMs } = analysis
  return {
    path: forDisplay(path),
    // Names that are no UTF-8 cannot be told in JSON: their bytes can.
    ...(typeof path === 'string' ? {} : { pathBytes: Buffer.from(path).toString('base64') }),
    status,
    ...(reason === '' ? {} : { reason }),
    width: facts.widthPx,
    height: facts.heightPx,
    ms: round(decodeMs + inferMs, 2),
    labels: Array.from(prediction?.classIndices ?? [], (index, rank) => {
      const { wnid, name, probability } = labelSet.label(
        index,
        prediction?.probabilities[rank] ?? 0,
      )
      return { index, wnid, name, probability: round(probability, 6) }
    }),
  }
}

export const round = (value: number, digits: number): number => Number(value.toFixed(digits))
