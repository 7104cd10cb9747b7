// Finds photos of one library by their embeddings, for the Cloud, the Inspector and whoever asks.
import { randomUUID } from 'node:crypto'
import type { Likeness } from '../../preload/contract/cloud.ts'
import type { Atlas } from '../atlas/atlas.ts'
import type { KnownSet, Like, Metric, NearestAnswer } from '../atlas/protocol.ts'
import type { OpenStore } from '../store/store-client.ts'
import type { VectorFile } from '../store/vector-file.ts'

/** Photos of the library, or an embedding from elsewhere as the bits of half floats. */
export type Wanted = Likeness | { readonly halves: Uint16Array }

export class LibrarySearch {
  /** Photos that were analysed since the last search. */
  private readonly changed = new Set<number>()
  /** All photos with embeddings; undefined when that may have changed. */
  private set: { readonly version: string; readonly ids: Uint32Array } | undefined

  constructor(
    private readonly options: {
      readonly atlas: Atlas
      readonly store: OpenStore
      readonly vectors: VectorFile
    },
  ) {}

  photosChanged(analysed: readonly number[]): void {
    this.set = undefined
    for (const id of analysed) this.changed.add(id)
  }

  /** Best first. @throws CallError `not-found` for a photo without an embedding */
  nearest(wanted: Wanted, k: number, metric: Metric = 'centred'): Promise<NearestAnswer> {
    return this.asking((set, changed) =>
      this.options.atlas.call('nearest', { set, changed, metric, like: likeOf(wanted), k }),
    )
  }

  /** How alike all photos with embeddings are, ascending by id. @throws as {@link nearest} */
  async similarities(
    wanted: Wanted,
    metric: Metric,
  ): Promise<{ readonly ids: Uint32Array; readonly values: Float32Array }> {
    const { ids } = await this.known()
    const values = await this.asking((set, changed) =>
      this.options.atlas.call('similarities', { set, changed, metric, like: likeOf(wanted) }),
    )
    return { ids, values }
  }

  private async known(): Promise<{ readonly version: string; readonly ids: Uint32Array }> {
    this.set ??= { version: randomUUID(), ids: await this.options.store.embeddedIds() }
    return this.set
  }

  private async asking<T>(
    ask: (set: KnownSet, changed: Uint32Array) => Promise<T | null>,
  ): Promise<T> {
    const { version, ids } = await this.known()
    const changed = Uint32Array.from(this.changed)
    const { vectors } = this.options
    const answer =
      (await ask({ vectors, version }, changed)) ?? (await ask({ vectors, version, ids }, changed))
    if (answer === null) throw new Error('Expected an answer for a set with its ids')
    for (const id of changed) this.changed.delete(id)
    return answer
  }
}

const likeOf = (wanted: Wanted): Like =>
  'halves' in wanted
    ? wanted
    : { more: Uint32Array.from(wanted.more), less: Uint32Array.from(wanted.less) }
