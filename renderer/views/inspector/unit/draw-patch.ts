// Draws a patch of a library photo: from the thumbnail at once, then sharp from the photo itself.
import type { PhotoRow } from '../../../../preload/contract/domain.ts'
import type { UnitPatch } from '../../../../preload/contract/inspector.ts'
import { photoUrl, thumbUrl } from '../../../ui/image-urls.ts'
import { loadImage } from '../picture/draw-crop.ts'

/** Whole photos are decoded one at a time: each takes four bytes a pixel while it is drawn. */
let lastDecode: Promise<unknown> = Promise.resolve()

export async function decodePhoto(url: string, signal: AbortSignal): Promise<ImageBitmap | null> {
  const turn = lastDecode.then(async () => {
    if (signal.aborted) return null
    const response = await fetch(url, { signal })
    return response.ok ? createImageBitmap(await response.blob()) : null
  })
  lastDecode = turn.catch(() => {})
  return turn
}

type Drawing = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D

/** A patch at the photo's edge is cut by it, and so not square: it is fitted into the square. */
export function drawPatchFrom(
  context: Drawing,
  image: CanvasImageSource,
  scale: number,
  patch: UnitPatch,
  at: { readonly left: number; readonly top: number; readonly sidePx: number },
): void {
  const factor = at.sidePx / Math.max(patch.widthPx, patch.heightPx)
  const [width, height] = [patch.widthPx * factor, patch.heightPx * factor]
  context.imageSmoothingQuality = 'high'
  context.drawImage(
    image,
    patch.leftPx * scale,
    patch.topPx * scale,
    patch.widthPx * scale,
    patch.heightPx * scale,
    at.left + (at.sidePx - width) / 2,
    at.top + (at.sidePx - height) / 2,
    width,
    height,
  )
}

export async function drawPatch(
  canvas: HTMLCanvasElement,
  libraryId: string,
  photo: PhotoRow,
  patch: UnitPatch,
  signal: AbortSignal,
): Promise<void> {
  const context = canvas.getContext('2d')
  if (context === null) return
  const at = { left: 0, top: 0, sidePx: canvas.width }
  const draw = (image: CanvasImageSource, widthPx: number): void => {
    context.clearRect(0, 0, canvas.width, canvas.height)
    drawPatchFrom(context, image, widthPx / photo.widthPx, patch, at)
  }
  try {
    const thumbnail = await loadImage(thumbUrl(libraryId, photo))
    if (signal.aborted) return
    draw(thumbnail, thumbnail.naturalWidth)
    const whole = await decodePhoto(photoUrl(libraryId, photo), signal)
    if (whole === null) return
    if (!signal.aborted) draw(whole, whole.width)
    whole.close()
  } catch {
    // The photo cannot be read now; the thumbnail's patch stays.
  }
}
