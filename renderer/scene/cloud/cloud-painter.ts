// Owns what lies on the GPU and draws frames: photos and dots into a picture, marks over it.
import { Camera, LinearSRGBColorSpace, Scene, WebGLRenderer } from 'three'
import type { Sphere } from './bounds.ts'
import type { CameraPose } from './camera-pose.ts'
import { type CardChoice, CardSearch, noCards } from './card-search.ts'
import { aimUniforms } from './cloud-camera.ts'
import type { CloudLook, CloudSceneSources } from './cloud-scene-types.ts'
import { cssColour } from './css-colour.ts'
import { FramePace } from './frame-pace.ts'
import { cardsWork, type FramePlan, FramePlanner } from './frame-plan.ts'
import { FrameTarget } from './frame-target.ts'
import { type GpuBudget, gpuBudget } from './gpu-budget.ts'
import { drawsInSoftware } from './graphics-kind.ts'
import { IdPicker } from './id-picker.ts'
import { Links } from './links.ts'
import { Marker } from './marker.ts'
import { PhotoCards } from './photo-cards.ts'
import { PhotoPictures } from './photo-pictures.ts'
import type { PointArrays } from './point-arrays.ts'
import { PointCloud } from './point-cloud.ts'
import { ScreenBuckets } from './screen-buckets.ts'
import { sharedUniforms } from './shared-uniforms.ts'
import { WebGlMissingError } from './webgl-missing.ts'

/** What is drawn, and from where. */
export interface PaintedView {
  readonly arrays: PointArrays
  readonly idOf: (slot: number) => number
  readonly aspectOf: (slot: number) => number
  readonly pose: CameraPose
  readonly bounds: Sphere
  /** Share of the way from the points' places before to their places now. */
  readonly glide: number
  readonly size: {
    readonly widthPx: number
    readonly heightPx: number
    readonly pixelRatio: number
  }
  /** Widths in units; photos of 0 are not drawn. */
  readonly dotUnits: number
  readonly photoUnits: number
  readonly focusSlot: number
  /** No fading (prefers-reduced-motion). */
  readonly calm: boolean
}

const leastDotPx = 2
const mostDotPx = 28
/** Narrower photos are dots. */
const leastPhotoPx = 9
const fadeSeconds = 0.3
const togetherMs = 150
const leastRestingDots = 60_000
/** Points looked at in one frame to find the near ones. */
const searchedMoving = 60_000
const searchedResting = 300_000
/** From so many points on, those near the pointer are found first and drawn alone. */
const bucketedFrom = 20_000

export class CloudPainter {
  readonly links: Links
  readonly marker: Marker
  readonly cloud: PointCloud
  framesDrawn = 0
  lastFrameMs = 0
  private readonly renderer: WebGLRenderer
  private readonly software: boolean
  private readonly uniforms = sharedUniforms()
  private readonly camera = new Camera()
  private readonly dotScene = new Scene()
  private readonly cardScene = new Scene()
  private readonly overlayScene = new Scene()
  private readonly target = new FrameTarget()
  private readonly picker: IdPicker
  private readonly pictures: PhotoPictures
  private readonly cards: PhotoCards
  private readonly search = new CardSearch()
  private readonly planner = new FramePlanner()
  private readonly pace: FramePace
  private budget: GpuBudget
  private choice: CardChoice = noCards
  private buckets: ScreenBuckets | null = null
  /** The search has to begin again; pictures came; the overlay alone changed. */
  private searchStale = true
  private picturesStale = false
  private overlayStale = true
  private movingSinceMs = 0
  private refreshedMs = 0
  private movedLast = false
  private fadedLast = false
  private background = cssColour('#000')
  private bufferPx: readonly [number, number] = [1, 1]

  /** @param onArrived a frame is wanted because pictures came */
  constructor(canvas: HTMLCanvasElement, sources: CloudSceneSources, onArrived: () => void) {
    const context = canvas.getContext('webgl2', {
      alpha: false,
      antialias: false,
      depth: false,
      powerPreference: 'high-performance',
    })
    if (context === null) throw new WebGlMissingError()
    this.renderer = new WebGLRenderer({ canvas, context })
    this.renderer.outputColorSpace = LinearSRGBColorSpace
    this.renderer.autoClear = false
    this.renderer.sortObjects = false
    this.software = drawsInSoftware(context)
    this.pace = new FramePace(this.software ? 40_000 : 1_000_000)
    this.budget = gpuBudget(this.software, 0, 0)
    const seconds = (): number => performance.now() / 1000
    this.pictures = new PhotoPictures(
      this.renderer,
      this.budget,
      !this.software,
      sources,
      seconds,
      () => {
        this.picturesStale = true
        onArrived()
      },
    )
    const overlay = this.target.overlayUniforms
    this.cards = new PhotoCards(this.uniforms, this.pictures, this.software ? 1500 : 6000)
    this.cloud = new PointCloud(this.uniforms, overlay)
    this.links = new Links(this.uniforms, overlay)
    this.marker = new Marker(this.uniforms)
    this.picker = new IdPicker(this.renderer, this.camera, [this.cards.ids, this.cloud.ids])
    this.dotScene.add(this.cloud.soft, this.cloud.plain)
    this.cardScene.add(this.cards.cards, this.cards.fresh)
    this.overlayScene.add(
      this.cloud.hiddenSelection.rings,
      this.links.lines,
      this.cards.ring,
      this.marker.mark,
    )
  }

