// Holds the search index of one library, and keeps it in step with it.
import { CallError } from '../../inspect/calls.ts'
import { RecordFile } from '../../store/record-file.ts'
import type { Like, NearestAnswer, NearestRequest, SimilaritiesRequest } from '../protocol.ts'
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
}

export class Searcher {
  private held: Held | undefined
  /** Calls take turns: two must not change the index at once. */
  private last: Promise<unknown> = Promise.resolve()

  constructor(private readonly threads: number) {}

  /** @throws CallError `not-found` for a photo without an embedding; the signal's reason */
  nearest(request: NearestRequest, watch: Watch): Promise<NearestAnswer> {
    return this.inTurn(async () => {
      const { set, k, like } = request
      const { index, file } = await this.indexOf(request, watch)
      const asked = new Set('halves' in like ? [] : [...like.more, ...like.less])
      const allowed = allowedIn(set.ids, asked)
      const query = await queryOf(like, index, readFrom(file, set.vectors.embeddingDim))
      const { ids, similarities } = await index.nearest(query, k, allowed)
      return { ids, similarities, mean: index.mean }
    })
  }

  /** @throws as {@link nearest} */
  similarities(request: SimilaritiesRequest, watch: Watch): Promise<Float32Array> {
    return this.inTurn(async () => {
      const { set, like } = request
      const { index, file } = await this.indexOf(request, watch)
      const query = await queryOf(like, index, readFrom(file, set.vectors.embeddingDim))
      return index.similarities(query, set.ids)
    })
  }

  private async indexOf(
    { set, metric, changed }: SimilaritiesRequest,
    watch: Watch,
  ): Promise<Held> {
    const { vectors, ids } = set
    const key = `${vectors.path} ${vectors.tag} ${metric}`
    const { held } = this
    if (held?.key === key && ids.length <= held.index.basis * mostGrowth) {
      const again = new Set(changed)
      await held.index.put(
        ids.filter((id) => again.has(id) || !held.index.has(id)),
        watch,
      )
      return held
    }
    await this.letGo()
    const file = RecordFile.open(vectors.path, vectors.embeddingDim * 2, vectors.tag)
    try {
      const read = readFrom(file, vectors.embeddingDim)
      const options = { metric, seed: 1, threads: this.threads, budgetBytes }
      const index = await SearchIndex.build(read, ids, options, watch)
      this.held = { key, file, index }
      return this.held
    } catch (error) {
      file.dispose()
      throw error
    }
  }

  private async letGo(): Promise<void> {
    const { held } = this
    this.held = undefined
    await held?.index.dispose()
    held?.file.dispose()
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.last.then(work)
    this.last = turn.catch(() => {})
    return turn
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

/** Photos of the set that were not asked about; the index may hold some that have gone since. */
function allowedIn(ids: Uint32Array, asked: ReadonlySet<number>): (id: number) => boolean {
  const allowed = new Uint8Array((ids.at(-1) ?? 0) + 1)
  for (const id of ids) allowed[id] = asked.has(id) ? 0 : 1
  return (id) => allowed[id] === 1
}
