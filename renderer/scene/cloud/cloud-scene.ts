// The Cloud's picture: points in space, drawn on demand, turned by hand, picked and outlined.
import { CloudPainter } from './cloud-painter.ts'
import type {
  CloudCameraView,
  CloudDrawing,
  CloudLook,
  CloudMotion,
  CloudSceneApi,
  CloudSceneEvents,
  CloudSceneFacts,
  CloudSceneSources,
} from './cloud-scene-types.ts'
import { FrameLoop } from './frame-loop.ts'
import type { CloudInset } from './free-area.ts'
import { HoverWatch } from './hover-watch.ts'
import { LassoSearch } from './lasso-search.ts'
import type { PaintedView } from './painted-view.ts'
import { dotUnits, photoUnits } from './point-size.ts'
import { PointerInput } from './pointer-input.ts'
import { SceneEye } from './scene-eye.ts'
import { SceneMarks } from './scene-marks.ts'
import { ScenePoints } from './scene-points.ts'
import type { SeenView } from './seen-places.ts'
import type { Vector } from './vector.ts'

/** No photo is wider than a share of the view: the eye stops at so many widths of one. */
const widthsToFit = 8
const widthsToApproach = 6

export class CloudScene implements CloudSceneApi {
  private readonly painter: CloudPainter
  private readonly loop = new FrameLoop((nowMs) => this.frame(nowMs))
  private readonly calm = window.matchMedia('(prefers-reduced-motion: reduce)')
  private readonly points = new ScenePoints()
  private readonly eye = new SceneEye(() => this.calm.matches)
  private readonly hover: HoverWatch
  private readonly marks: SceneMarks
  private readonly input: PointerInput
  private readonly lasso = new LassoSearch(
    (slice) => requestAnimationFrame(slice),
    () => performance.now(),
  )
  private readonly listeners = new AbortController()
  private drawing: CloudDrawing = 'photos'
  private framed = false
  private scale = 1

  constructor(
    canvas: HTMLCanvasElement,
    sources: CloudSceneSources,
    private readonly events: CloudSceneEvents,
    look: CloudLook,
  ) {
    const { hands } = this.eye
    this.painter = new CloudPainter(canvas, sources, () => this.loop.request())
    this.marks = new SceneMarks(this.points, this.painter.links, this.painter.marker)
    this.hover = new HoverWatch((xPx, yPx) => this.pick(xPx, yPx), events.onHover)
    this.input = new PointerInput(canvas, {
      onTurn: (dxPx, dyPx) => this.steer(() => hands.turn(dxPx, dyPx)),
      onPan: (dxPx, dyPx) => this.steer(() => hands.pan(dxPx, dyPx)),
      onZoom: (xPx, yPx, factor) =>
        this.steer(() => hands.zoomAt(xPx, yPx, factor, this.placeHovered())),
      onPoint: (place) => {
        this.hover.point(place)
        this.loop.request()
      },
    })
    const { signal } = this.listeners
    canvas.addEventListener('webglcontextlost', () => this.lose(), { signal })
    canvas.addEventListener('webglcontextrestored', () => this.restore(), { signal })
    this.setLook(look)
  }

  setPoints(ids: Uint32Array, aspects: Float32Array): void {
    this.points.set(ids, aspects)
    this.lasso.forget()
    this.painter.setArrays(this.points.arrays)
    this.hover.forget()
    this.marks.forget()
  }

  setPositions(positions: Float32Array, dims: 2 | 3, animateMs: number): void {
    const { points, painter, eye } = this
    const nowMs = performance.now()
    const flat = dims === 2
    const both = points.place(positions, dims, nowMs, this.calm.matches ? 0 : animateMs)
    painter.cloud.placesChanged(points.arrays, both)
    this.lasso.forget()
    painter.setFlat(flat)
    this.input.flat = flat
    eye.bound(points.bounds, flat)
    this.marks.relink()
    if (!eye.aimed) this.fit(null, 0)
    else if (flat) eye.straighten(nowMs, animateMs)
    this.redraw()
  }

  setMorph(from: Float32Array, to: Float32Array, dims: 2 | 3): void {
    const { points, painter, eye } = this
    points.between(from, to, dims, performance.now())
    painter.cloud.placesChanged(points.arrays, true)
    painter.setFlat(dims === 2)
    this.input.flat = dims === 2
    eye.bound(points.bounds, dims === 2)
    this.marks.relink()
    this.redraw()
  }

  morph(share: number, animateMs: number): void {
    const ms = this.calm.matches ? 0 : animateMs
    this.points.glide.hold(share, performance.now(), ms)
    this.hover.doubt()
    this.loop.request()
  }

  morphShare(): number {
    return this.points.glide.share
  }

  setColours(coloursRgb: Uint8Array): void {
    this.points.colour(coloursRgb)
    this.painter.cloud.paintChanged()
    this.redraw()
  }

  setFlags(flags: Uint8Array): void {
    this.points.flag(flags)
    this.painter.cloud.paintChanged()
    this.painter.cloud.setSelected(this.points.selectedSlots)
    this.redraw()
  }

  setDrawing(drawing: CloudDrawing): void {
    this.drawing = drawing
    this.redraw()
  }

  setFramed(framed: boolean): void {
    this.framed = framed
    this.redraw()
  }

  setPointScale(scale: number): void {
    this.scale = scale
    this.redraw()
  }

  setLook(look: CloudLook): void {
    this.painter.setLook(look)
    this.redraw()
  }

  setMotion(motion: CloudMotion): void {
    this.eye.setMotion(motion)
  }

  setLinks(links: Parameters<CloudSceneApi['setLinks']>[0]): void {
    this.marks.setLinks(links)
    this.redrawMarks()
  }