  get gl(): WebGLRenderingContext | WebGL2RenderingContext {
    return this.renderer.getContext()
  }

  get gpuBytes(): number {
    const { cloud, cards, links, target, pictures } = this
    const canvasBytes = this.bufferPx[0] * this.bufferPx[1] * 4
    return (
      cloud.gpuBytes +
      cards.gpuBytes +
      links.gpuBytes +
      target.gpuBytes +
      canvasBytes +
      pictures.gpuBytes
    )
  }

  get gpuLimitBytes(): number {
    return this.budget.limitBytes
  }

  get pointsDrawn(): number {
    return this.planner.dotsDrawn
  }

  get pictureCounts(): PhotoPictures['counts'] {
    return this.pictures.counts
  }

  get loading(): boolean {
    return !this.pictures.atRest
  }

  setLook({ background, accent, ink }: CloudLook): void {
    this.background = cssColour(background)
    this.uniforms.u_background.value.copy(this.background)
    this.uniforms.u_accent.value.copy(cssColour(accent))
    this.uniforms.u_ink.value.copy(cssColour(ink))
    this.restart()
  }

  setArrays(arrays: PointArrays): void {
    this.cloud.setArrays(arrays)
    this.choice = noCards
    this.search.stop()
    this.pictures.lookAgain()
    this.share()
    this.restart()
  }

  setFlat(flat: boolean): void {
    this.uniforms.u_flat.value = flat ? 1 : 0
  }

  resize(widthPx: number, heightPx: number, pixelRatio: number): void {
    this.renderer.setPixelRatio(pixelRatio)
    this.renderer.setSize(widthPx, heightPx, false)
    const { width, height } = this.renderer.domElement
    this.bufferPx = [width, height]
    this.target.resize(width, height)
    this.share()
    this.restart()
  }

  /** Points, colours, sizes or the canvas changed: all is drawn again. */
  restart(): void {
    this.planner.restart()
    this.searchStale = true
    this.buckets = null
  }

  /** Marks alone changed. */
  restartOverlay(): void {
    this.overlayStale = true
  }

  /** After the context came back: three makes its own objects again, the rest is made here. */
  restore(): void {
    this.pictures.rebuild(this.budget)
    this.restart()
  }

  /** @returns whether another frame is wanted */
  paint(view: PaintedView, nowMs: number, moving: boolean): boolean {
    const startedMs = performance.now()
    this.keepPace(nowMs, moving)
    const searching = this.searchCards(view, moving)
    const waiting = this.refreshCards(view, nowMs)
    const fading = this.fadeCards(view, nowMs)
    const plan = this.plan(view, moving)
    if (plan !== null) this.draw(view, plan)
    if (plan !== null || this.overlayStale) this.show(view)
    this.lastFrameMs = performance.now() - startedMs
    return moving || searching || waiting || fading || !this.planner.complete(this.points(view))
  }

  /** The slot of the point drawn at a pixel, -1 for none. */
  slotAt(view: PaintedView, xPx: number, yPx: number): number {
    if (this.gl.isContextLost()) return -1
    const [widthPx, heightPx] = this.bufferPx
    const ratio = heightPx / view.size.heightPx
    this.aim(view, widthPx, heightPx)
    this.cloud.setIdRange(this.nearPointer(view, xPx, yPx))
    this.cards.show(this.choice.slots.length)
    return this.picker.idAt(xPx * ratio, yPx * ratio, widthPx, heightPx)
  }

  dispose(): void {
    this.search.stop()
    this.pictures.dispose()
    this.cards.dispose()
    this.cloud.dispose()
    this.links.dispose()
    this.marker.dispose()
    this.picker.dispose()
    this.target.dispose()
    this.renderer.dispose()
  }

  private points({ arrays }: PaintedView): number {
    return arrays.paint.length / 4
  }

  private keepPace(nowMs: number, moving: boolean): void {
    if (!moving) this.movedLast = false
    else if (this.movedLast) this.pace.record(nowMs - this.movingSinceMs, true)
    else this.pace.begin()
    if (moving) {
      this.movingSinceMs = nowMs
      this.movedLast = true
      this.searchStale = true
      this.buckets = null
    }
  }

