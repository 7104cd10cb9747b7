// Pictures whose colours spell the id they belong to, what kind they are, and which half is up.
import type { CloudSceneSources } from '../../../renderer/scene/cloud/cloud-scene-types.ts'

export const spelledBlue = { tile: 60, thumbnail: 200, lowerHalf: 40 } as const
const tileSidePx = 32

export interface AskedPictures {
  tiles: number
  thumbnails: number
  cancelled: number
}

/** Red and green hold an id below 65,536. */
const spelled = (id: number, blue: number): readonly [number, number, number] => [
  id >> 8,
  id & 255,
  blue,
]

/** @param asked counts what was asked for */
export function spelledPictures(asked: AskedPictures): CloudSceneSources {
  return {
    loadTiles: async (ids, signal) => {
      await later(signal, asked)
      asked.tiles += ids.length
      const values = tileSidePx * tileSidePx * 3
      const tiles = new Uint8Array(ids.length * values)
      for (const [i, id] of ids.entries()) {
        for (let at = 0; at < values; at += 3) {
          const lower = at >= values / 2 ? spelledBlue.lowerHalf : 0
          tiles.set(spelled(id, spelledBlue.tile + lower), i * values + at)
        }
      }
      return tiles
    },
    loadThumbnail: async (id, signal) => {
      await later(signal, asked)
      asked.thumbnails++
      const canvas = new OffscreenCanvas(256, 170)
      const context = canvas.getContext('2d')
      if (context === null) throw new Error('Expected a canvas to draw on.')
      context.fillStyle = `rgb(${spelled(id, spelledBlue.thumbnail)})`
      context.fillRect(0, 0, 256, 170)
      context.fillStyle = `rgb(${spelled(id, spelledBlue.thumbnail + spelledBlue.lowerHalf)})`
      context.fillRect(0, 85, 256, 85)
      return canvas.transferToImageBitmap()
    },
  }
}

/** As a disk would: not at once, in no certain order, and not at all when cancelled. */
async function later(signal: AbortSignal, asked: AskedPictures): Promise<void> {
  await new Promise((done) => setTimeout(done, Math.random() * 8))
  if (signal.aborted) asked.cancelled++
  signal.throwIfAborted()
}
