// `latent cluster`: which photos of a library belong together.
import type { Places } from '../places.ts'
import { readArguments, wholeNumber } from './arguments.ts'
import { libraryHome } from './library-command.ts'
import {
  layOutLibrary,
  layoutHelp,
  layoutOptions,
  layoutOptionsOf,
  layoutSummary,
  pathFields,
} from './library-layout.ts'
import { type ExitCode, exitCode, printLine, UsageError } from './output.ts'

export const clusterHelp = `Usage: latent cluster --library <dir> [--min-size n] [options]

Finds groups of like photos in a library's layout (HDBSCAN*) and prints a JSON line a group, the
largest first: {"cluster","name","size","photos":[{"id","path"}]}. Names come from the photos' labels.
Then one line of the photos that belong to none, most outlying first:
  {"cluster":-1,"size","photos":[{"id","path","outlierScore"}]}
and one {"summary":{...}} as of latent project. Progress goes to stderr.

  --min-size n          fewer photos are no group (by default a quarter of the root of all, at least 5)
${layoutHelp}

Exit code: 0 complete, 1 failed, 2 wrong usage.`

export async function cluster(
  argv: readonly string[],
  at: Places,
  signal: AbortSignal,
): Promise<ExitCode> {
  const { values, positionals } = readArguments(argv, {
    ...layoutOptions,
    'min-size': { type: 'string' },
  })
  if (positionals.length > 0) throw new UsageError(`Expected no ${positionals[0]}.`)
  const home = libraryHome(values.library)
  const text = values['min-size']
  const minSize = text === undefined ? undefined : wholeNumber('min-size', text, 2)
  const options = layoutOptionsOf({ ...values, model: values.model, library: values.library })
  const found = await layOutLibrary(
    home,
    at,
    { ...options, modelId: values.model, minSize },
    signal,
  )
  const { clusters, ofPhoto, outlierScores } = found.clusters
  const members = clusters.map(() => [] as object[])
  const outliers: { score: number; line: object }[] = []
  found.photos.forEach(({ id, path }, i) => {
    const photo = { id, ...pathFields(path) }
    const own = ofPhoto[i] ?? -1
    const score = outlierScores[i] ?? 0
    if (own >= 0) members[own]?.push(photo)
    else outliers.push({ score, line: { ...photo, outlierScore: Number(score.toFixed(4)) } })
  })
  clusters.forEach(({ name, size }, i) => {
    printLine({ cluster: i, name, size, photos: members[i] })
  })
  const sorted = outliers.sort((a, b) => b.score - a.score).map(({ line }) => line)
  printLine({ cluster: -1, size: sorted.length, photos: sorted })
  printLine({ summary: layoutSummary(found) })
  return exitCode.complete
}
