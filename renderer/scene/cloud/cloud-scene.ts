// The Cloud's picture: points in space, drawn on demand, turned by hand, picked and outlined.
import { Camera, LinearSRGBColorSpace, Scene, WebGLRenderer } from 'three'
import { poseToSee, type Sphere, sphereAround } from './bounds.ts'
import {
  type CameraPose,
  depthOf,
  halfHeightAtOne,
  placeAt,
  poseOfView,
  viewOf,
} from './camera-pose.ts'
import { CameraRig } from './camera-rig.ts'
import { aimUniforms } from './cloud-camera.ts'
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
import { cssColour } from './css-colour.ts'
import { type DrawOrder, shuffledOrder } from './draw-order.ts'
import { FrameLoop } from './frame-loop.ts'
import { FrameTarget } from './frame-target.ts'
import { Glide } from './glide.ts'
import { IdPicker } from './id-picker.ts'
import { insidePolygon } from './lasso-test.ts'
import {
  flagsAt,
  type PointArrays,
  paintColours,
  paintFlags,
  placeOfSlot,
  placePoints,
  pointArrays,
  stopGliding,
} from './point-arrays.ts'
import { PointCloud } from './point-cloud.ts'
import { PointerInput } from './pointer-input.ts'
import { projector } from './projector.ts'
import { sharedUniforms } from './shared-uniforms.ts'
import { WebGlMissingError } from './webgl-missing.ts'

export class CloudScene implements CloudSceneApi {
  private readonly renderer: WebGLRenderer
  private readonly uniforms = sharedUniforms()
  private readonly scene = new Scene()
  private readonly camera = new Camera()
  private readonly cloud = new PointCloud(this.uniforms)
  private readonly target = new FrameTarget()
  private readonly picker: IdPicker
  private readonly loop = new FrameLoop((nowMs) => this.draw(nowMs))
  private readonly glide = new Glide()
  private readonly calm = window.matchMedia('(prefers-reduced-motion: reduce)')
  private readonly rig = new CameraRig(() => this.calm.matches)
  private readonly input: PointerInput
  private readonly listeners = new AbortController()
  private ids: Uint32Array = new Uint32Array()
  private order: DrawOrder = shuffledOrder(0)
  private arrays: PointArrays = pointArrays(0)
  private bounds: Sphere = { centre: [0, 0, 0], radius: 1 }
  private placed = false
  private aimed = false
  private scale = 1
  private size = { widthPx: 1, heightPx: 1, pixelRatio: 1 }
  private pointer: { readonly xPx: number; readonly yPx: number } | null = null
  private hovered: number | null = null
  private framesDrawn = 0
  private lastFrameMs = 0
  private pointsDrawn = 0

  constructor(
    canvas: HTMLCanvasElement,
    _sources: CloudSceneSources,
    private readonly events: CloudSceneEvents,
    look: CloudLook,
  ) {
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
    this.scene.add(this.cloud.dots)
    this.picker = new IdPicker(this.renderer, this.camera, [this.cloud.ids])
    this.input = new PointerInput(canvas, {
      onTurn: (dx, dy) =>
        this.move(() => this.rig.turn(dx / this.size.heightPx, dy / this.size.heightPx)),
      onPan: (dx, dy) => this.move(() => this.pan(dx, dy)),
      onZoom: (x, y, factor) => this.move(() => this.zoomAt(x, y, factor)),
      onPoint: (place) => {
        this.pointer = place
        this.loop.request()
      },
    })
    const { signal } = this.listeners
    canvas.addEventListener('webglcontextlost', () => this.events.onContextLost(), { signal })
    canvas.addEventListener(
      'webglcontextrestored',
      () => {
        this.redraw()
        this.events.onContextRestored()
      },
      { signal },
    )
    this.setLook(look)
  }

  setPoints(ids: Uint32Array, _aspects: Float32Array): void {
    this.order = shuffledOrder(ids.length)
    this.ids = ids.slice()
    this.arrays = pointArrays(ids.length)
    this.cloud.setArrays(this.arrays)
    this.placed = false
    this.hovered = null
  }

