// The weighted graph that a layout is made of.
import type { Neighbours } from '../knn/neighbour-lists.ts'
import { turn } from '../turns.ts'

/**
 * Edges by the point they start at: those of point i stand at offsets[i] to offsets[i + 1] - 1. Each
 * edge stands at both its ends. The arrays are shared, for threads.
 */
export interface Graph {
  readonly count: number
  /** [count + 1]. */
  readonly offsets: Uint32Array
  readonly targets: Uint32Array
  /** Above 0, at most 1. */
  readonly weights: Float32Array
}

/**
 * The fuzzy union of both directions, a + b - a b (McInnes, Healy and Melville 2018, section 3.1).
 *
 * @param strengths of the directed edges, [count, k]
 * @throws the signal's reason
 */
export async function fuzzyUnion(
  { count, k, ids }: Neighbours,
  strengths: Float32Array,
  signal: AbortSignal,
): Promise<Graph> {
  const incoming = await incomingEdges(count, k, ids, signal)
  const offsets = new Uint32Array(new SharedArrayBuffer((count + 1) * 4))
  const targets = new Uint32Array(2 * count * k)
  const weights = new Float32Array(2 * count * k)
  // Where a point's edge to each other point stands; valid from the point's own start on.
  const placeOf = new Uint32Array(count)
  const isOwn = (place: number, start: number, end: number, target: number): boolean =>
    place >= start && place < end && targets[place] === target
  let end = 0
  for (let row = 0; row < count; row++) {
    if (row % turnRows === 0) await turn(signal)
    const start = end
    for (let at = row * k; at < (row + 1) * k; at++) {
      if ((strengths[at] ?? 0) <= 0) continue
      const target = ids[at] ?? 0
      placeOf[target] = end
      targets[end] = target
      weights[end] = strengths[at] ?? 0
      end++
    }
    for (let i = incoming.offsets[row] ?? 0; i < (incoming.offsets[row + 1] ?? 0); i++) {
      const edge = incoming.edges[i] ?? 0
      const other = Math.floor(edge / k)
      const back = strengths[edge] ?? 0
      if (back <= 0) continue
      const place = placeOf[other] ?? 0
      if (isOwn(place, start, end, other)) {
        const out = weights[place] ?? 0
        weights[place] = out + back - out * back
      } else {
        targets[end] = other
        weights[end] = back
        end++
      }
    }
    offsets[row + 1] = end
  }
  return { count, offsets, targets: shared(targets, end), weights: sharedFloats(weights, end) }
}

const turnRows = 20_000

/** For each point the numbers of the directed edges that end there. */
async function incomingEdges(
  count: number,
  k: number,
  ids: Uint32Array,
  signal: AbortSignal,
): Promise<{ readonly offsets: Uint32Array; readonly edges: Uint32Array }> {
  const offsets = new Uint32Array(count + 1)
  for (const id of ids) offsets[id + 1] = (offsets[id + 1] ?? 0) + 1
  await turn(signal)
  for (let i = 0; i < count; i++) offsets[i + 1] = (offsets[i + 1] ?? 0) + (offsets[i] ?? 0)
  const next = offsets.slice()
  const edges = new Uint32Array(count * k)
  for (let edge = 0; edge < ids.length; edge++) {
    const id = ids[edge] ?? 0
    const at = next[id] ?? 0
    edges[at] = edge
    next[id] = at + 1
  }
  await turn(signal)
  return { offsets, edges }
}

function shared(values: Uint32Array, length: number): Uint32Array {
  const copy = new Uint32Array(new SharedArrayBuffer(length * 4))
  copy.set(values.subarray(0, length))
  return copy
}

function sharedFloats(values: Float32Array, length: number): Float32Array {
  const copy = new Float32Array(new SharedArrayBuffer(length * 4))
  copy.set(values.subarray(0, length))
  return copy
}
