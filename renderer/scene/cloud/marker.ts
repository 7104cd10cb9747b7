// Draws the place of an image from outside: a diamond with a halo, unlike any point of the library.
import { BufferGeometry, Float32BufferAttribute, GLSL3, Points, RawShaderMaterial } from 'three'
import { placeShader } from './place-shader.ts'
import type { SharedUniforms } from './shared-uniforms.ts'

/** Of the whole mark with its halo, in CSS pixels. */
const sidePx = 64

const vertexShader = `precision highp float;
precision highp int;
in vec3 a_place;
${placeShader}
void main() {
  vec4 clip = u_projection * u_view * vec4(a_place, 1.0);
  gl_Position = clip.w > 0.0 ? vec4(clip.xy, 0.0, clip.w) : NOWHERE;
  gl_PointSize = ${sidePx.toFixed(1)} * u_pixelRatio;
}`

const fragmentShader = `precision highp float;
uniform float u_pixelRatio;
uniform vec3 u_background;
uniform vec3 u_accent;
uniform vec3 u_ink;
out vec4 colour;

void main() {
  vec2 at = (gl_PointCoord - 0.5) * ${sidePx.toFixed(1)};
  float soft = 1.0 / u_pixelRatio;
  float diamond = abs(at.x) + abs(at.y);
  float r = length(at);
  float halo = 0.5 * pow(max(0.0, 1.0 - r / 31.0), 2.0);
  float ring = smoothstep(soft, 0.0, abs(r - 19.0) - 0.5) * 0.85;
  float rim = smoothstep(10.5 + soft, 10.5, diamond);
  float body = smoothstep(8.5 + soft, 8.5, diamond);
  float core = smoothstep(3.0 + soft, 3.0, diamond);
  vec4 mark = vec4(u_accent, max(halo, ring));
  mark = mix(mark, vec4(u_background, 1.0), rim);
  mark = mix(mark, vec4(u_accent, 1.0), body);
  mark = mix(mark, vec4(u_ink, 1.0), core);
  colour = mark;
}`

export class Marker {
  readonly mark: Points<BufferGeometry, RawShaderMaterial>
  private readonly place = new Float32BufferAttribute(new Float32Array(3), 3)

  constructor(uniforms: SharedUniforms) {
    const geometry = new BufferGeometry()
    geometry.setAttribute('a_place', this.place)
    geometry.setDrawRange(0, 1)
    this.mark = new Points(
      geometry,
      new RawShaderMaterial({
        glslVersion: GLSL3,
        vertexShader,
        fragmentShader,
        uniforms: { ...uniforms },
        transparent: true,
        depthTest: false,
        depthWrite: false,
      }),
    )
    this.mark.frustumCulled = false
    this.mark.visible = false
  }

  set(position: readonly number[] | null): void {
    this.mark.visible = position !== null
    if (position === null) return
    const [x = 0, y = 0, z = 0] = position
    this.place.setXYZ(0, x, y, z)
    this.place.needsUpdate = true
  }

  dispose(): void {
    this.mark.geometry.dispose()
    this.mark.material.dispose()
  }
}
