// Paints frames: decides what each holds, has it drawn, and keeps within the GPU's time and memory.
import type { WebGLRenderer } from 'three'
import { CardDeck } from './card-deck.ts'
import { CloudLayers } from './cloud-layers.ts'
import type { CloudLook, CloudSceneFacts, CloudSceneSources } from './cloud-scene-types.ts'
import { FramePace } from './frame-pace.ts'
import { type FramePlan, FramePlanner } from './frame-plan.ts'
import { type GpuBudget, gpuBudget } from './gpu-budget.ts'
import { drawsInSoftware } from './graphics-kind.ts'
import type { Links } from './links.ts'
import type { Marker } from './marker.ts'
import { openRenderer } from './open-renderer.ts'
import { type PaintedView, pointsIn } from './painted-view.ts'
import { PhotoPictures } from './photo-pictures.ts'
import type { PointArrays } from './point-arrays.ts'
import type { PointCloud } from './point-cloud.ts'
import { PointFinder } from './point-finder.ts'

const leastRestingDots = 60_000

export class CloudPainter {
  private readonly renderer: WebGLRenderer
  private readonly software: boolean
  private readonly pictures: PhotoPictures
  private readonly layers: CloudLayers
  private readonly deck: CardDeck
  private readonly finder: PointFinder
  private readonly planner = new FramePlanner()
  private readonly pace: FramePace
  private budget: GpuBudget
  private marksStale = true
  private framesDrawn = 0
  private lastFrameMs = 0
  private movingSinceMs = 0
  private movedLast = false

  /** @param onArrived a frame is wanted because pictures came */
  constructor(canvas: HTMLCanvasElement, sources: CloudSceneSources, onArrived: () => void) {
    this.renderer = openRenderer(canvas)
    this.software = drawsInSoftware(this.gl)
    this.pace = new FramePace(this.software ? 40_000 : 1_000_000)
    this.budget = gpuBudget(this.software, 0, 0)
    this.pictures = new PhotoPictures(
      this.renderer,
      this.budget,
      !this.software,
      sources,
      () => performance.now() / 1000,
      () => {
        this.deck.refresh()
        onArrived()
      },
    )
    this.layers = new CloudLayers(this.renderer, this.pictures, this.software ? 1500 : 6000)
    this.deck = new CardDeck(this.layers.cards, this.pictures, this.planner)
    this.finder = new PointFinder(this.renderer, this.layers)
  }

  get gl(): WebGL2RenderingContext | WebGLRenderingContext {
    return this.renderer.getContext()
  }

  get cloud(): PointCloud {
    return this.layers.cloud
  }

  get links(): Links {
    return this.layers.links
  }

  get marker(): Marker {
    return this.layers.marker
  }

  facts(): Omit<CloudSceneFacts, 'atRest'> {
    const { tiles, thumbnails } = this.pictures.counts
    return {
      framesDrawn: this.framesDrawn,
      lastFrameMs: this.lastFrameMs,
      pointsDrawn: this.planner.dotsDrawn,
      tilesResident: tiles,
      thumbnailsResident: thumbnails,
      gpuBytes: this.layers.bufferBytes + this.layers.canvasBytes + this.pictures.gpuBytes,
      gpuLimitBytes: this.budget.limitBytes,
    }
  }

  get loading(): boolean {
    return !this.pictures.atRest
  }

  setLook(look: CloudLook): void {
    this.layers.setLook(look)
    this.restart()
  }

  setArrays(arrays: PointArrays): void {
    this.cloud.setArrays(arrays)
    this.deck.forget()
    this.share()
    this.restart()
  }

  setFlat(flat: boolean): void {
    this.layers.setFlat(flat)
  }

  resize(widthPx: number, heightPx: number, pixelRatio: number): void {
    this.layers.resize(widthPx, heightPx, pixelRatio)
    this.share()
    this.restart()
  }

  /** Points, colours, sizes or the canvas changed: all is drawn again. */
  restart(): void {
    this.planner.restart()
    this.deck.searchAgain()
    this.finder.forget()
  }

  /** Marks alone changed. */
  restartMarks(): void {
    this.marksStale = true
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
    const { budget } = this.pace
    const more = this.deck.step(view, { nowMs, moving, flat: this.layers.flat, budget })
    const plan = this.plan(view, moving)
    if (plan !== null) this.layers.draw(view, plan)
    if (plan !== null || this.marksStale) {
      this.layers.show(view)
      this.marksStale = false
      this.framesDrawn++
    }
    this.lastFrameMs = performance.now() - startedMs
    return moving || more || !this.planner.complete(pointsIn(view))
  }

  /** The slot of the point drawn at a pixel, -1 for none. */
  slotAt(view: PaintedView, xPx: number, yPx: number): number {
    if (this.gl.isContextLost()) return -1
    return this.finder.slotAt(view, xPx, yPx, this.deck.choice.slots.length)
  }

  dispose(): void {
    this.deck.dispose()
    this.pictures.dispose()
    this.layers.dispose()
    this.finder.dispose()
    this.renderer.dispose()
  }

  private keepPace(nowMs: number, moving: boolean): void {
    if (moving && this.movedLast) this.pace.record(nowMs - this.movingSinceMs, true)
    else if (moving) this.pace.begin()
    this.movedLast = moving
    if (!moving) return
    this.movingSinceMs = nowMs
    this.deck.searchAgain()
    this.finder.forget()
  }

  private plan(view: PaintedView, moving: boolean): FramePlan | null {
    const { pace, planner } = this
    const { widthsPx } = this.deck.choice
    if (moving) return planner.moving(pointsIn(view), widthsPx, pace.budget, pace.scale)
    // Nothing moves: a still picture may take longer a frame than a moving one.
    const dots = Math.max(leastRestingDots, pace.budget * 4)
    return planner.resting(pointsIn(view), widthsPx.length, dots)
  }

  /** Shares the GPU's memory out anew where points or canvas outgrew what was set aside. */
  private share(): void {
    const { bufferBytes, canvasBytes } = this.layers
    const budget = gpuBudget(this.software, bufferBytes, canvasBytes)
    const same =
      budget.tileLayers === this.budget.tileLayers &&
      budget.thumbnailLayers === this.budget.thumbnailLayers
    this.budget = budget
    if (!same) this.pictures.rebuild(budget)
  }
}
