// The Cloud's points by photo id: where each stands, and what is carried over when photos come.
import type { CloudClusters, CloudPoints, CloudPositions } from '../../preload/contract/cloud.ts'

/** Points, where they lie and their clusters, all in one order. */
export interface CloudData {
  readonly points: CloudPoints
  readonly positions: CloudPositions
  /** Null until clusters were found for these very points. */
  readonly clusters: CloudClusters | null
  /** In the order of the clusters' numbers. */
  readonly clusterNames: readonly string[]
}

/** The place of a photo in ascending ids; -1 when it is not there. */
export function placeOf(ids: Uint32Array, id: number): number {
  let low = 0
  let high = ids.length - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    const found = ids[middle] ?? 0
    if (found === id) return middle
    if (found < id) low = middle + 1
    else high = middle - 1
  }
  return -1
}

/** The places of those photos that are there. */
export function placesOf(ids: Uint32Array, photoIds: Iterable<number>): Uint32Array {
  const places: number[] = []
  for (const id of photoIds) {
    const place = placeOf(ids, id)
    if (place >= 0) places.push(place)
  }
  return Uint32Array.from(places)
}

/** One byte a point: 1 where its photo is among `photoIds`. */
export function maskOf(ids: Uint32Array, photoIds: Iterable<number>): Uint8Array {
  const table = new Uint8Array((ids.at(-1) ?? 0) + 1)
  for (const id of photoIds) if (id < table.length) table[id] = 1
  const mask = new Uint8Array(ids.length)
  for (let place = 0; place < ids.length; place++) mask[place] = table[ids[place] ?? 0] ?? 0
  return mask
}

/**
 * Where the points of `after` begin their way: where the same photos lay before, new ones at their
 * end already.
 */
export function startingPositions(
  before: Pick<CloudData, 'points' | 'positions'>,
  after: Pick<CloudData, 'points' | 'positions'>,
): Float32Array {
  const { dims } = after.positions
  const start = after.positions.positions.slice()
  if (before.positions.dims !== dims) return start
  const from = before.points.ids
  const to = after.points.ids
  let place = 0
  for (let at = 0; at < to.length; at++) {
    const id = to[at] ?? 0
    while ((from[place] ?? Number.POSITIVE_INFINITY) < id) place += 1
    if (from[place] !== id) continue
    for (let axis = 0; axis < dims; axis++) {
      start[at * dims + axis] = before.positions.positions[place * dims + axis] ?? 0
    }
  }
  return start
}
