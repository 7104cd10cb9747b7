// Answers the calls of main in the process that lays the Cloud out.
import { gridOf } from '../activation-atlas/grid/grid-of.ts'
import type { CallContext } from '../inspect/call-server.ts'
import { CallError } from '../inspect/calls.ts'
import { ForeignFileError } from '../store/record-file.ts'
import { clusterNames } from './clusters/cluster-names.ts'
import { defaultMinSamples, hdbscan, maxSizeFor, minSizeFor } from './clusters/hdbscan.ts'
import { PhotoLabeller } from './label-photos.ts'
import { placeAmong } from './place-among.ts'
import { Projector } from './project.ts'
import type {
  AtlasCalls,
  ClusterAnswer,
  ClusterRequest,
  Fraction,
  ProjectProgress,
} from './protocol.ts'
import { Searcher } from './search/searcher.ts'
import type { LayoutThreads } from './umap/run-layout.ts'

type Handlers = {
  readonly [Name in keyof AtlasCalls]: (
    input: AtlasCalls[Name]['input'],
    context: CallContext,
  ) => Promise<AtlasCalls[Name]['answer']>
}

const progressEveryMs = 50

/** @param on where layouts run */
export function atlasHandlers(on: LayoutThreads): Handlers {
  const projector = new Projector(on)
  const searcher = new Searcher(on.threads)
  const labeller = new PhotoLabeller(on.threads)
  return {
    project: (request, { signal, progress }) =>
      withCodes(() =>
        projector.project(request, {
          signal,
          onProgress: throttled<ProjectProgress>(progress, (told) => told.positions !== undefined),
        }),
      ),
    place: (request, context) =>
      withCodes(() => placeAmong(request, on.threads, fractions(context))),
    nearest: (request, context) => withCodes(() => searcher.nearest(request, fractions(context))),
    similarities: (request, context) =>
      withCodes(() => searcher.similarities(request, fractions(context))),
    cluster: (request, context) => withCodes(() => cluster(request, fractions(context))),
    label: (request, { signal }) => withCodes(() => labeller.label(request, signal)),
    grid: (request, context) => withCodes(() => gridOf(request, fractions(context))),
  }
}

async function cluster(
  { positions, dims, labels, minSize }: ClusterRequest,
  watch: { signal: AbortSignal; onProgress: (fraction: number) => void },
): Promise<ClusterAnswer> {
  const count = positions.length / dims
  const { sizes, ofPoint, outlierScores } = await hdbscan(
    positions,
    dims,
    {
      minSize: minSize ?? minSizeFor(count),
      minSamples: defaultMinSamples,
      maxSize: maxSizeFor(count),
    },
    watch,
  )
  const names = clusterNames(
    ofPoint,
    sizes.length,
    (photo) => labels?.terms[labels.classes[photo] ?? -1] ?? [],
    (photo) => labels?.probabilities[photo] ?? 0,
  )
  return {
    clusters: sizes.map((size, i) => ({ name: names[i] ?? '', size })),
    ofPhoto: ofPoint,
    outlierScores,
  }
}

const fractions = ({ signal, progress }: CallContext) => {
  const tell = throttled<Fraction>(progress, () => false)
  return { signal, onProgress: (fraction: number) => tell({ fraction }) }
}

/** @param always what is never left out */
function throttled<T>(tell: (told: T) => void, always: (told: T) => boolean): (told: T) => void {
  let lastMs = Number.NEGATIVE_INFINITY
  return (told) => {
    if (!always(told) && performance.now() - lastMs < progressEveryMs) return
    lastMs = performance.now()
    tell(told)
  }
}

/** What can be expected to happen gets a code of its own. */
async function withCodes<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof ForeignFileError) throw new CallError('library-damaged', error.message)
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      throw new CallError('not-found', 'The library has no embeddings yet.')
    }
    throw error
  }
}
