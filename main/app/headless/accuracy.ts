// `latent accuracy`: how often a model, or two, say what a library's photos really show.
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Accuracy, ModelScore, Share } from '../../../preload/contract/truth.ts'
import { fewestTruths } from '../../library/truth/accuracy.ts'
import { measureAccuracy } from '../../library/truth/measure-accuracy.ts'
import type { Places } from '../places.ts'
import { readArguments } from './arguments.ts'
import { round } from './classify.ts'
import { commandModel } from './command-model.ts'
import { libraryHome, libraryOptions, openCommandLibrary } from './library-command.ts'
import { type ExitCode, exitCode, printLine, say, UsageError } from './output.ts'

export const accuracyHelp = `Usage: latent accuracy --library <dir> [--model id] [--against id]

Prints one JSON line: of the photos whose truth is known, how many the model says first and among its
first five, with the bounds that hold the true share with 95 % (Wilson's interval):
  {"photos","enough","models":[{"model","top1","top5","mistakes":[{"truth","taken","count"}]}],
   "difference"?:{"ownOnly","otherOnly","p"},"truth":{...}}
The truth is what a person said in the window, else a WordNet id at the beginning of a file's name
(n01440764_1.jpg), else a folder that goes by a class's name, synonym or WordNet id. "truth" tells
which folders, and what was left out. Fewer than ${fewestTruths} photos say little: then "enough" is false.

  --model id    which model (default inception-v3)
  --against id  judge this one too, on the very same photos; p is McNemar's exact test

Exit code: 0 complete, 1 failed, 2 wrong usage.`

export async function accuracy(argv: readonly string[], at: Places): Promise<ExitCode> {
  const { values, positionals } = readArguments(argv, {
    ...libraryOptions,
    against: { type: 'string' },
  })
  if (positionals.length > 0) throw new UsageError(`Expected no ${positionals[0]}.`)
  const home = libraryHome(values.library)
  if ((await stat(join(home, 'library.sqlite')).catch(() => undefined)) === undefined) {
    throw new Error(`${home} holds no library. Make one with latent index.`)
  }
  const model = await commandModel(at, values.model)
  const against = values.against === undefined ? null : await commandModel(at, values.against)
  const store = await openCommandLibrary(home, at, model)
  try {
    const { accuracy: found } = await measureAccuracy(
      store,
      { modelId: model.card.id, labels: model.labels },
      against === null
        ? null
        : { ...against.spec, modelId: against.card.id, labels: against.labels },
    )
    if (!found.isEnough) say(`Only ${found.photos} photos have a known truth: this says little.`)
    printLine(lineOf(found))
  } finally {
    await store.close()
  }
  return exitCode.complete
}

const shareLine = ({ right, of, low, high }: Share): object => ({
  right,
  of,
  share: of === 0 ? null : round(right / of, 4),
  low: round(low, 4),
  high: round(high, 4),
})

const scoreLine = ({ modelId, top1, top5, mistakes }: ModelScore): object => ({
  model: modelId,
  top1: shareLine(top1),
  top5: shareLine(top5),
  mistakes,
})

const lineOf = ({ photos, isEnough, own, other, difference, sources }: Accuracy): object => ({
  photos,
  enough: isEnough,
  models: [own, ...(other === null ? [] : [other])].map(scoreLine),
  ...(difference === null ? {} : { difference }),
  truth: sources,
})
