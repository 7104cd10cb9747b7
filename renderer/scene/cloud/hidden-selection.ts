// Shows selected points through what hides them, as faint rings.
import { BufferAttribute, type BufferGeometry, GLSL3, Points, RawShaderMaterial } from 'three'
import { overlayShader } from './overlay-shader.ts'
import { dotPlace } from './point-shaders.ts'
import type { OverlayUniforms, SharedUniforms } from './shared-uniforms.ts'

/** More rings than these would hide the picture. */
const mostRings = 4000

const vertexShader = `${dotPlace}
flat out float v_radius;

void main() {
  vec4 clip;
  float distance;
  float width = placeDot(clip, distance);
  gl_Position = clip;
  v_radius = width * 0.5 + 1.5 * u_pixelRatio;
  gl_PointSize = 2.0 * v_radius + 1.0;
}`

const fragmentShader = `precision highp float;
uniform vec2 u_canvas;
uniform float u_pixelRatio;
uniform vec3 u_accent;
${overlayShader}
flat in float v_radius;
out vec4 colour;

void main() {
  float r = length(gl_PointCoord * 2.0 - 1.0) * (v_radius + 0.5);
  float ring = clamp(0.75 * u_pixelRatio + 0.5 - abs(r - v_radius + u_pixelRatio), 0.0, 1.0);
  // A photo lies a little before its own dot and does not hide it.
  colour = vec4(u_accent, ring * 0.4 * (1.0 - inSight(gl_FragCoord.z - 2e-5)));
}`

export class HiddenSelection {
  readonly rings: Points<BufferGeometry, RawShaderMaterial>

  constructor(
    geometry: BufferGeometry,
    uniforms: SharedUniforms,
    dotWidths: Readonly<Record<string, { readonly value: number }>>,
    overlay: OverlayUniforms,
  ) {
    this.rings = new Points(
      geometry,
      new RawShaderMaterial({
        glslVersion: GLSL3,
        vertexShader,
        fragmentShader,
        uniforms: { ...uniforms, ...dotWidths, ...overlay },
        transparent: true,
        depthTest: false,
        depthWrite: false,
      }),
    )
    this.rings.frustumCulled = false
    this.rings.visible = false
  }

  set(slots: Uint32Array): void {
    const { geometry } = this.rings
    this.rings.visible = slots.length > 0 && slots.length <= mostRings
    if (this.rings.visible) geometry.setIndex(new BufferAttribute(slots, 1))
  }

  dispose(): void {
    this.rings.material.dispose()
  }
}
