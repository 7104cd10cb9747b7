// The same on the photos of a real library, and what its neighbourhoods are worth.
import { resolve } from 'node:path'
import { exactNeighbours } from '../../main/atlas/knn/exact.ts'
import { photoLabels } from '../../main/atlas/label-terms.ts'
import { withVectors } from '../../main/atlas/project.ts'
import type { Metric, ProjectOptions } from '../../main/atlas/protocol.ts'
import { comparedRows } from '../../main/atlas/surroundings.ts'
import { meanOf } from '../../main/atlas/vectors/mean.ts'
import { openStore } from '../../main/store/store-client.ts'
import { vectorFile } from '../../main/store/vector-file.ts'
import { defaultModel, inBuild } from '../measure/installed.ts'
import { familyAgreement, keptShare } from './kept-neighbours.ts'
import { runOurs } from './run-ours.ts'

/** @param folder a library made by `latent index` */
export async function measureLibrary(
  folder: string,
  options: Omit<ProjectOptions, 'metric'>,
  threads: number,
): Promise<object> {
  const home = resolve(folder)
  const model = await defaultModel()
  const opened = await openStore(inBuild('store-worker.js'), home, model.spec)
  if (!opened.ok) throw new Error(opened.error.message)
  const { ids, classes, probabilities } = await opened.value.embeddedClasses()
  await opened.value.close()
  const set = { vectors: vectorFile(home, model.spec), ids }
  const { terms } = photoLabels(model.labels, classes, probabilities)
  // The second term from the top: "animal > bird".
  const familyOf = (row: number): string => (terms[classes[row] ?? 0] ?? []).slice(0, 2).join(' ')
  const { signal } = new AbortController()
  const results: Partial<Record<Metric, object>> = {}
  for (const metric of ['centred', 'cosine'] as const) {
    const { answer } = await runOurs({ ...options, metric, set })
    const { nearest, kept, cosineKept } = await withVectors(set, async (rows) => {
      const mean = await meanOf(rows, signal)
      const neighboursBy = async (by: Metric) => {
        const compared = await comparedRows(rows, mean, by, threads)
        const found = await exactNeighbours(compared, 10, threads, { signal })
        await compared.dispose()
        return found
      }
      const own = await neighboursBy(metric)
      return {
        nearest: familyAgreement(own, familyOf),
        kept: keptShare(own, answer.positions, 10, 30),
        cosineKept: keptShare(await neighboursBy('cosine'), answer.positions, 10, 30),
      }
    })
    results[metric] = {
      ...answer.facts,
      keptOf10Among30: kept,
      cosineKeptOf10Among30: cosineKept,
      sameFamily: nearest,
    }
  }
  return { photos: ids.length, ...results }
}
