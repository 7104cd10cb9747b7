// Draws the points as dots, as many of them as asked for; a second object draws them as ids.
import {
  BufferAttribute,
  BufferGeometry,
  DynamicDrawUsage,
  GLSL3,
  NoBlending,
  Points,
  RawShaderMaterial,
  type ShaderMaterialParameters,
} from 'three'
import { HiddenSelection } from './hidden-selection.ts'
import type { PointArrays } from './point-arrays.ts'
import {
  idFragmentShader,
  plainFragmentShader,
  pointFragmentShader,
  pointIdVertexShader,
  pointVertexShader,
} from './point-shaders.ts'
import type { OverlayUniforms, SharedUniforms } from './shared-uniforms.ts'

type Dots = Points<BufferGeometry, RawShaderMaterial>

/** From, to, and paint. */
const bytesPerPoint = 3 * 4 + 3 * 4 + 4
/** Points near the pointer that are drawn by themselves; where there are more, all are. */
const mostNear = 65_536

export class PointCloud {
  /** With soft edges, and without for samples. */
  readonly soft: Dots
  readonly plain: Dots
  /** The same dots, each in the colour that spells its slot. */
  readonly ids: Dots
  readonly hiddenSelection: HiddenSelection
  private readonly all = new BufferGeometry()
  private readonly some = new BufferGeometry()
  private readonly selected = new BufferGeometry()
  private readonly near = new BufferAttribute(new Uint32Array(mostNear), 1)
  private points = 0
  private readonly own = { u_leastPx: { value: 2 }, u_mostPx: { value: 24 } }

  constructor(
    private readonly uniforms: SharedUniforms,
    overlay: OverlayUniforms,
  ) {
    const dots = (geometry: BufferGeometry, parameters: ShaderMaterialParameters): Dots => {
      const material = new RawShaderMaterial({
        glslVersion: GLSL3,
        uniforms: { ...uniforms, ...this.own, u_soft: { value: parameters.transparent ? 1 : 0 } },
        ...parameters,
      })
      const made = new Points(geometry, material)
      made.frustumCulled = false
      return made
    }
    this.soft = dots(this.all, {
      vertexShader: pointVertexShader,
      fragmentShader: pointFragmentShader,
      transparent: true,
    })
    this.plain = dots(this.all, {
      vertexShader: pointVertexShader,
      fragmentShader: plainFragmentShader,
      blending: NoBlending,
    })
    this.ids = dots(this.all, {
      vertexShader: pointIdVertexShader,
      fragmentShader: idFragmentShader,
      blending: NoBlending,
    })
    this.near.setUsage(DynamicDrawUsage)
    this.some.setIndex(this.near)
    this.hiddenSelection = new HiddenSelection(this.selected, uniforms, this.own, overlay)
  }

  /** Bytes that its buffers take on the GPU. */
  get gpuBytes(): number {
    return this.points * bytesPerPoint + mostNear * 4
  }

  setArrays({ from, to, paint }: PointArrays): void {
    const fresh = {
      a_from: new BufferAttribute(from, 3),
      a_to: new BufferAttribute(to, 3),
      a_paint: new BufferAttribute(paint, 4, true),
    }
    for (const geometry of this.geometries()) {
      // Frees the buffers of the points before; the attributes of the new ones take their place.
      geometry.dispose()
      for (const [name, attribute] of Object.entries(fresh)) geometry.setAttribute(name, attribute)
    }
    this.points = paint.length / 4
    this.uniforms.u_points.value = Math.max(1, this.points)
    this.setSelected(new Uint32Array())
  }

  /**
   * After new places were written. At rest the array the points came from is free: it takes the new
   * places and the two change their roles, so that one of them is sent instead of both.
   */
  placesChanged(arrays: PointArrays, both: boolean): void {
    const attributes = [this.attribute('a_from'), this.attribute('a_to')]
    for (const attribute of attributes) {
      if (attribute === undefined) continue
      const name = attribute.array === arrays.to ? 'a_to' : 'a_from'
      for (const geometry of this.geometries()) geometry.setAttribute(name, attribute)
      if (both || name === 'a_to') attribute.needsUpdate = true
    }
  }

  paintChanged(): void {
    const paint = this.attribute('a_paint')
    if (paint !== undefined) paint.needsUpdate = true
  }

  setSelected(slots: Uint32Array): void {
    this.hiddenSelection.set(slots)
  }

  /** Dots are at least and at most so wide, in pixels of the drawing buffer. */
  setWidths(leastPx: number, mostPx: number): void {
    this.own.u_leastPx.value = leastPx
    this.own.u_mostPx.value = mostPx
  }

  /** What the next rendering draws: slots from `first`. */
  setRange(first: number, count: number): void {
    this.all.setDrawRange(first, count)
  }

  /** What the next rendering of ids draws: these slots, or all. */
  setIdRange(near: Uint32Array | null): void {
    if (near === null || near.length > mostNear) {
      this.ids.geometry = this.all
      this.setRange(0, this.points)
      return
    }
    this.ids.geometry = this.some
    this.near.array.set(near)
    this.near.clearUpdateRanges()
    this.near.addUpdateRange(0, near.length)
    this.near.needsUpdate = true
    this.some.setDrawRange(0, near.length)
  }

  dispose(): void {
    for (const geometry of this.geometries()) geometry.dispose()
    for (const { material } of [this.soft, this.plain, this.ids]) material.dispose()
    this.hiddenSelection.dispose()
  }

  private geometries(): readonly BufferGeometry[] {
    return [this.all, this.some, this.selected]
  }

  private attribute(name: string): BufferAttribute | undefined {
    const attribute = this.all.getAttribute(name)
    return attribute instanceof BufferAttribute ? attribute : undefined
  }
}
