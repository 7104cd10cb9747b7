// Holds the search index of one library, and keeps it in step with it.
import { CallError } from '../../inspect/calls.ts'
import { RecordFile } from '../../store/record-file.ts'
import type { VectorFile } from '../../store/vector-file.ts'
import type {
  Like,
  Metric,
  NearestAnswer,
  NearestRequest,
  SimilaritiesRequest,
} from '../protocol.ts'
import type { Watch } from '../turns.ts'
import { StoredVectors } from '../vectors/vector-rows.ts'
import { likenessVector } from './likeness.ts'
import { type ReadVectors, SearchIndex } from './search-index.ts'

/** Half a million photos of 2048 dimensions are held in 512 of them. */
const budgetBytes = 2 ** 28
/** The mean of so many times fewer photos is no longer theirs. */
const mostGrowth = 2

interface Held {
  readonly key: string
  readonly file: RecordFile
  readonly index: SearchIndex
  /** The set that it was last asked about. */
  version: string | undefined
  /** Photos whose embeddings changed since then. */
  readonly stale: Set<number>
}

interface Asked extends Held {
  readonly ids: Uint32Array
  readonly read: ReadVectors
}

export class Searcher {
  /** One a metric: photos are compared from their middle, texts with photos as they are. */
  private readonly held = new Map<Metric, Held>()
  private set: { readonly version: string; readonly ids: Uint32Array } | undefined
  /** Calls take turns: two must not change the index at once. */
  private last: Promise<unknown> = Promise.resolve()

  constructor(private readonly threads: number) {}

  /**
   * @returns null when the set's ids are not known here
   * @throws CallError `not-found` for a photo without an embedding; the signal's reason
   */
  nearest(request: NearestRequest, watch: Watch): Promise<NearestAnswer | null> {
    const { k, like } = request
    return this.asking(request, watch, async ({ index, read }) => {
      const query = await queryOf(like, index, read)
      const without = 'halves' in like ? [] : [...like.more, ...like.less]
      const { ids, similarities } = await index.nearest(query, k, without)
      return { ids, similarities, mean: index.mean }
    })
  }

  /** @returns and @throws as {@link nearest} */
  similarities(request: SimilaritiesRequest, watch: Watch): Promise<Float32Array | null> {
    return this.asking(request, watch, async ({ index, ids, read }) =>
      index.similarities(await queryOf(request.like, index, read), ids),
    )
  }

  private asking<T>(
    request: SimilaritiesRequest,
    watch: Watch,
    work: (asked: Asked) => Promise<T>,
  ): Promise<T | null> {
    const turn = this.last.then(async () => {
      const { version, ids: sent, vectors } = request.set
      const { set } = this
      const ids = sent ?? (set?.version === version ? set.ids : undefined)
      if (ids === undefined) return null
      for (const { stale } of this.held.values()) for (const id of request.changed) stale.add(id)
      const held = await this.indexOf(vectors, ids, request, watch)
      if (held.version !== version) held.index.limitTo(ids)
      held.version = version
      this.set = { version, ids }
      return work({ ...held, ids, read: readFrom(held.file, vectors.embeddingDim) })
    })
    this.last = turn.catch(() => {})
    return turn
  }

  private async indexOf(
    vectors: VectorFile,
    ids: Uint32Array,
    { set, metric }: SimilaritiesRequest,
    watch: Watch,
  ): Promise<Held> {
    const key = `${vectors.path} ${vectors.tag} ${metric}`
    const held = this.held.get(metric)
    if (held?.key === key && ids.length <= held.index.basis * mostGrowth) {
      const { stale, index } = held
      if (set.version !== held.version || stale.size > 0) {
        await index.put(
          ids.filter((id) => stale.has(id) || !index.has(id)),
          watch,
        )
        stale.clear()
      }
      return held
    }
    await this.letGo(metric)
    const file = RecordFile.open(vectors.path, vectors.embeddingDim * 2, vectors.tag)
    try {
      const read = readFrom(file, vectors.embeddingDim)
      const options = { metric, seed: 1, threads: this.threads, budgetBytes }
      const index = await SearchIndex.build(read, ids, options, watch)
      const made: Held = { key, file, index, version: undefined, stale: new Set() }
      this.held.set(metric, made)
      return made
    } catch (error) {
      file.dispose()
      throw error
    }
  }

  private async letGo(metric: Metric): Promise<void> {
    const held = this.held.get(metric)
    this.held.delete(metric)
    await held?.index.dispose()
    held?.file.dispose()
  }
}

const readFrom =
  (file: RecordFile, dim: number): ReadVectors =>
  (ids) =>
    new StoredVectors(file, ids, dim)

async function queryOf(like: Like, index: SearchIndex, read: ReadVectors): Promise<Float32Array> {
  if ('halves' in like) return index.compared(like.halves)
  const vectorsOf = async (ids: Uint32Array): Promise<Float32Array[]> => {
    const missing = ids.find((id) => !index.has(id))
    if (missing !== undefined) {
      throw new CallError('not-found', `Photo ${missing} has no embedding yet.`)
    }
    const vectors: Float32Array[] = []
    for (const id of ids) vectors.push(index.compared(await read(Uint32Array.of(id)).read(0, 1)))
    return vectors
  }
  return likenessVector(await vectorsOf(like.more), await vectorsOf(like.less))
}
