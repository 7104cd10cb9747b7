// Draws the points as dots, as many of them as asked for; a second object draws them as ids.
import {
  BufferAttribute,
  BufferGeometry,
  GLSL3,
  NoBlending,
  Points,
  RawShaderMaterial,
  type ShaderMaterialParameters,
} from 'three'
import type { PointArrays } from './point-arrays.ts'
import {
  idFragmentShader,
  pointFragmentShader,
  pointIdVertexShader,
  pointVertexShader,
} from './point-shaders.ts'
import type { SharedUniforms } from './shared-uniforms.ts'

export class PointCloud {
  readonly dots: Points<BufferGeometry, RawShaderMaterial>
  /** The same dots, each in the colour that spells its slot. */
  readonly ids: Points<BufferGeometry, RawShaderMaterial>
  private geometry = new BufferGeometry()
  private points = 0
  private readonly own = { u_leastPx: { value: 2 }, u_mostPx: { value: 24 } }

  constructor(private readonly uniforms: SharedUniforms) {
    const material = (parameters: ShaderMaterialParameters): RawShaderMaterial =>
      new RawShaderMaterial({
        glslVersion: GLSL3,
        uniforms: { ...uniforms, ...this.own },
        ...parameters,
      })
    this.dots = new Points(
      this.geometry,
      material({
        vertexShader: pointVertexShader,
        fragmentShader: pointFragmentShader,
        transparent: true,
      }),
    )
    this.ids = new Points(
      this.geometry,
      material({
        vertexShader: pointIdVertexShader,
        fragmentShader: idFragmentShader,
        blending: NoBlending,
      }),
    )
    this.dots.frustumCulled = false
    this.ids.frustumCulled = false
  }

  /** Bytes that its buffers take on the GPU. */
  get gpuBytes(): number {
    return this.points * (3 * 4 + 3 * 4 + 4)
  }

  setArrays({ from, to, paint }: PointArrays): void {
    this.geometry.dispose()
    this.geometry = new BufferGeometry()
    this.geometry.setAttribute('a_from', new BufferAttribute(from, 3))
    this.geometry.setAttribute('a_to', new BufferAttribute(to, 3))
    this.geometry.setAttribute('a_paint', new BufferAttribute(paint, 4, true))
    this.dots.geometry = this.geometry
    this.ids.geometry = this.geometry
    this.points = paint.length / 4
    this.uniforms.u_points.value = Math.max(1, this.points)
  }

  /**
   * After new places were written. At rest the buffer the points came from is free: it takes the
   * new places and the two change their roles, so that one of them is sent instead of both.
   */
  placesChanged(arrays: PointArrays, both: boolean): void {
    const attributes = [this.attribute('a_from'), this.attribute('a_to')]
    for (const attribute of attributes) {
      if (attribute === undefined) continue
      const name = attribute.array === arrays.to ? 'a_to' : 'a_from'
      this.geometry.setAttribute(name, attribute)
      if (both || name === 'a_to') attribute.needsUpdate = true
    }
  }

  paintChanged(): void {
    const paint = this.attribute('a_paint')
    if (paint !== undefined) paint.needsUpdate = true
  }

  /** Dots are at least and at most so wide, in pixels of the drawing buffer. */
  setWidths(leastPx: number, mostPx: number): void {
    this.own.u_leastPx.value = leastPx
    this.own.u_mostPx.value = mostPx
  }

  /** What the next rendering draws: slots from `first`. */
  setRange(first: number, count: number): void {
    this.geometry.setDrawRange(first, count)
  }

  dispose(): void {
    this.geometry.dispose()
    this.dots.material.dispose()
    this.ids.material.dispose()
  }

  private attribute(name: string): BufferAttribute | undefined {
    const attribute = this.geometry.getAttribute(name)
    return attribute instanceof BufferAttribute ? attribute : undefined
  }
}
