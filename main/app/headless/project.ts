// `latent project`: a library's photos as points in space.
import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Places } from '../places.ts'
import { readArguments } from './arguments.ts'
import { libraryHome } from './library-command.ts'
import {
  type LibraryLayout,
  layOutLibrary,
  layoutHelp,
  layoutOptions,
  layoutOptionsOf,
  layoutSummary,
  pathFields,
} from './library-layout.ts'
import { type ExitCode, exitCode, printLine, UsageError } from './output.ts'

export const projectHelp = `Usage: latent project --library <dir> --out points.json [options]

Lays all photos of a library out so that like ones lie near each other, and writes a JSON array
  [{"id","path","x","y","z","cluster","clusterName"}]
without "z" in two dimensions; "cluster" is -1 for a photo that belongs to none. Prints one JSON line
  {"summary":{"photos","clusters","outliers","quality":{"k","trustworthiness","continuity","sampled"},...}}
where quality tells whether neighbours in the layout are neighbours by embedding, and the other way
round: 1 is perfect. Of a library of more than 500 photos it is measured on 500, chosen by the seed. Progress goes to stderr.

${layoutHelp}

Exit code: 0 complete, 1 failed, 2 wrong usage.`

export async function project(
  argv: readonly string[],
  at: Places,
  signal: AbortSignal,
): Promise<ExitCode> {
  const { values, positionals } = readArguments(argv, {
    ...layoutOptions,
    out: { type: 'string' },
  })
  if (positionals.length > 0) throw new UsageError(`Expected no ${positionals[0]}.`)
  const home = libraryHome(values.library)
  if (values.out === undefined) throw new UsageError('Expected --out points.json.')
  const out = resolve(values.out)
  const options = layoutOptionsOf({ ...values, model: values.model, library: values.library })
  const found = await layOutLibrary(home, at, { ...options, modelId: values.model }, signal)
  await writeFile(out, pointsJson(found, options.dims))
  printLine({ summary: { ...layoutSummary(found), out } })
  return exitCode.complete
}

/** One point a line, so that a person and a line-based tool can read it too. */
function pointsJson({ photos, layout, clusters }: LibraryLayout, dims: number): string {
  const lines = photos.map(({ id, path }, i) => {
    const cluster = clusters.ofPhoto[i] ?? -1
    const position = ['x', 'y', 'z']
      .slice(0, dims)
      .map((axis, x) => [axis, Number((layout.positions[i * dims + x] ?? 0).toFixed(5))] as const)
    return JSON.stringify({
      id,
      ...pathFields(path),
      ...Object.fromEntries(position),
      cluster,
      clusterName: clusters.clusters[cluster]?.name ?? '',
    })
  })
  return `[\n${lines.join(',\n')}\n]\n`
}
