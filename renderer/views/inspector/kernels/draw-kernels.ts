// Draws all kernels on one picture.
import type { FirstKernels } from '../../../../preload/contract/inspector.ts'
import { contextOf, pictureOf } from '../picture/draw-crop.ts'
import { kernelShades, kernelWeights, shadesImage } from './kernel-image.ts'

const leastTilePx = 96
const gapPx = 8

export function drawKernels(kernels: FirstKernels): OffscreenCanvas {
  const scale = Math.ceil(leastTilePx / kernels.widthPx)
  const [width, height] = [kernels.widthPx * scale, kernels.heightPx * scale]
  const columns = Math.ceil(Math.sqrt(kernels.count))
  const rows = Math.ceil(kernels.count / columns)
  const canvas = new OffscreenCanvas(
    columns * (width + gapPx) + gapPx,
    rows * (height + gapPx) + gapPx,
  )
  const context = contextOf(canvas)
  context.fillStyle = '#0a0a0a'
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.imageSmoothingEnabled = false
  for (const [at, kernel] of kernels.order.entries()) {
    const image = shadesImage(kernelShades(kernelWeights(kernels, kernel)), kernels.widthPx)
    const left = gapPx + (at % columns) * (width + gapPx)
    const top = gapPx + Math.floor(at / columns) * (height + gapPx)
    context.drawImage(pictureOf(image), left, top, width, height)
  }
  return canvas
}
