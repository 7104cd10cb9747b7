// Which point is drawn at a pixel: of a large library only the points near the pixel are drawn as ids.
import type { WebGLRenderer } from 'three'
import type { CloudLayers } from './cloud-layers.ts'
import { IdPicker } from './id-picker.ts'
import { type PaintedView, pointsIn } from './painted-view.ts'
import { ScreenBuckets } from './screen-buckets.ts'

/** From so many points on, those near the pointer are found first and drawn alone. */
const bucketedFrom = 20_000

export class PointFinder {
  private readonly picker: IdPicker
  private buckets: ScreenBuckets | null = null

  constructor(
    renderer: WebGLRenderer,
    private readonly layers: CloudLayers,
  ) {
    const { camera, cards, cloud } = layers
    this.picker = new IdPicker(renderer, camera, [cards.ids, cloud.ids])
  }

  /** Points stand elsewhere on the canvas than before. */
  forget(): void {
    this.buckets = null
  }

  /**
   * @param cards how many photos are drawn, the nearest
   * @returns the slot of the point drawn there, -1 for none
   */
  slotAt(view: PaintedView, xPx: number, yPx: number, cards: number): number {
    const { layers } = this
    const [widthPx, heightPx] = layers.bufferPx
    const ratio = heightPx / view.size.heightPx
    layers.aim(view, widthPx, heightPx)
    layers.cloud.setIdRange(this.near(view, xPx, yPx))
    layers.cards.show(cards)
    return this.picker.idAt(xPx * ratio, yPx * ratio, widthPx, heightPx)
  }

  dispose(): void {
    this.picker.dispose()
  }

  private near(view: PaintedView, xPx: number, yPx: number): Uint32Array | null {
    if (pointsIn(view) < bucketedFrom) return null
    this.buckets ??= new ScreenBuckets(view.pose, view.size, view.arrays, view.glide)
    return this.buckets.near(xPx, yPx)
  }
}