  setPositions(positions: Float32Array, dims: 2 | 3, animateMs: number): void {
    const { arrays, glide } = this
    const glides = this.placed && animateMs > 0 && !this.calm.matches
    const wasGliding = !glide.atRest
    if (wasGliding) stopGliding(arrays, glide.share)
    else if (glides) [arrays.from, arrays.to] = [arrays.to, arrays.from]
    placePoints(positions, dims, this.order, arrays.to)
    if (!this.placed) arrays.from.set(arrays.to)
    this.cloud.placesChanged(arrays, wasGliding || !this.placed)
    glide.start(performance.now(), glides ? animateMs : 0)
    this.bounds = sphereAround(glides ? [arrays.from, arrays.to] : [arrays.to])
    this.rig.flat = dims === 2
    this.input.flat = dims === 2
    this.uniforms.u_flat.value = dims === 2 ? 1 : 0
    this.rig.nearest = this.bounds.radius * 1e-3
    this.rig.farthest = this.bounds.radius * 20
    this.placed = true
    this.sizePoints()
    if (!this.aimed) this.fit(null, 0)
    else if (dims === 2) this.rig.goTo(this.rig.destination, performance.now(), animateMs)
    this.redraw()
  }

  setColours(coloursRgb: Uint8Array): void {
    paintColours(coloursRgb, this.order, this.arrays)
    this.cloud.paintChanged()
    this.redraw()
  }

  setFlags(flags: Uint8Array): void {
    paintFlags(flags, this.order, this.arrays)
    this.cloud.paintChanged()
    this.redraw()
  }

  setDrawing(_drawing: CloudDrawing): void {
    this.redraw()
  }

  setPointScale(scale: number): void {
    this.scale = scale
    this.sizePoints()
    this.redraw()
  }

  setLook({ background, accent, ink }: CloudLook): void {
    this.uniforms.u_background.value.copy(cssColour(background))
    this.uniforms.u_accent.value.copy(cssColour(accent))
    this.uniforms.u_ink.value.copy(cssColour(ink))
    this.renderer.setClearColor(cssColour(background), 1)
    this.redraw()
  }

  setMotion(motion: CloudMotion): void {
    this.rig.motion = motion
  }

  setLinks(): void {
    this.redraw()
  }

  setFocus(_point: number | null): void {
    this.redraw()
  }

  setMarker(_position: readonly number[] | null): void {
    this.redraw()
  }

  pick(xPx: number, yPx: number): number | null {
    const { pixelRatio } = this.size
    const [widthPx, heightPx] = this.bufferSize()
    if (!this.placed || this.renderer.getContext().isContextLost()) return null
    this.aim(widthPx, heightPx)
    this.cloud.setRange(0, this.ids.length)
    const slot = this.picker.idAt(xPx * pixelRatio, yPx * pixelRatio, widthPx, heightPx)
    return slot < 0 ? null : (this.order.pointOf[slot] ?? null)
  }

  pointsInside(polygonPx: Float32Array): Uint32Array {
    const inside = insidePolygon(polygonPx)
    const see = projector(this.rig.pose, this.size)
    const { to, paint } = this.placesNow()
    const found: number[] = []
    for (let slot = 0; slot < this.ids.length; slot++) {
      if (((paint[slot * 4 + 3] ?? 0) & pointFlag.hidden) !== 0) continue
      const seen = see(to[slot * 3] ?? 0, to[slot * 3 + 1] ?? 0, to[slot * 3 + 2] ?? 0)
      if (seen.depth > 0 && inside(seen.xPx, seen.yPx)) found.push(this.order.pointOf[slot] ?? 0)
    }
    return Uint32Array.from(found).sort()
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
    const slots: number[] = []
    const wants = (slot: number): void => {
      if ((flagsAt(arrays, slot) & pointFlag.hidden) === 0) slots.push(slot)
    }
    if (points === null) for (let slot = 0; slot < this.ids.length; slot++) wants(slot)
    else for (const point of points) wants(order.slotOf[point] ?? 0)
    const nearest = this.bounds.radius * 0.02
    this.goTo(poseToSee(this.rig.destination, arrays.to, slots, this.aspect(), nearest), animateMs)
  }

  approach(point: number, animateMs: number): void {
    const slot = this.order.slotOf[point]
    if (slot === undefined || !this.placed) return
    const target = placeOfSlot(this.arrays, slot, 1)
    const near = this.uniforms.u_pointSize.value * 12
    const distance = Math.max(this.rig.nearest, Math.min(this.rig.destination.distance, near))
    this.goTo({ ...this.rig.destination, target, distance }, animateMs)
  }