  /** @returns whether the search goes on */
  private searchCards(view: PaintedView, moving: boolean): boolean {
    const { search } = this
    if (view.photoUnits <= 0 && this.choice.slots.length === 0) return false
    if (this.searchStale && !(moving && search.running)) {
      this.searchStale = false
      const { arrays, pose, glide, size, photoUnits, aspectOf } = view
      search.start({
        arrays,
        pose,
        glide,
        aspectOf,
        canvas: size,
        flat: this.uniforms.u_flat.value === 1,
        cardUnits: photoUnits,
        leastPx: leastPhotoPx,
        most: photoUnits > 0 ? this.cards.most : 0,
      })
    }
    const found = search.step(moving ? searchedMoving : searchedResting)
    if (found !== null) {
      if (!moving && !sameSlots(found.slots, this.choice.slots)) this.planner.restart()
      this.choice = found
      this.picturesStale = true
      this.pictures.want(found, view.idOf)
    }
    return search.running
  }

  /** @returns whether pictures wait to be shown */
  private refreshCards(view: PaintedView, nowMs: number): boolean {
    if (!this.picturesStale) return false
    // Where cards cost more than a frame, pictures that come one by one are shown together.
    if (this.loading && !this.quick(view) && nowMs - this.refreshedMs < togetherMs) return true
    this.picturesStale = false
    this.refreshedMs = nowMs
    const arrived = this.pictures.takeArrived()
    const { slots } = this.choice
    this.cards.setCards({ ...view, slots })
    this.cards.setFresh({ ...view, slots: slots.filter((slot) => arrived.has(view.idOf(slot))) })
    this.planner.redrawCards()
    this.overlayStale = true
    return false
  }

  /** Whether one frame holds everything. */
  private quick(view: PaintedView): boolean {
    return this.points(view) + cardsWork(this.choice.widthsPx) <= this.pace.budget
  }

  /**
   * Where one frame holds everything, each step of a fade is a new picture. Otherwise photos appear at
   * once and lie over the points that are there.
   *
   * @returns whether pictures are still fading in
   */
  private fadeCards(view: PaintedView, nowMs: number): boolean {
    const fades = !view.calm && this.quick(view)
    const fading = this.cards.setTime(nowMs / 1000, fades ? fadeSeconds : 0)
    if (fading || this.fadedLast) this.planner.restart()
    this.fadedLast = fading
    return fading
  }

  private plan(view: PaintedView, moving: boolean): FramePlan | null {
    const { pace, planner } = this
    const points = this.points(view)
    if (!moving) {
      // Nothing moves: a still picture may take longer a frame than a moving one.
      const dots = Math.max(leastRestingDots, pace.budget * 4)
      return planner.resting(points, this.choice.slots.length, dots)
    }
    return planner.moving(points, this.choice.widthsPx, pace.budget, pace.scale)
  }

  private draw(view: PaintedView, plan: FramePlan): void {
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

  private show(view: PaintedView): void {
    const [widthPx, heightPx] = this.bufferPx
    this.target.show(this.renderer, this.camera)
    this.aim(view, widthPx, heightPx)
    this.cards.ring.visible = view.focusSlot >= 0
    if (view.focusSlot >= 0) this.cards.setRing({ ...view, slots: Uint32Array.of(view.focusSlot) })
    this.renderer.render(this.overlayScene, this.camera)
    this.overlayStale = false
    this.framesDrawn++
  }

  private aim(view: PaintedView, widthPx: number, heightPx: number): void {
    const { uniforms } = this
    const ratio = heightPx / view.size.heightPx
    aimUniforms(uniforms, view.pose, view.bounds, { widthPx, heightPx })
    uniforms.u_pixelRatio.value = ratio
    uniforms.u_glide.value = view.glide
    uniforms.u_pointSize.value = view.dotUnits
    this.cloud.setWidths(leastDotPx * ratio, mostDotPx * ratio)
    this.cards.setSizes(view.photoUnits, leastDotPx * ratio, mostDotPx * ratio)
  }

  private nearPointer(view: PaintedView, xPx: number, yPx: number): Uint32Array | null {
    if (this.points(view) < bucketedFrom) return null
    this.buckets ??= new ScreenBuckets(view.pose, view.size, view.arrays, view.glide)
    return this.buckets.near(xPx, yPx)
  }

  /** Shares the GPU's memory out anew where points or canvas outgrew what was set aside. */
  private share(): void {
    const [widthPx, heightPx] = this.bufferPx
    const { cloud, cards, links, target } = this
    const budget = gpuBudget(
      this.software,
      cloud.gpuBytes + cards.gpuBytes + links.gpuBytes,
      target.gpuBytes + widthPx * heightPx * 4,
    )
    const same =
      budget.tileLayers === this.budget.tileLayers &&
      budget.thumbnailLayers === this.budget.thumbnailLayers
    this.budget = budget
    if (!same) this.pictures.rebuild(budget)
  }
}

function sameSlots(a: Uint32Array, b: Uint32Array): boolean {
  return a.length === b.length && a.every((slot, i) => slot === b[i])
}
