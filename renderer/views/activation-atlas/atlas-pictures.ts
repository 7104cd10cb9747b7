// Fetches what main has drawn for an atlas.
import {
  type AtlasCellPlace,
  atlasSheetUrl,
  cellDreamUrl,
} from '../../../preload/contract/activation-atlas.ts'
import type { AtlasPictureSource } from '../../scene/activation-atlas/atlas-painter.ts'

async function bitmapAt(url: string): Promise<ImageBitmap> {
  const response = await fetch(url)
  if (!response.ok) throw new Error(`Expected a picture at ${url} but received ${response.status}`)
  return createImageBitmap(await response.blob())
}

export const atlasPictures: AtlasPictureSource = {
  sheet: (atlasId: string, side: number) => bitmapAt(atlasSheetUrl(atlasId, side)),
  dream: (atlasId: string, place: AtlasCellPlace) => bitmapAt(cellDreamUrl(atlasId, place)),
}
