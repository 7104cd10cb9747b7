// Draws a unit's photos, or their patches, on one picture.
import type { Result } from '../../../../preload/contract/errors.ts'
import type { UnitPatch, UnitPhoto } from '../../../../preload/contract/inspector.ts'
import { photoUrl } from '../../../ui/image-urls.ts'
import { contextOf } from '../picture/draw-crop.ts'
import { decodePhoto, drawPatchFrom } from './draw-patch.ts'

const tilePx = 480
const gapPx = 12

export async function drawUnitPhotos(
  libraryId: string,
  photos: readonly UnitPhoto[],
  patches: ReadonlyMap<number, Result<UnitPatch>>,
  whole: boolean,
): Promise<OffscreenCanvas> {
  const columns = Math.min(3, photos.length)
  const rows = Math.ceil(photos.length / columns)
  const sidePx = (count: number): number => count * (tilePx + gapPx) + gapPx
  const canvas = new OffscreenCanvas(sidePx(columns), sidePx(rows))
  const context = contextOf(canvas)
  context.fillStyle = '#0a0a0a'
  context.fillRect(0, 0, canvas.width, canvas.height)
  for (const [index, { photo }] of photos.entries()) {
    const image = await decodePhoto(photoUrl(libraryId, photo), new AbortController().signal)
    if (image === null) continue
    const at = {
      left: gapPx + (index % columns) * (tilePx + gapPx),
      top: gapPx + Math.floor(index / columns) * (tilePx + gapPx),
      sidePx: tilePx,
    }
    const found = patches.get(photo.id)
    const all = { photoId: photo.id, activation: 0, leftPx: 0, topPx: 0 }
    const everything = { ...all, widthPx: photo.widthPx, heightPx: photo.heightPx }
    const patch = !whole && found?.ok ? found.value : everything
    drawPatchFrom(context, image, image.width / photo.widthPx, patch, at)
    image.close()
  }
  return canvas
}
