// The Cloud's picture: points in space, drawn on demand, turned by hand, picked and outlined.
import { poseToSee, type Sphere, sphereAround } from './bounds.ts'
import { CameraHands } from './camera-hands.ts'
import { type CameraPose, poseOfView, viewOf } from './camera-pose.ts'
import { CameraRig } from './camera-rig.ts'
import { CloudPainter, type PaintedView } from './cloud-painter.ts'
import {
  type CloudCameraView,
  type CloudDrawing,
  type CloudLook,
  type CloudMotion,
  type CloudSceneApi,
  type CloudSceneEvents,
  type CloudSceneFacts,
  type CloudSceneSources,
  pointFlag,
} from './cloud-scene-types.ts'
import { type DrawOrder, shuffledOrder } from './draw-order.ts'
import { FrameLoop } from './frame-loop.ts'
import { Glide } from './glide.ts'
import { slotsInside } from './lasso-test.ts'
import { type LinkEnd, linksBetween } from './links.ts'
import {
  flagsAt,
  type PointArrays,
  paintColours,
  paintFlags,
  placeOfSlot,
  placePoints,
  pointArrays,
  slotsWith,
  stopGliding,
} from './point-arrays.ts'
import { dotUnits, photoUnits } from './point-size.ts'
import { PointerInput } from './pointer-input.ts'
import { projector } from './projector.ts'
import type { Vector } from './vector.ts'

type Links = Parameters<CloudSceneApi['setLinks']>[0]

export class CloudScene implements CloudSceneApi {
  private readonly painter: CloudPainter
  private readonly loop = new FrameLoop((nowMs) => this.frame(nowMs))
  private readonly glide = new Glide()
  private readonly calm = window.matchMedia('(prefers-reduced-motion: reduce)')
  private readonly rig = new CameraRig(() => this.calm.matches)
  private readonly hands = new CameraHands(this.rig)
  private readonly input: PointerInput
  private readonly listeners = new AbortController()
  private ids: Uint32Array = new Uint32Array()
  private aspects: Float32Array = new Float32Array()
  private order: DrawOrder = shuffledOrder(0)
  private arrays: PointArrays = pointArrays(0)
  private bounds: Sphere = { centre: [0, 0, 0], radius: 1 }
  private size = { widthPx: 1, heightPx: 1, pixelRatio: 1 }
  private placed = false
  private aimed = false
  private drawing: CloudDrawing = 'photos'
  private scale = 1
  private links: Links = null
  private focus: number | null = null
  private marker: Vector | null = null
  private pointer: { readonly xPx: number; readonly yPx: number } | null = null
  private hovered: number | null = null
  private hoverStale = false

  constructor(
    canvas: HTMLCanvasElement,
    sources: CloudSceneSources,
    private readonly events: CloudSceneEvents,
    look: CloudLook,
  ) {
    this.painter = new CloudPainter(canvas, sources, () => this.loop.request())
    this.input = new PointerInput(canvas, {
      onTurn: (dxPx, dyPx) => this.steer(() => this.hands.turn(dxPx, dyPx)),
      onPan: (dxPx, dyPx) => this.steer(() => this.hands.pan(dxPx, dyPx)),
      onZoom: (xPx, yPx, factor) =>
        this.steer(() => this.hands.zoomAt(xPx, yPx, factor, this.placeHovered())),
      onPoint: (place) => this.point(place),
    })
    const { signal } = this.listeners
    canvas.addEventListener('webglcontextlost', () => this.lose(), { signal })
    canvas.addEventListener('webglcontextrestored', () => this.restore(), { signal })
    this.setLook(look)
  }

  setPoints(ids: Uint32Array, aspects: Float32Array): void {
    this.ids = ids.slice()
    this.aspects = aspects.slice()
    this.order = shuffledOrder(ids.length)
    this.arrays = pointArrays(ids.length)
    this.painter.setArrays(this.arrays)
    this.placed = false
    this.hovered = null
    this.focus = null
    this.links = null
    this.showLinks()
  }