  nudge({
    turnX = 0,
    turnY = 0,
    moveX = 0,
    moveY = 0,
    zoom = 0,
  }: Parameters<CloudSceneApi['nudge']>[0]): void {
    this.move(() => {
      const { heightPx, widthPx } = this.size
      if (turnX !== 0 || turnY !== 0) this.rig.turn(turnX, turnY)
      if (moveX !== 0 || moveY !== 0) this.pan(-moveX * heightPx, moveY * heightPx)
      if (zoom !== 0) this.zoomAt(widthPx / 2, heightPx / 2, 2 ** -zoom)
    })
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
    this.renderer.setPixelRatio(pixelRatio)
    this.renderer.setSize(this.size.widthPx, this.size.heightPx, false)
    this.target.resize(...this.bufferSize())
    this.redraw()
  }

  facts(): CloudSceneFacts {
    return {
      framesDrawn: this.framesDrawn,
      lastFrameMs: this.lastFrameMs,
      pointsDrawn: this.pointsDrawn,
      tilesResident: 0,
      thumbnailsResident: 0,
      gpuBytes: this.cloud.gpuBytes + this.target.gpuBytes,
      atRest: this.loop.atRest,
    }
  }

  dispose(): void {
    this.loop.stop()
    this.listeners.abort()
    this.input.dispose()
    this.picker.dispose()
    this.target.dispose()
    this.cloud.dispose()
    this.renderer.dispose()
  }

  private draw(nowMs: number): boolean {
    const { renderer, rig, glide } = this
    if (!this.placed || renderer.getContext().isContextLost()) return false
    const startedMs = performance.now()
    const moved = rig.step(nowMs)
    const glided = glide.step(nowMs)
    this.target.drawHere(renderer, 1)
    this.aim(this.target.widthPx, this.target.heightPx)
    renderer.clear()
    this.cloud.setRange(0, this.ids.length)
    renderer.render(this.scene, this.camera)
    this.target.show(renderer, this.camera)
    this.pointsDrawn = this.ids.length
    this.framesDrawn++
    this.lastFrameMs = performance.now() - startedMs
    if (moved) this.events.onCameraMoved()
    else this.hover()
    return moved || glided
  }

  private hover(): void {
    const { pointer } = this
    const point = pointer === null ? null : this.pick(pointer.xPx, pointer.yPx)
    if (point === this.hovered) return
    this.hovered = point
    this.events.onHover(point)
  }

  private aim(widthPx: number, heightPx: number): void {
    const { uniforms, size } = this
    aimUniforms(uniforms, this.rig.pose, this.bounds, { widthPx, heightPx })
    const ratio = heightPx / size.heightPx
    uniforms.u_pixelRatio.value = ratio
    uniforms.u_glide.value = this.glide.share
    this.cloud.setWidths(2 * ratio, 28 * ratio)
  }

  private goTo(pose: CameraPose, animateMs: number): void {
    this.aimed = true
    this.move(() => this.rig.goTo(pose, performance.now(), animateMs))
  }

  private move(change: () => void): void {
    change()
    this.redraw()
  }

  private pan(dxPx: number, dyPx: number): void {
    const { distance } = this.rig.destination
    const unitsPerPx = (2 * halfHeightAtOne * distance) / this.size.heightPx
    this.rig.pan(dxPx * unitsPerPx, -dyPx * unitsPerPx)
  }

  private zoomAt(xPx: number, yPx: number, factor: number): void {
    const { widthPx, heightPx } = this.size
    const { destination } = this.rig
    const [x, y] = [(xPx / widthPx) * 2 - 1, 1 - (yPx / heightPx) * 2]
    const slot = this.hovered === null ? undefined : this.order.slotOf[this.hovered]
    const depth =
      slot === undefined
        ? destination.distance
        : depthOf(destination, placeOfSlot(this.arrays, slot, this.glide.share))
    const anchor = placeAt(destination, x, y, Math.max(depth, this.rig.nearest), this.aspect())
    this.rig.zoom(anchor, factor)
  }

  /** A sample of points covers the same part of the view whatever their number. */
  private sizePoints(): void {
    const { radius } = this.bounds
    this.uniforms.u_pointSize.value =
      radius * Math.sqrt((0.35 * Math.PI) / Math.max(40, this.ids.length)) * this.scale
  }

  private placesNow(): PointArrays {
    if (this.glide.atRest) return this.arrays
    const { from, to, paint } = this.arrays
    const now = { from: from.slice(), to, paint }
    stopGliding(now, this.glide.share)
    return { from, to: now.from, paint }
  }

  private aspect(): number {
    return this.size.widthPx / this.size.heightPx
  }

  private bufferSize(): [number, number] {
    const { widthPx, heightPx, pixelRatio } = this.size
    return [Math.floor(widthPx * pixelRatio), Math.floor(heightPx * pixelRatio)]
  }

  private redraw(): void {
    this.loop.request()
  }
}
