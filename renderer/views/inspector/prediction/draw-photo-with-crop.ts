// Draws a photo with what the network does not see of it dimmed.
import { type InspectedPhoto, inspectedPhotoUrl } from '../../../../preload/contract/inspector.ts'
import { contextOf, cropIn, loadImage } from '../picture/draw-crop.ts'

export async function drawPhotoWithCrop(photo: InspectedPhoto): Promise<OffscreenCanvas> {
  const image = await loadImage(inspectedPhotoUrl(photo.session))
  const { left, top, width, height } = cropIn(image, photo)
  const canvas = new OffscreenCanvas(image.naturalWidth, image.naturalHeight)
  const context = contextOf(canvas)
  context.drawImage(image, 0, 0)
  context.fillStyle = 'rgb(0 0 0 / 58%)'
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.drawImage(image, left, top, width, height, left, top, width, height)
  context.lineWidth = Math.max(2, canvas.width / 500)
  context.strokeStyle = '#ffffff'
  context.strokeRect(left, top, width, height)
  return canvas
}
