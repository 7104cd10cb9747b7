// `latent classify`: one JSON line a file.
import { forDisplay, type OsPath } from '../../engine/os-path.ts'
import type { Analysis } from '../../engine/protocol.ts'
import type { LabelSet } from '../../models/labels.ts'
import type { Places } from '../places.ts'
import { runtimeName } from '../runtime.ts'
import { readArguments, wholeNumber } from './arguments.ts'
import { filesOf } from './files.ts'
import { type ExitCode, exitCode, printLine, say, UsageError } from './output.ts'
import { onlyProviders, providerOption } from './provider-option.ts'
import { startEngine } from './start-engine.ts'

/** Files under way at once. Lines come out in order, so that two runs can be compared. */
const window = 64

export const classifyHelp = `Usage: latent classify <file|folder>... [--top 5] [--model id] [--provider name]

Prints a JSON line a file:
  {"path","status","reason"?,"width","height","ms","labels":[{"index","wnid","name","probability"}]}
and a last line {"summary":{...}}. Lines stand in the order of the files, folders in natural order:
files are worked on side by side, and one that takes long holds back up to ${window - 1} after it.

  --top N          how many labels, 1 to 1000 (default 5)
  --model id       which network (default inception-v3; see latent models list)
  --provider name  run on this execution provider only (cpu, cuda, dml, coreml, webgpu)

Statuses: ok, damaged, unsupported, refused, unreadable, timeout, crashed.
Exit code: 0 complete, 1 failed, 2 wrong usage.`

export async function classify(
  argv: readonly string[],
  at: Places,
  signal: AbortSignal,
): Promise<ExitCode> {
  const { values, positionals } = readArguments(argv, {
    top: { type: 'string', default: '5' },
    model: { type: 'string' },
    ...providerOption,
  })
  if (positionals.length === 0) throw new UsageError('Expected a file or folder.')
  const topCount = wholeNumber('top', values.top, 1, 1000)
  const only = onlyProviders(values.provider)
  const { engine, model } = await startEngine(at, values.model, only)
  const start = performance.now()
  const counts: Record<string, number> = { photos: 0, ok: 0 }
  const open: { path: OsPath; analysis: Promise<Analysis> }[] = []
  const printNext = async (): Promise<void> => {
    const next = open.shift()
    if (next === undefined) return
    const analysis = await next.analysis
    counts.photos = (counts.photos ?? 0) + 1
    counts[analysis.status] = (counts[analysis.status] ?? 0) + 1
    printLine(lineOf(next.path, analysis, model.labels))
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
