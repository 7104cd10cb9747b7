// Where another model would lay the same photos: its own layout, turned and scaled to lie as this one.
import type { CloudMorph, CloudSettings } from '../../preload/contract/cloud.ts'
import type { Atlas } from '../atlas/atlas.ts'
import type { ProjectProgress } from '../atlas/protocol.ts'
import { alignLayout } from '../atlas/umap/align.ts'
import { CallError } from '../inspect/calls.ts'
import type { VectorFile } from '../store/vector-file.ts'
import { pairedPlaces, radiusAround } from './paired-places.ts'

export interface PlacedPhotos {
  /** Ascending. */
  readonly ids: Uint32Array
  /** [ids, dims]. */
  readonly positions: Float32Array
}

export type MorphWay = Omit<CloudMorph, 'modelId' | 'pointsRevision' | 'positionsRevision'>

/** Two points lie anyhow to each other: turning says nothing of fewer. */
const fewestShared = 4

/**
 * The other model's layout by the same settings, made unless it is cached.
 *
 * @param ids of photos with an embedding of that model, ascending
 */
export async function otherLayout(
  atlas: Atlas,
  vectors: VectorFile,
  ids: Uint32Array,
  settings: CloudSettings,
  cacheFolder: string,
  watch: { signal: AbortSignal; onProgress: (progress: ProjectProgress) => void },
): Promise<PlacedPhotos> {
  const request = { set: { vectors, ids }, ...settings, method: 'umap', cacheFolder } as const
  const { positions } = await atlas.call('project', request, watch)
  return { ids, positions }
}

/**
 * The way of every photo of `own` to where `other` has it: by Procrustes' rotation with one scale,
 * which keeps all shapes (Schönemann and Carroll 1970; here the scale makes both spread alike).
 * Photos that only `own` has stay where they are.
 *
 * @throws CallError `not-found` when too few photos are in both
 */
export function morphWay(own: PlacedPhotos, other: PlacedPhotos, dims: 2 | 3): MorphWay {
  const { ownPlaces, otherPlaces } = pairedPlaces(own.ids, other.ids)
  if (ownPlaces.length < fewestShared) {
    throw new CallError(
      'not-found',
      'The two models have too few photos in common: let the other one see more of them.',
    )
  }
  const before = new Float32Array(ownPlaces.length * dims)
  ownPlaces.forEach((place, i) => {
    before.set(own.positions.subarray(place * dims, (place + 1) * dims), i * dims)
  })
  const turned = alignLayout(other.positions, dims, before, otherPlaces)
  const { centre, radius } = radiusAround(own.positions, ownPlaces, dims)
  const { radius: turnedRadius } = radiusAround(turned, otherPlaces, dims)
  const scale = turnedRadius > 0 ? radius / turnedRadius : 1
  const positions = own.positions.slice()
  const isShared = new Uint8Array(own.ids.length)
  const distances = new Float32Array(own.ids.length)
  ownPlaces.forEach((place, i) => {
    let squares = 0
    for (let axis = 0; axis < dims; axis++) {
      const middle = centre[axis] ?? 0
      const there = turned[(otherPlaces[i] ?? 0) * dims + axis] ?? 0
      const at = place * dims + axis
      const to = middle + scale * (there - middle)
      squares += (to - (own.positions[at] ?? 0)) ** 2
      positions[at] = to
    }
    isShared[place] = 1
    distances[place] = radius > 0 ? Math.sqrt(squares) / radius : 0
  })
  return { dims, positions, isShared, distances, onlyOther: other.ids.length - ownPlaces.length }
}
