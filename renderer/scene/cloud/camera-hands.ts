// What hands and keys do to the eye, in pixels of the canvas.
import { depthOf, halfHeightAtOne, placeAt } from './camera-pose.ts'
import type { CameraRig } from './camera-rig.ts'
import type { CloudSceneApi } from './cloud-scene-types.ts'
import { type CanvasSize, middleOf } from './projector.ts'
import type { Vector } from './vector.ts'

type Nudge = Parameters<CloudSceneApi['nudge']>[0]

export class CameraHands {
  canvas: CanvasSize = { widthPx: 1, heightPx: 1 }

  constructor(private readonly rig: CameraRig) {}

  get aspect(): number {
    return this.canvas.widthPx / this.canvas.heightPx
  }

  turn(dxPx: number, dyPx: number): void {
    const { heightPx } = this.canvas
    this.rig.turn(dxPx / heightPx, dyPx / heightPx)
  }

  pan(dxPx: number, dyPx: number): void {
    const { distance } = this.rig.destination
    const unitsPerPx = (2 * halfHeightAtOne * distance) / this.canvas.heightPx
    this.rig.pan(dxPx * unitsPerPx, -dyPx * unitsPerPx)
  }

  /** @param under what lies under the pointer, if anything; its depth decides what stays put */
  zoomAt(xPx: number, yPx: number, factor: number, under: Vector | null): void {
    const { rig, canvas } = this
    const { destination } = rig
    const middle = middleOf(destination, canvas)
    const x = ((xPx - middle.xPx) / canvas.widthPx) * 2
    const y = ((middle.yPx - yPx) / canvas.heightPx) * 2
    const depth = under === null ? destination.distance : depthOf(destination, under)
    rig.zoom(placeAt(destination, x, y, Math.max(depth, rig.nearest), this.aspect), factor)
  }

  nudge({ turnX = 0, turnY = 0, moveX = 0, moveY = 0, zoom = 0 }: Nudge): void {
    const { heightPx } = this.canvas
    if (turnX !== 0 || turnY !== 0) this.rig.turn(-turnX, -turnY)
    if (moveX !== 0 || moveY !== 0) this.pan(-moveX * heightPx, moveY * heightPx)
    const { xPx, yPx } = middleOf(this.rig.destination, this.canvas)
    if (zoom !== 0) this.zoomAt(xPx, yPx, 2 ** -zoom, null)
  }
}
