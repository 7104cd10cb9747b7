// The attributes of cards: where a photo stands, its shape, and where its pictures lie.
import {
  BufferAttribute,
  DynamicDrawUsage,
  InstancedBufferAttribute,
  InstancedBufferGeometry,
  InstancedInterleavedBuffer,
  InterleavedBufferAttribute,
} from 'three'
import type { PhotoPictures } from './photo-pictures.ts'
import type { PointArrays } from './point-arrays.ts'

/** From, to, aspect, slot, tile, thumbnail, and since when both are there. */
const floatsPerCard = 3 + 3 + 4 + 2
const bytesPerCard = floatsPerCard * 4 + 4

export interface CardContent {
  readonly slots: Uint32Array
  readonly arrays: PointArrays
  readonly idOf: (slot: number) => number
  readonly aspectOf: (slot: number) => number
}

export class CardBuffers {
  readonly geometry = new InstancedBufferGeometry()
  readonly gpuBytes: number
  private readonly places: InstancedInterleavedBuffer
  private readonly paint: InstancedBufferAttribute

  constructor(readonly most: number) {
    this.gpuBytes = most * bytesPerCard
    this.places = new InstancedInterleavedBuffer(
      new Float32Array(most * floatsPerCard),
      floatsPerCard,
    )
    this.paint = new InstancedBufferAttribute(new Uint8Array(most * 4), 4, true)
    this.places.setUsage(DynamicDrawUsage)
    this.paint.setUsage(DynamicDrawUsage)
    const corners = new Float32Array([-1, -1, 1, -1, -1, 1, 1, 1])
    this.geometry.setAttribute('a_corner', new BufferAttribute(corners, 2))
    this.geometry.setIndex([0, 1, 2, 2, 1, 3])
    for (const [name, items, offset] of [
      ['a_from', 3, 0],
      ['a_to', 3, 3],
      ['a_card', 4, 6],
      ['a_since', 2, 10],
    ] as const)
      this.geometry.setAttribute(name, new InterleavedBufferAttribute(this.places, items, offset))
    this.geometry.setAttribute('a_paint', this.paint)
    this.geometry.instanceCount = 0
  }

  /** @returns since when the newest of the pictures is there, in seconds */
  fill({ slots, arrays, idOf, aspectOf }: CardContent, pictures: PhotoPictures): number {
    const places = this.places.array
    const count = Math.min(slots.length, this.most)
    let newest = Number.NEGATIVE_INFINITY
    for (let card = 0; card < count; card++) {
      const slot = slots[card] ?? 0
      const id = idOf(slot)
      const [tile, thumbnail] = [pictures.tileOf(id), pictures.thumbnailOf(id)]
      const at = card * floatsPerCard
      for (let axis = 0; axis < 3; axis++) {
        places[at + axis] = arrays.from[slot * 3 + axis] ?? 0
        places[at + 3 + axis] = arrays.to[slot * 3 + axis] ?? 0
      }
      places[at + 6] = aspectOf(slot)
      places[at + 7] = slot
      places[at + 8] = tile.cell
      places[at + 9] = thumbnail.cell
      places[at + 10] = tile.sinceSeconds
      places[at + 11] = thumbnail.sinceSeconds
      for (const { cell, sinceSeconds } of [tile, thumbnail])
        if (cell >= 0) newest = Math.max(newest, sinceSeconds)
      for (let channel = 0; channel < 4; channel++)
        this.paint.array[card * 4 + channel] = arrays.paint[slot * 4 + channel] ?? 0
    }
    this.geometry.instanceCount = count
    this.places.clearUpdateRanges()
    this.places.addUpdateRange(0, count * floatsPerCard)
    this.places.needsUpdate = true
    this.paint.clearUpdateRanges()
    this.paint.addUpdateRange(0, count * 4)
    this.paint.needsUpdate = true
    return newest
  }

  dispose(): void {
    this.geometry.dispose()
  }
}
