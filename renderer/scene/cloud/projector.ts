// From places in the layout to pixels of the canvas, for one pose.
import { axesOf, type CameraPose, eyeOf, halfHeightAtOne } from './camera-pose.ts'
import type { Vector } from './vector.ts'

export interface CanvasSize {
  readonly widthPx: number
  readonly heightPx: number
}

export interface Seen {
  xPx: number
  yPx: number
  /** Along the line of sight; not positive behind the eye. */
  depth: number
}

/** Where the target is. */
export const middleOf = (
  { aside }: CameraPose,
  { widthPx, heightPx }: CanvasSize,
): { readonly xPx: number; readonly yPx: number } => ({
  xPx: widthPx * (0.5 + aside[0]),
  yPx: heightPx * (0.5 + aside[1]),
})

/** Writes into one object that it keeps: a million points are seen without a million objects. */
export function projector(
  pose: CameraPose,
  canvas: CanvasSize,
): (x: number, y: number, z: number) => Seen {
  const { right, up, back } = axesOf(pose)
  const eye: Vector = eyeOf(pose)
  const middle = middleOf(pose, canvas)
  const pixelsPerUnit = canvas.heightPx / 2 / halfHeightAtOne
  const seen: Seen = { xPx: 0, yPx: 0, depth: 0 }
  return (placeX, placeY, placeZ) => {
    const [x, y, z] = [placeX - eye[0], placeY - eye[1], placeZ - eye[2]]
    seen.depth = -(x * back[0] + y * back[1] + z * back[2])
    const scale = pixelsPerUnit / seen.depth
    seen.xPx = middle.xPx + (x * right[0] + y * right[1] + z * right[2]) * scale
    seen.yPx = middle.yPx - (x * up[0] + y * up[1] + z * up[2]) * scale
    return seen
  }
}