  setFocus(point: number | null): void {
    this.marks.setFocus(point)
    this.redrawMarks()
  }

  setMarker(position: readonly number[] | null): void {
    this.marks.setMarker(position)
    this.redrawMarks()
  }

  pick(xPx: number, yPx: number): number | null {
    if (!this.points.placed) return null
    return this.points.pointAt(this.painter.slotAt(this.painted(), xPx, yPx))
  }

  pointsInside(polygonPx: Float32Array): Uint32Array {
    const { points } = this
    if (!points.placed) return new Uint32Array()
    return points.pointsOf(this.lasso.whole(polygonPx, this.seen()))
  }

  watchInside(polygonPx: Float32Array | null, onCounted: (points: number) => void): void {
    const { lasso, points } = this
    if (polygonPx === null || !points.placed) lasso.stop()
    else lasso.watch(polygonPx, this.seen(), (slots) => onCounted(points.brightAmong(slots)))
  }

  whereIs(point: number): { readonly xPx: number; readonly yPx: number } | null {
    const slot = this.points.slotOf(point)
    if (slot === undefined || this.points.hidden(slot)) return null
    const { xPx, yPx, depth } = this.eye.projector()(...this.points.placeOf(slot))
    return depth > 0 ? { xPx, yPx } : null
  }

  wherePlaceIs(position: readonly number[]): { readonly xPx: number; readonly yPx: number } | null {
    const [x = 0, y = 0, z = 0] = position
    const { xPx, yPx, depth } = this.eye.projector()(x, y, z)
    return depth > 0 ? { xPx, yPx } : null
  }

  fit(points: Uint32Array | null, animateMs: number): void {
    if (!this.points.placed) return
    const slots = this.points.slotsShown(points)
    const leastUnits = this.photoWidth() * widthsToFit
    this.steer(() => this.eye.see(this.points.arrays.to, slots, leastUnits, animateMs))
  }

  setInset(inset: CloudInset): void {
    this.steer(() => this.eye.setInset(inset))
  }

  middle(): { readonly xPx: number; readonly yPx: number } {
    return this.eye.middle
  }

  approach(point: number, animateMs: number): void {
    const slot = this.points.slotOf(point)
    if (slot === undefined || !this.points.placed) return
    this.approachPlace(this.points.placeOf(slot, 1), animateMs)
  }

  approachPlace([x = 0, y = 0, z = 0]: readonly number[], animateMs: number): void {
    const target: Vector = [x, y, z]
    const leastUnits = this.photoWidth() * widthsToApproach
    this.steer(() => this.eye.approach(target, leastUnits, animateMs))
  }

  nudge(step: Parameters<CloudSceneApi['nudge']>[0]): void {
    this.steer(() => this.eye.hands.nudge(step))
  }

  view(): CloudCameraView {
    return this.eye.view
  }

  showView(view: CloudCameraView, animateMs: number): void {
    this.steer(() => this.eye.show(view, animateMs))
  }

  setSelecting(selecting: boolean): void {
    this.input.selecting = selecting
  }

  resize(widthPx: number, heightPx: number, pixelRatio: number): void {
    this.eye.resize(widthPx, heightPx, pixelRatio)
    this.painter.resize(this.eye.size.widthPx, this.eye.size.heightPx, pixelRatio)
    if (!this.eye.aimed) this.fit(null, 0)
    this.redraw()
  }

  facts(): CloudSceneFacts {
    const { painter, loop } = this
    return { ...painter.facts(), atRest: loop.atRest && !painter.loading }
  }

  dispose(): void {
    this.loop.stop()
    this.lasso.stop()
    this.listeners.abort()
    this.input.dispose()
    this.painter.dispose()
  }

  private frame(nowMs: number): boolean {
    if (!this.points.placed || this.painter.gl.isContextLost()) return false
    const moved = this.eye.step(nowMs)
    const glided = this.points.glide.step(nowMs)
    const more = this.painter.paint(this.painted(), nowMs, moved || glided)
    if (moved || glided) this.hover.doubt()
    if (moved) this.events.onCameraMoved()
    if (!more) this.hover.ask()
    return more
  }

  private painted(): PaintedView {
    const { points, eye } = this
    return {
      arrays: points.arrays,
      idOf: points.idOf,
      aspectOf: points.aspectOf,
      pose: eye.pose,
      bounds: points.bounds,
      glide: points.glide.share,
      size: eye.size,
      dotUnits: dotUnits(points.bounds.radius, points.count) * this.scale,
      photoUnits: this.drawing === 'photos' ? this.photoWidth() : 0,
      framed: this.framed,
      focusSlot: this.marks.focusSlot,
      calm: this.calm.matches,
    }
  }

  private seen(): SeenView {
    const { points, eye } = this
    return { pose: eye.pose, size: eye.size, arrays: points.arrays, glide: points.glide.share }
  }

  private photoWidth(): number {
    return photoUnits(this.points.bounds.radius, this.points.count) * this.scale
  }

  private placeHovered(): Vector | null {
    const { hovered } = this.hover
    const slot = hovered === null ? undefined : this.points.slotOf(hovered)
    return slot === undefined ? null : this.points.placeOf(slot)
  }

  private steer(change: () => void): void {
    change()
    this.painter.restart()
    this.loop.request()
  }

  private redraw(): void {
    this.painter.restart()
    this.hover.doubt()
    this.loop.request()
  }

  private redrawMarks(): void {
    this.painter.restartMarks()
    this.loop.request()
  }

  private lose(): void {
    this.loop.stop()
    this.events.onContextLost()
  }

  private restore(): void {
    this.painter.restore()
    this.redraw()
    this.events.onContextRestored()
  }
}
