// The best neighbours of every row so far.

/** k neighbours of each of `count` rows, best first. */
export interface Neighbours {
  readonly count: number
  readonly k: number
  /** Row numbers, [count, k]. */
  readonly ids: Uint32Array
  /** Cosines, [count, k]. */
  readonly similarities: Float32Array
}

/** Equal similarities stand in the order of their row numbers, whatever order they came in. */
export class NeighbourLists implements Neighbours {
  readonly ids: Uint32Array
  readonly similarities: Float32Array

  constructor(
    readonly count: number,
    readonly k: number,
  ) {
    this.ids = new Uint32Array(count * k)
    this.similarities = new Float32Array(count * k).fill(Number.NEGATIVE_INFINITY)
  }

  /** Each pair is to be offered once. */
  offer(row: number, id: number, similarity: number): void {
    const { ids, similarities, k } = this
    const start = row * k
    let at = start + k - 1
    const last = similarities[at] ?? 0
    if (similarity < last || (similarity === last && id >= (ids[at] ?? 0))) return
    for (; at > start; at--) {
      const above = similarities[at - 1] ?? 0
      if (above > similarity || (above === similarity && (ids[at - 1] ?? 0) < id)) break
      similarities[at] = above
      ids[at] = ids[at - 1] ?? 0
    }
    similarities[at] = similarity
    ids[at] = id
  }
}
