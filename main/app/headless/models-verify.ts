// `latent models verify`: whether networks are intact, run, and how often they are right.
import { basename, dirname } from 'node:path'
import { forDisplay } from '../../engine/os-path.ts'
import { findModel, type InstalledModel, modelsIn, sentenceOf } from '../../models/installed.ts'
import type { LabelSet } from '../../models/labels.ts'
import { verifyModel } from '../../models/verify-model.ts'
import { modelTrialOptions } from '../model-trial-options.ts'
import type { Places } from '../places.ts'
import { readArguments } from './arguments.ts'
import { round } from './classify.ts'
import { filesOf } from './files.ts'
import { type ExitCode, exitCode, printLine, say, UsageError } from './output.ts'
import { startEngine } from './start-engine.ts'

/** Photos under way at once. */
const window = 64

export async function verifyModels(
  argv: readonly string[],
  at: Places,
  signal: AbortSignal,
): Promise<ExitCode> {
  const { values, positionals } = readArguments(argv, { photos: { type: 'string' } })
  const [id, ...more] = positionals
  if (more.length > 0) throw new UsageError('Expected at most one id.')
  const wanted =
    id === undefined
      ? [...(await modelsIn(at.modelsFolder)), ...(await modelsIn(at.userModelsFolder))]
      : [{ id, model: await findModel(at, id) }]
  let code: ExitCode = exitCode.complete
  const fails = (line: object): void => {
    code = exitCode.failed
    printLine(line)
  }
  for (const { id: name, model } of wanted) {
    if (!model.ok) {
      fails({ id: name, ok: false, reason: sentenceOf(model.error) })
      continue
    }
    const { labels } = model.value
    const outcome = await verifyModel(model.value, modelTrialOptions(at, signal))
    if (!outcome.ok) {
      fails({ id: name, ok: false, reason: outcome.reason })
      continue
    }
    const { top, msPerPhoto } = outcome.value
    printLine({
      id: name,
      ok: true,
      labels: top.map(({ index, probability }) => {
        const { wnid, name: label } = labels.label(index, probability)
        return { index, wnid, name: label, probability: round(probability, 4) }
      }),
      ms: round(msPerPhoto, 1),
    })
    if (values.photos !== undefined) {
      if (classesByWnid(labels).size === 0) {
        say(`${name}: its labels have no WordNet ids, so photos cannot be compared with them.`)
      } else printLine(await accuracy(at, model.value, values.photos, signal))
    }
  }
  return code
}

const classesByWnid = (labels: LabelSet): ReadonlyMap<string, number> =>
  new Map(
    Array.from({ length: labels.size }, (_, index): [string, number] => [
      labels.label(index, 0).wnid,
      index,
    ]).filter(([wnid]) => wnid !== ''),
  )

/** How often the first label, and one of the first five, is the one that the photo's name tells. */
async function accuracy(
  at: Places,
  { card, labels }: InstalledModel,
  folder: string,
  signal: AbortSignal,
): Promise<object> {
  const classes = classesByWnid(labels)
  const { engine } = await startEngine(at, card.id)
  const counts = { photos: 0, first: 0, five: 0 }
  const open: Promise<void>[] = []
  try {
    for await (const path of filesOf([folder], signal)) {
      const wanted = classes.get(wnidOf(forDisplay(path)) ?? '')
      if (wanted === undefined) continue
      open.push(
        engine
          .analyse({ kind: 'file', path }, { urgent: false, topCount: 5, signal })
          .then(({ prediction }) => {
            const found = [...(prediction?.classIndices ?? [])]
            counts.photos++
            if (found[0] === wanted) counts.first++
            if (found.includes(wanted)) counts.five++
          }),
      )
      if (open.length >= window) await open.shift()
    }
    await Promise.all(open)
  } finally {
    engine.dispose()
  }
  const share = (count: number): number => round(count / Math.max(counts.photos, 1), 4)
  return {
    id: card.id,
    photos: counts.photos,
    top1: share(counts.first),
    top5: share(counts.five),
  }
}

/** n02099712 from n02099712_1.jpg, or from the folder that it lies in. */
function wnidOf(path: string): string | undefined {
  const begins = /^n\d{8}(?!\d)/
  return (begins.exec(basename(path)) ?? begins.exec(basename(dirname(path))))?.[0]
}