  setPositions(positions: Float32Array, dims: 2 | 3, animateMs: number): void {
    const { arrays, glide, rig } = this
    const nowMs = performance.now()
    const glides = this.placed && animateMs > 0 && !this.calm.matches
    const wasGliding = !glide.atRest
    if (wasGliding) stopGliding(arrays, glide.share)
    else if (glides) [arrays.from, arrays.to] = [arrays.to, arrays.from]
    placePoints(positions, dims, this.order, arrays.to)
    if (!glides) arrays.from.set(arrays.to)
    this.painter.cloud.placesChanged(arrays, wasGliding || !glides)
    glide.start(nowMs, glides ? animateMs : 0)
    this.bounds = sphereAround(glides ? [arrays.from, arrays.to] : [arrays.to])
    rig.flat = dims === 2
    this.input.flat = dims === 2
    this.painter.setFlat(dims === 2)
    rig.nearest = this.bounds.radius * 1e-3
    rig.farthest = this.bounds.radius * 20
    this.placed = true
    this.showLinks()
    if (!this.aimed) this.fit(null, 0)
    else if (dims === 2) rig.goTo(rig.destination, nowMs, animateMs)
    this.redraw()
  }

  setColours(coloursRgb: Uint8Array): void {
    paintColours(coloursRgb, this.order, this.arrays)
    this.painter.cloud.paintChanged()
    this.redraw()
  }

  setFlags(flags: Uint8Array): void {
    paintFlags(flags, this.order, this.arrays)
    this.painter.cloud.paintChanged()
    this.painter.cloud.setSelected(slotsWith(pointFlag.selected, this.arrays))
    this.redraw()
  }

  setDrawing(drawing: CloudDrawing): void {
    this.drawing = drawing
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
    this.rig.motion = motion
  }

  setLinks(links: Links): void {
    this.links = links
    this.showLinks()
    this.redrawMarks()
  }

  setFocus(point: number | null): void {
    this.focus = point
    this.redrawMarks()
  }

  setMarker(position: readonly number[] | null): void {
    const [x = 0, y = 0, z = 0] = position ?? []
    this.marker = position === null ? null : [x, y, z]
    this.painter.marker.set(this.marker)
    this.showLinks()
    this.redrawMarks()
  }

  pick(xPx: number, yPx: number): number | null {
    if (!this.placed) return null
    const slot = this.painter.slotAt(this.painted(), xPx, yPx)
    return slot < 0 ? null : (this.order.pointOf[slot] ?? null)
  }

  pointsInside(polygonPx: Float32Array): Uint32Array {
    if (!this.placed) return new Uint32Array()
    const slots = slotsInside(
      polygonPx,
      projector(this.rig.pose, this.size),
      this.arrays,
      this.glide.share,
    )
    return slots.map((slot) => this.order.pointOf[slot] ?? 0).sort()
  }

  whereIs(point: number): { readonly xPx: number; readonly yPx: number } | null {
    const slot = this.order.slotOf[point]
    if (slot === undefined || (flagsAt(this.arrays, slot) & pointFlag.hidden) !== 0) return null
    const place = placeOfSlot(this.arrays, slot, this.glide.share)
    const { xPx, yPx, depth } = projector(this.rig.pose, this.size)(...place)
    return depth > 0 ? { xPx, yPx } : null
  }

  fit(points: Uint32Array | null, animateMs: number): void {
    if (!this.placed) return
    const { arrays, order } = this
    const all = points === null ? order.pointOf.keys() : points.values()
    const slots = Array.from(all, (at) => (points === null ? at : (order.slotOf[at] ?? 0))).filter(
      (slot) => (flagsAt(arrays, slot) & pointFlag.hidden) === 0,
    )
    const nearest = Math.max(this.rig.nearest, this.photoWidth() * 8)
    const { destination } = this.rig
    this.goTo(poseToSee(destination, arrays.to, slots, this.hands.aspect, nearest), animateMs)
  }

  approach(point: number, animateMs: number): void {
    const slot = this.order.slotOf[point]
    if (slot === undefined || !this.placed) return
    const target = placeOfSlot(this.arrays, slot, 1)
    const near = Math.max(this.rig.nearest, this.photoWidth() * 6)
    const distance = Math.min(this.rig.destination.distance, near)
    this.goTo({ ...this.rig.destination, target, distance }, animateMs)
  }

  nudge(step: Parameters<CloudSceneApi['nudge']>[0]): void {
    this.steer(() => this.hands.nudge(step))
  }

