// In which order the preview goes through photos: the Cloud's are walked from the opened one outwards.
import type { CloudPositions } from '../../preload/contract/cloud.ts'
import { placeOf } from './cloud-points.ts'
import { shownOf } from './cloud-shown.ts'
import type { LatentState } from './slice.ts'

/** Nobody steps farther, and a million need not be sorted. */
const most = 2000

/**
 * In the Cloud: the selected photos when several are, else all that are bright, nearest to the opened
 * one first, as they lie in the picture. Null leaves the order to the Library's list.
 */
export function previewOrder(state: LatentState, id: number): Uint32Array | null {
  const { workspace, cloudData, selection } = state
  if (workspace !== 'cloud' || cloudData === null) return null
  const several = selection.ids.size > 1 && selection.ids.has(id)
  return nearestFirst(
    cloudData.points.ids,
    cloudData.positions,
    id,
    several ? Uint32Array.from(selection.ids) : shownOf(state),
  )
}

/** Null when the photo lies nowhere. The photo itself comes first, among others or not. */
export function nearestFirst(
  ids: Uint32Array,
  { positions, dims }: Pick<CloudPositions, 'positions' | 'dims'>,
  id: number,
  among: Uint32Array,
): Uint32Array | null {
  const at = placeOf(ids, id)
  if (at < 0) return null
  const others = among.filter((other) => other !== id && placeOf(ids, other) >= 0)
  const gaps = Float32Array.from(others, (other) => {
    const place = placeOf(ids, other)
    let gap = 0
    for (let axis = 0; axis < dims; axis++)
      gap += ((positions[place * dims + axis] ?? 0) - (positions[at * dims + axis] ?? 0)) ** 2
    return gap
  })
  const farthest = gaps.toSorted()[most - 2] ?? Number.POSITIVE_INFINITY
  const near = [...others.keys()].filter((i) => (gaps[i] ?? 0) <= farthest)
  near.sort((a, b) => (gaps[a] ?? 0) - (gaps[b] ?? 0))
  return Uint32Array.from([id, ...near.slice(0, most - 1).map((i) => others[i] ?? 0)])
}
