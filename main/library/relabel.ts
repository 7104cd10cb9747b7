// Gives photos the labels of another list, from the embeddings that are there: no photo is read.
import type { LabelAnswer } from '../atlas/protocol.ts'
import type { Store } from '../store/store-calls.ts'

/** Best labels of photos by their embeddings. */
export type Labeller = (ids: Uint32Array, signal: AbortSignal) => Promise<LabelAnswer>

export interface RelabelOptions {
  readonly store: Pick<Store, 'staleLabels' | 'relabel'>
  readonly labeller: Labeller
  /** So many more have their labels. */
  readonly onRelabelled: (count: number) => Promise<void>
  readonly signal: AbortSignal
}

/** One transaction, which whoever else asks the store waits for; a cut costs at most one. */
const batchPhotos = 500

/** Every batch counts by itself: after a cut, those that are left are gone on with. */
export async function relabel({
  store,
  labeller,
  onRelabelled,
  signal,
}: RelabelOptions): Promise<void> {
  for (;;) {
    signal.throwIfAborted()
    const ids = await store.staleLabels(batchPhotos)
    if (ids.length === 0) return
    const { classes, probabilities } = await labeller(ids, signal)
    signal.throwIfAborted()
    await store.relabel(ids, classes, probabilities)
    await onRelabelled(ids.length)
  }
}
