// A library's layout and clusters, for the commands that print them.
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Atlas } from '../../atlas/atlas.ts'
import { photoLabels } from '../../atlas/label-terms.ts'
import type {
  ClusterAnswer,
  ProjectAnswer,
  ProjectOptions,
  ProjectProgress,
} from '../../atlas/protocol.ts'
import { forDisplay, type OsPath } from '../../engine/os-path.ts'
import type { Store } from '../../store/store-calls.ts'
import { vectorFile } from '../../store/vector-file.ts'
import { forkAsUtility } from '../fork-utility.ts'
import type { Places } from '../places.ts'
import { numberWithin, wholeNumber } from './arguments.ts'
import { commandModel } from './command-model.ts'
import { libraryOptions, openCommandLibrary } from './library-command.ts'
import { say, UsageError } from './output.ts'

export const layoutOptions = {
  ...libraryOptions,
  dims: { type: 'string', default: '3' },
  neighbours: { type: 'string', default: '15' },
  'min-dist': { type: 'string', default: '0.1' },
  metric: { type: 'string', default: 'centred' },
  method: { type: 'string', default: 'umap' },
  seed: { type: 'string', default: '1' },
} as const

export const layoutHelp = `  --dims 2|3            dimensions of the layout (default 3)
  --neighbours n        of each photo, that the layout keeps near, 2 to 200 (default 15)
  --min-dist d          how close photos may come, 0 to 1 (default 0.1)
  --metric centred|cosine
                        compare embeddings from their mean (default) or from the origin
  --method umap|pca     pca answers in seconds
  --seed n              the same seed gives the same layout (default 1)
  --model id            whose embeddings (default inception-v3)`

type Values = Readonly<Record<keyof typeof layoutOptions, string | undefined>>

/** @throws UsageError on a value that is out of range */
export function layoutOptionsOf(values: Values): ProjectOptions {
  const { dims = '', metric = '', method = '' } = values
  if (dims !== '2' && dims !== '3') {
    throw new UsageError(`Expected --dims 2 or 3 but received ${dims}.`)
  }
  if (metric !== 'centred' && metric !== 'cosine') {
    throw new UsageError(`Expected --metric centred or cosine but received ${metric}.`)
  }
  if (method !== 'umap' && method !== 'pca') {
    throw new UsageError(`Expected --method umap or pca but received ${method}.`)
  }
  return {
    dims: dims === '2' ? 2 : 3,
    metric,
    method,
    neighbours: wholeNumber('neighbours', values.neighbours ?? '', 2, 200),
    minDist: numberWithin('min-dist', values['min-dist'] ?? '', 0, 1),
    seed: wholeNumber('seed', values.seed ?? '', 0, 2 ** 31),
  }
}

export interface LaidOutPhoto {
  readonly id: number
  readonly path: OsPath
}

export interface LibraryLayout {
  readonly model: string
  /** In the order of the layout. */
  readonly photos: readonly LaidOutPhoto[]
  readonly layout: ProjectAnswer
  readonly clusters: ClusterAnswer
}

/**
 * Lays a library out and finds its clusters, telling on stderr how it goes.
 *
 * @param minSize of a cluster; by the number of photos when absent
 * @throws Error with a sentence when there is no library, or nothing in it
 */
export async function layOutLibrary(
  home: string,
  at: Places,
  {
    modelId,
    minSize,
    ...options
  }: ProjectOptions & {
    readonly modelId?: string | undefined
    readonly minSize?: number | undefined
  },
  signal: AbortSignal,
): Promise<LibraryLayout> {
  if ((await stat(join(home, 'library.sqlite')).catch(() => undefined)) === undefined) {
    throw new Error(`${home} holds no library. Make one with latent index.`)
  }
  const model = await commandModel(at, modelId)
  const store = await openCommandLibrary(home, at, model)
  const atlas = new Atlas(forkAsUtility(at.atlasEntry, 'Latent atlas'))
  try {
    const { ids, classes, probabilities } = await store.embeddedClasses()
    if (ids.length === 0) throw new Error('The library holds no photo that was analysed yet.')
    const request = {
      ...options,
      set: { vectors: vectorFile(home, model.spec), ids },
      cacheFolder: join(home, 'layouts'),
    }
    const layout = await atlas.call('project', request, { signal, onProgress: teller() })
    const { dims } = options
    const clusters = await atlas.call(
      'cluster',
      {
        positions: layout.positions,
        dims,
        labels: photoLabels(model.labels, classes, probabilities),
        ...(minSize === undefined ? {} : { minSize }),
      },
      { signal },
    )
    return { model: model.card.id, photos: await photosOf(store, ids), layout, clusters }
  } finally {
    atlas.dispose()
    await store.close()
  }
}

const photosAtOnce = 1000

async function photosOf(store: Store, ids: Uint32Array): Promise<readonly LaidOutPhoto[]> {
  const photos: LaidOutPhoto[] = []
  for (let first = 0; first < ids.length; first += photosAtOnce) {
    const some = await store.photos([...ids.subarray(first, first + photosAtOnce)])
    photos.push(...some.map(({ id, path }) => ({ id, path })))
  }
  return photos
}

const stages: Readonly<Record<ProjectProgress['stage'], string>> = {
  components: 'principal components',
  neighbours: 'nearest neighbours',
  layout: 'layout',
  quality: 'quality',
}

/** A line for every tenth of a stage. */
function teller(): (progress: ProjectProgress) => void {
  let told = ''
  return ({ stage, fraction, positions }) => {
    if (positions !== undefined) return
    const line = `${stages[stage]}: ${Math.floor(fraction * 10) * 10} %`
    if (line !== told) say(line)
    told = line
  }
}

/** Names that are no UTF-8 cannot be told in JSON: their bytes can. */
export const pathFields = (path: OsPath): object => ({
  path: forDisplay(path),
  ...(typeof path === 'string' ? {} : { pathBytes: Buffer.from(path).toString('base64') }),
})

/** What both commands end with. */
export function layoutSummary({ model, photos, layout, clusters }: LibraryLayout): object {
  const { trustworthiness, continuity, k, sampled, exactNeighbours, seconds } = layout.facts
  return {
    photos: photos.length,
    clusters: clusters.clusters.length,
    outliers: clusters.ofPhoto.filter((cluster) => cluster < 0).length,
    quality: {
      k,
      trustworthiness: Number(trustworthiness.toFixed(4)),
      continuity: Number(continuity.toFixed(4)),
      sampled,
    },
    exactNeighbours,
    layoutSeconds: Number(seconds.toFixed(2)),
    cached: layout.cached,
    model,
  }
}
