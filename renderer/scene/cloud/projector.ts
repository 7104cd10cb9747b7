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

/** Writes into one object that it keeps: a million points are seen without a million objects. */
export function projector(
  pose: CameraPose,
  { widthPx, heightPx }: CanvasSize,
): (x: number, y: number, z: number) => Seen {
  const { right, up, back } = axesOf(pose)
  const eye: Vector = eyeOf(pose)
  const pixelsPerUnit = heightPx / 2 / halfHeightAtOne
  const seen: Seen = { xPx: 0, yPx: 0, depth: 0 }
  return (placeX, placeY, placeZ) => {
    const [x, y, z] = [placeX - eye[0], placeY - eye[1], placeZ - eye[2]]
    seen.depth = -(x * back[0] + y * back[1] + z * back[2])
    const scale = pixelsPerUnit / seen.depth
    seen.xPx = widthPx / 2 + (x * right[0] + y * right[1] + z * right[2]) * scale
    seen.yPx = heightPx / 2 - (x * up[0] + y * up[1] + z * up[2]) * scale
    return seen
  }
}
