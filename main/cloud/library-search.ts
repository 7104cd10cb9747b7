// Finds photos of one library by their embeddings, for the Cloud, the Inspector and whoever asks.
import type { Likeness } from '../../preload/contract/cloud.ts'
import type { Atlas } from '../atlas/atlas.ts'
import type { Like, Metric, NearestAnswer, PhotoSet } from '../atlas/protocol.ts'
import type { OpenStore } from '../store/store-client.ts'
import type { VectorFile } from '../store/vector-file.ts'

/** Photos of the library, or an embedding from elsewhere as the bits of half floats. */
export type Wanted = Likeness | { readonly halves: Uint16Array }

export class LibrarySearch {
  /** Photos that were analysed since the last search. */
  private readonly changed = new Set<number>()
  /** All photos with embeddings; undefined when that may have changed. */
  private ids: Uint32Array | undefined

  constructor(
    private readonly options: {
      readonly atlas: Atlas
      readonly store: OpenStore
      readonly vectors: VectorFile
    },
  ) {}

  photosChanged(analysed: readonly number[]): void {
    this.ids = undefined
    for (const id of analysed) this.changed.add(id)
  }

  /** Best first. @throws CallError `not-found` for a photo without an embedding */
  nearest(wanted: Wanted, k: number, metric: Metric = 'centred'): Promise<NearestAnswer> {
    return this.asking((set, changed) =>
      this.options.atlas.call('nearest', { set, changed, metric, like: likeOf(wanted), k }),
    )
  }

  /** How alike the photos are, in their order. @throws as {@link nearest} */
  similarities(ids: Uint32Array, wanted: Wanted, metric: Metric): Promise<Float32Array> {
    return this.asking((set, changed) =>
      this.options.atlas.call('similarities', {
        set: { ...set, ids },
        changed,
        metric,
        like: likeOf(wanted),
      }),
    )
  }

  private async asking<T>(ask: (set: PhotoSet, changed: Uint32Array) => Promise<T>): Promise<T> {
    this.ids ??= await this.options.store.embeddedIds()
    const changed = Uint32Array.from(this.changed)
    const answer = await ask({ vectors: this.options.vectors, ids: this.ids }, changed)
    for (const id of changed) this.changed.delete(id)
    return answer
  }
}

const likeOf = (wanted: Wanted): Like =>
  'halves' in wanted
    ? wanted
    : { more: Uint32Array.from(wanted.more), less: Uint32Array.from(wanted.less) }
