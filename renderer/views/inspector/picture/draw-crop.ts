// Draws the part of a photo that the network sees, with a map over it, at full resolution.
import { type InspectedPhoto, inspectedPhotoUrl } from '../../../../preload/contract/inspector.ts'
import { type Box, cropShares } from './crop-maths.ts'
import type { Mark, Overlay } from './crop-picture.tsx'

export async function loadImage(url: string): Promise<HTMLImageElement> {
  const image = new Image()
  image.src = url
  await image.decode()
  return image
}

export function contextOf(canvas: OffscreenCanvas): OffscreenCanvasRenderingContext2D {
  const context = canvas.getContext('2d')
  if (context === null) throw new Error('Expected a drawing context but received none')
  return context
}

/** Pixels as a picture that can be drawn larger. */
export function pictureOf(image: ImageData): OffscreenCanvas {
  const canvas = new OffscreenCanvas(image.width, image.height)
  contextOf(canvas).putImageData(image, 0, 0)
  return canvas
}

/** The crop's box in a picture of the photo that may be smaller than it. */
export function cropIn(image: HTMLImageElement, photo: InspectedPhoto): Box {
  const { left, top, width, height } = cropShares(photo)
  return {
    left: left * image.naturalWidth,
    top: top * image.naturalHeight,
    width: width * image.naturalWidth,
    height: height * image.naturalHeight,
  }
}

export async function drawCrop(
  photo: InspectedPhoto,
  inputSizePx: number,
  overlay: Overlay | null,
  marks: readonly Mark[] = [],
): Promise<OffscreenCanvas> {
  const image = await loadImage(inspectedPhotoUrl(photo.session))
  const crop = cropIn(image, photo)
  const sidePx = Math.max(inputSizePx, Math.round(crop.width))
  const canvas = new OffscreenCanvas(sidePx, sidePx)
  const context = contextOf(canvas)
  context.imageSmoothingQuality = 'high'
  context.drawImage(image, crop.left, crop.top, crop.width, crop.height, 0, 0, sidePx, sidePx)
  const scale = sidePx / inputSizePx
  if (overlay !== null) {
    const { left, top, width, height } = overlay.box
    context.globalAlpha = overlay.opacity
    context.imageSmoothingEnabled = overlay.smooth
    const map = pictureOf(overlay.image)
    context.drawImage(map, left * scale, top * scale, width * scale, height * scale)
    context.globalAlpha = 1
  }
  for (const { kind, box } of marks) {
    context.lineWidth = Math.max(1.5, sidePx / 400)
    context.strokeStyle = kind === 'field' ? '#f2a33a' : '#ffffff'
    context.strokeRect(box.left * scale, box.top * scale, box.width * scale, box.height * scale)
  }
  return canvas
}
