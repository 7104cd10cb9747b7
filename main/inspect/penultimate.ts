// The vector before the class scores, and the photos near it.
import type { PhotoRow } from '../../preload/contract/domain.ts'
import type { PenultimateVector } from '../../preload/contract/inspector.ts'
import type { FloatTensor } from '../engine/graph-session.ts'
import { sharedUnits } from './shared-units.ts'

const shownNeighbours = 12

/** The photos of the library that are most like a vector. */
export type FindNeighbours = (
  vector: Float32Array,
  k: number,
) => Promise<readonly { photo: PhotoRow; similarity: number; embedding: Float32Array }[]>

/**
 * @param tensor the layer's values, [C, H, W] or [C]; positions are averaged
 * @param ownId the photo itself, which is no neighbour of its own
 * @param find undefined when no library is open
 */
export async function penultimateVector(
  layer: string,
  { data, dims }: FloatTensor,
  ownId: number | null,
  find: FindNeighbours | undefined,
): Promise<PenultimateVector> {
  const values = channelMeans(data, dims[0] ?? data.length)
  const unit = unitVector(values)
  const found = (await find?.(unit, shownNeighbours + 1)) ?? []
  return {
    layer,
    values,
    neighbours: found
      .filter(({ photo }) => photo.id !== ownId)
      .slice(0, shownNeighbours)
      .map(({ photo, similarity, embedding }) => ({
        photo,
        similarity,
        sharedUnits: sharedUnits(unit, embedding),
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

function unitVector(values: Float32Array): Float32Array {
  const norm = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0)) || 1
  return values.map((value) => value / norm)
}