  view(): CloudCameraView {
    return viewOf(this.rig.destination)
  }

  showView(view: CloudCameraView, animateMs: number): void {
    this.goTo(poseOfView(view), animateMs)
  }

  setSelecting(selecting: boolean): void {
    this.input.selecting = selecting
  }

  resize(widthPx: number, heightPx: number, pixelRatio: number): void {
    this.size = { widthPx: Math.max(1, widthPx), heightPx: Math.max(1, heightPx), pixelRatio }
    this.hands.canvas = this.size
    this.painter.resize(this.size.widthPx, this.size.heightPx, pixelRatio)
    if (!this.aimed) this.fit(null, 0)
    this.redraw()
  }

  facts(): CloudSceneFacts {
    const { painter } = this
    return {
      framesDrawn: painter.framesDrawn,
      lastFrameMs: painter.lastFrameMs,
      pointsDrawn: painter.pointsDrawn,
      tilesResident: painter.pictureCounts.tiles,
      thumbnailsResident: painter.pictureCounts.thumbnails,
      gpuBytes: painter.gpuBytes,
      gpuLimitBytes: painter.gpuLimitBytes,
      atRest: this.loop.atRest && !painter.loading,
    }
  }

  dispose(): void {
    this.loop.stop()
    this.listeners.abort()
    this.input.dispose()
    this.painter.dispose()
  }

  private frame(nowMs: number): boolean {
    if (!this.placed || this.painter.gl.isContextLost()) return false
    const moved = this.rig.step(nowMs)
    const glided = this.glide.step(nowMs)
    const more = this.painter.paint(this.painted(), nowMs, moved || glided)
    if (moved || glided) this.hoverStale = true
    if (moved) this.events.onCameraMoved()
    if (!more) this.hover()
    return more
  }

  private painted(): PaintedView {
    return {
      arrays: this.arrays,
      idOf: (slot) => this.ids[this.order.pointOf[slot] ?? 0] ?? 0,
      aspectOf: (slot) => this.aspects[this.order.pointOf[slot] ?? 0] ?? 1,
      pose: this.rig.pose,
      bounds: this.bounds,
      glide: this.glide.share,
      size: this.size,
      dotUnits: dotUnits(this.bounds.radius, this.ids.length) * this.scale,
      photoUnits: this.drawing === 'photos' ? this.photoWidth() : 0,
      focusSlot: this.focus === null ? -1 : (this.order.slotOf[this.focus] ?? -1),
      calm: this.calm.matches,
    }
  }

  private photoWidth(): number {
    return photoUnits(this.bounds.radius, this.ids.length) * this.scale
  }

  private point(place: { readonly xPx: number; readonly yPx: number } | null): void {
    this.pointer = place
    this.hoverStale = true
    this.loop.request()
  }

  private hover(): void {
    if (!this.hoverStale) return
    this.hoverStale = false
    const { pointer } = this
    const point = pointer === null ? null : this.pick(pointer.xPx, pointer.yPx)
    if (point === this.hovered) return
    this.hovered = point
    this.events.onHover(point)
  }

  private placeHovered(): Vector | null {
    const slot = this.hovered === null ? undefined : this.order.slotOf[this.hovered]
    return slot === undefined ? null : placeOfSlot(this.arrays, slot, this.glide.share)
  }

  private showLinks(): void {
    const { links, order, arrays, marker } = this
    const endAt = (point: number): LinkEnd => {
      const slot = order.slotOf[point] ?? 0
      return { from: placeOfSlot(arrays, slot, 0), to: placeOfSlot(arrays, slot, 1) }
    }
    const atMarker = marker === null ? null : { from: marker, to: marker }
    const start = links === null ? null : links.from === null ? atMarker : endAt(links.from)
    this.painter.links.set(links === null ? [] : linksBetween(start, links, endAt))
  }

  private goTo(pose: CameraPose, animateMs: number): void {
    this.aimed = this.size.widthPx > 1
    this.steer(() => this.rig.goTo(pose, performance.now(), animateMs))
  }

  private steer(change: () => void): void {
    change()
    this.painter.restart()
    this.loop.request()
  }

  private redraw(): void {
    this.painter.restart()
    this.hoverStale = true
    this.loop.request()
  }

  private redrawMarks(): void {
    this.painter.restartOverlay()
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
