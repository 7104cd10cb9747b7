// The vector before the class scores, and the photos near it.
import type { PhotoRow } from '../../preload/contract/domain.ts'
import type { PenultimateVector } from '../../preload/contract/inspector.ts'
import type { FloatTensor } from '../engine/graph-session.ts'
import { sharedUnits } from './shared-units.ts'

const shownNeighbours = 12

export interface SimilarPhotos {
  /** Best first; embeddings are unit vectors. */
  readonly photos: readonly {
    readonly photo: PhotoRow
    readonly similarity: number
    readonly embedding: Float32Array
  }[]
  /** Where similarities are measured from, [dim]. */
  readonly mean: Float32Array
}

/** The photos of the library that are most like a unit vector. */
export type FindSimilar = (vector: Float32Array, k: number) => Promise<SimilarPhotos>

/**
 * @param tensor the layer's values, [C, H, W] or [C]; positions are averaged
 * @param ownId the photo itself, which is no neighbour of its own
 * @param find undefined when no library is open
 */
export async function penultimateVector(
  layer: string,
  { data, dims }: FloatTensor,
  ownId: number | null,
  find: FindSimilar | undefined,
): Promise<PenultimateVector> {
  const values = channelMeans(data, dims[0] ?? data.length)
  const unit = unitVector(values)
  const found = await find?.(unit, shownNeighbours + 1)
  const { photos, mean } = found ?? { photos: [], mean: new Float32Array(unit.length) }
  const own = apart(unit, mean)
  return {
    layer,
    values,
    neighbours: photos
      .filter(({ photo }) => photo.id !== ownId)
      .slice(0, shownNeighbours)
      .map(({ photo, similarity, embedding }) => ({
        photo,
        similarity,
        sharedUnits: sharedUnits(own, apart(embedding, mean)),
      })),
  }
}

function channelMeans(values: Float32Array, channels: number): Float32Array {
  const area = values.length / channels
  return Float32Array.from({ length: channels }, (_, channel) => {
    const map = values.subarray(channel * area, (channel + 1) * area)
    return map.reduce((sum, value) => sum + value, 0) / area
  })
}

const apart = (vector: Float32Array, mean: Float32Array): Float32Array =>
  unitVector(vector.map((value, x) => value - (mean[x] ?? 0)))

function unitVector(values: Float32Array): Float32Array {
  const norm = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0)) || 1
  return values.map((value) => value / norm)
}
