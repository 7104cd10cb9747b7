// Owns the pointer and wheel on the preview's stage and moves the image, without rendering.
import {
  fitView,
  type Point,
  type Size,
  scaleLimits,
  settle,
  type ZoomView,
  zoomAround,
} from './zoom.ts'

const wheelFactorPerPx = 0.0018
const wheelLinePx = 33
const keyFactor = 1.4

export class ZoomStage {
  private view: ZoomView = { scale: 1, xPx: 0, yPx: 0 }
  private image: Size = { widthPx: 1, heightPx: 1 }
  /** While true the image is fitted again whenever the stage changes its size. */
  private fitted = true
  private dragFrom: Point | null = null
  private readonly listeners = new AbortController()
  private readonly resizes: ResizeObserver

  /**
   * @param stage the element that shows a part of the image
   * @param frame the element inside it that is sized and moved
   * @param onZoom told the scale in screen pixels per image pixel, and whether the image is fitted
   */
  constructor(
    private readonly stage: HTMLElement,
    private readonly frame: HTMLElement,
    private readonly onZoom: (screenScale: number, fitted: boolean) => void,
  ) {
    const { signal } = this.listeners
    stage.addEventListener('wheel', this.onWheel, { signal, passive: false })
    stage.addEventListener('pointerdown', this.onPointerDown, { signal })
    stage.addEventListener('pointermove', this.onPointerMove, { signal })
    stage.addEventListener('pointerup', this.onPointerUp, { signal })
    stage.addEventListener('pointercancel', this.onPointerUp, { signal })
    stage.addEventListener('dblclick', this.onDoubleClick, { signal })
    this.resizes = new ResizeObserver(() => this.show(this.fitted ? this.fitView() : this.view))
    this.resizes.observe(stage)
  }

  dispose(): void {
    this.listeners.abort()
    this.resizes.disconnect()
  }

  /** Another image, or the same one in its true size: shown fitted. */
  setImage(image: Size): void {
    this.image = image
    this.fit()
  }

  fit(): void {
    this.fitted = true
    this.show(this.fitView())
  }

  actualSize(at: Point = this.middle()): void {
    this.zoomTo(1 / window.devicePixelRatio, at)
  }

  step(direction: 1 | -1): void {
    this.zoomTo(this.view.scale * keyFactor ** direction, this.middle())
  }

  private stageSize(): Size {
    return { widthPx: this.stage.clientWidth || 1, heightPx: this.stage.clientHeight || 1 }
  }

  private middle(): Point {
    const { widthPx, heightPx } = this.stageSize()
    return { xPx: widthPx / 2, yPx: heightPx / 2 }
  }

  private fitView(): ZoomView {
    return fitView(this.stageSize(), this.image)
  }

  private zoomTo(scale: number, at: Point): void {
    const stage = this.stageSize()
    const [smallest, largest] = scaleLimits(stage, this.image, window.devicePixelRatio)
    const wanted = Math.min(largest, Math.max(smallest, scale))
    this.fitted = false
    this.show(zoomAround(this.view, wanted, at, stage, this.image))
  }

  private show(view: ZoomView): void {
    this.view = settle(view, this.stageSize(), this.image)
    const { scale, xPx, yPx } = this.view
    const screenScale = scale * window.devicePixelRatio
    this.frame.style.width = `${this.image.widthPx * scale}px`
    this.frame.style.height = `${this.image.heightPx * scale}px`
    this.frame.style.transform = `translate(${xPx}px, ${yPx}px)`
    this.frame.classList.toggle('pixels', screenScale >= 3)
    this.stage.classList.toggle('movable', !this.fitted)
    this.onZoom(screenScale, this.fitted)
  }

  private pointOf(event: MouseEvent): Point {
    const bounds = this.stage.getBoundingClientRect()
    return { xPx: event.clientX - bounds.left, yPx: event.clientY - bounds.top }
  }

  private readonly onWheel = (event: WheelEvent): void => {
    event.preventDefault()
    const deltaPx = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? wheelLinePx : 1
    const factor = Math.exp(-event.deltaY * deltaPx * wheelFactorPerPx)
    this.zoomTo(this.view.scale * factor, this.pointOf(event))
  }

  private readonly onPointerDown = (event: PointerEvent): void => {
    if (event.button !== 0) return
    this.stage.setPointerCapture(event.pointerId)
    this.dragFrom = this.pointOf(event)
  }

  private readonly onPointerMove = (event: PointerEvent): void => {
    if (this.dragFrom === null || this.fitted) return
    const { xPx, yPx } = this.pointOf(event)
    const { scale } = this.view
    const moved = {
      scale,
      xPx: this.view.xPx + xPx - this.dragFrom.xPx,
      yPx: this.view.yPx + yPx - this.dragFrom.yPx,
    }
    this.dragFrom = { xPx, yPx }
    this.show(moved)
  }

  private readonly onPointerUp = (): void => {
    this.dragFrom = null
  }

  private readonly onDoubleClick = (event: MouseEvent): void => {
    if (this.fitted) this.actualSize(this.pointOf(event))
    else this.fit()
  }
}
