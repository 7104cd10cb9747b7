// All that is drawn, in its layers: photos and dots into a picture that is kept, marks over it.
import { Camera, Scene, type WebGLRenderer } from 'three'
import { aimUniforms } from './cloud-camera.ts'
import type { CloudLook } from './cloud-scene-types.ts'
import { cssColour } from './css-colour.ts'
import type { FramePlan } from './frame-plan.ts'
import { FrameTarget } from './frame-target.ts'
import { Links } from './links.ts'
import { Marker } from './marker.ts'
import type { PaintedView } from './painted-view.ts'
import { PhotoCards } from './photo-cards.ts'
import type { PhotoPictures } from './photo-pictures.ts'
import { PointCloud } from './point-cloud.ts'
import { type SharedUniforms, sharedUniforms } from './shared-uniforms.ts'

const leastDotPx = 2
const mostDotPx = 28

export class CloudLayers {
  readonly cards: PhotoCards
  readonly cloud: PointCloud
  readonly links: Links
  readonly marker: Marker
  readonly target = new FrameTarget()
  readonly camera = new Camera()
  /** Pixels of the drawing buffer. */
  bufferPx: readonly [number, number] = [1, 1]
  private readonly uniforms: SharedUniforms = sharedUniforms()
  private readonly dotScene = new Scene()
  private readonly cardScene = new Scene()
  private readonly markScene = new Scene()
  private background = cssColour('#000')

  constructor(
    private readonly renderer: WebGLRenderer,
    pictures: PhotoPictures,
    mostCards: number,
  ) {
    const overlay = this.target.overlayUniforms
    this.cards = new PhotoCards(this.uniforms, pictures, mostCards)
    this.cloud = new PointCloud(this.uniforms, overlay)
    this.links = new Links(this.uniforms, overlay)
    this.marker = new Marker(this.uniforms)
    this.dotScene.add(this.cloud.soft, this.cloud.plain)
    this.cardScene.add(this.cards.cards, this.cards.fresh)
    const { rings } = this.cloud.hiddenSelection
    this.markScene.add(rings, this.links.lines, this.cards.ring, this.marker.mark)
  }

  /** Bytes of buffers, and of the pictures in the making and on the canvas. */
  get bufferBytes(): number {
    return this.cloud.gpuBytes + this.cards.gpuBytes + this.links.gpuBytes
  }

  get canvasBytes(): number {
    return this.target.gpuBytes + this.bufferPx[0] * this.bufferPx[1] * 4
  }

  /** Whether the layout is a plane. */
  get flat(): boolean {
    return this.uniforms.u_flat.value === 1
  }

  setFlat(flat: boolean): void {
    this.uniforms.u_flat.value = flat ? 1 : 0
  }

  setLook({ background, accent, ink }: CloudLook): void {
    this.background = cssColour(background)
    this.uniforms.u_background.value.copy(this.background)
    this.uniforms.u_accent.value.copy(cssColour(accent))
    this.uniforms.u_ink.value.copy(cssColour(ink))
  }

  resize(widthPx: number, heightPx: number, pixelRatio: number): void {
    this.renderer.setPixelRatio(pixelRatio)
    this.renderer.setSize(widthPx, heightPx, false)
    const { width, height } = this.renderer.domElement
    this.bufferPx = [width, height]
    this.target.resize(width, height)
  }

  /** Starts the kept picture anew or adds to it. */
  draw(view: PaintedView, plan: FramePlan): void {
    const { renderer, target, camera } = this
    target.drawHere(renderer, plan.scale)
    this.aim(view, target.widthPx, target.heightPx)
    if (plan.clear) {
      renderer.setClearColor(this.background, 1)
      renderer.clear()
    }
    if (plan.cards > 0) {
      this.cards.cards.visible = plan.clear
      this.cards.fresh.visible = !plan.clear
      this.cards.show(plan.cards)
      renderer.render(this.cardScene, camera)
    }
    if (plan.dots > 0) {
      this.cloud.soft.visible = plan.soft
      this.cloud.plain.visible = !plan.soft
      this.cloud.setRange(plan.firstDot, plan.dots)
      renderer.render(this.dotScene, camera)
    }
  }

  /** Puts the kept picture on the canvas, and the marks over it. */
  show(view: PaintedView): void {
    this.target.show(this.renderer, this.camera)
    this.aim(view, ...this.bufferPx)
    this.cards.ring.visible = view.focusSlot >= 0
    if (view.focusSlot >= 0) this.cards.setRing({ ...view, slots: Uint32Array.of(view.focusSlot) })
    this.renderer.render(this.markScene, this.camera)
  }

  aim(view: PaintedView, widthPx: number, heightPx: number): void {
    const { uniforms } = this
    const ratio = heightPx / view.size.heightPx
    aimUniforms(uniforms, view.pose, view.bounds, { widthPx, heightPx })
    uniforms.u_pixelRatio.value = ratio
    uniforms.u_glide.value = view.glide
    uniforms.u_pointSize.value = view.dotUnits
    this.cloud.setWidths(leastDotPx * ratio, mostDotPx * ratio)
    this.cards.setFramed(view.framed)
    this.cards.setSizes(view.photoUnits, leastDotPx * ratio, mostDotPx * ratio)
  }

  dispose(): void {
    this.cards.dispose()
    this.cloud.dispose()
    this.links.dispose()
    this.marker.dispose()
    this.target.dispose()
  }
}
