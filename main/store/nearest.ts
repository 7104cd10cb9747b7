// Exact nearest neighbours by cosine over the embeddings of a library.
import { halfTable } from './half-float.ts'
import type { RecordFile } from './record-file.ts'

export interface Neighbour {
  readonly photoId: number
  readonly similarity: number
}

/** Records read at once: 4 MiB of 2048-d half floats. */
const chunk = 1024

/**
 * @param ids photos to look among, ascending
 * @param vectors IEEE half floats, unit L2 norm, slot = id - 1
 * @param query unit vector [embeddingDim]
 * @returns the k greatest dot products, best first, equal ones in id order
 */
export function nearest(
  ids: Uint32Array,
  vectors: RecordFile,
  query: Float32Array,
  k: number,
): readonly Neighbour[] {
  const best: Neighbour[] = []
  const dim = query.length
  for (let start = 0; start < ids.length; ) {
    const firstSlot = (ids[start] ?? 1) - 1
    let end = start
    while (end < ids.length && (ids[end] ?? 0) - 1 < firstSlot + chunk) end++
    const count = (ids[end - 1] ?? 0) - firstSlot
    const halves = new Uint16Array(vectors.read(firstSlot, count).buffer)
    for (; start < end; start++) {
      const photoId = ids[start] ?? 0
      const offset = (photoId - 1 - firstSlot) * dim
      keep(best, { photoId, similarity: dot(halves, offset, query) }, k)
    }
  }
  return best
}

function dot(halves: Uint16Array, offset: number, query: Float32Array): number {
  let sum = 0
  for (let i = 0; i < query.length; i++) {
    sum += (halfTable[halves[offset + i] ?? 0] ?? 0) * (query[i] ?? 0)
  }
  return sum
}

/** Insertion into a short sorted list. */
function keep(best: Neighbour[], candidate: Neighbour, k: number): void {
  const last = best[best.length - 1]
  if (best.length >= k && last !== undefined && candidate.similarity <= last.similarity) return
  let at = best.length
  while (at > 0 && (best[at - 1]?.similarity ?? 0) < candidate.similarity) at--
  best.splice(at, 0, candidate)
  if (best.length > k) best.pop()
}
