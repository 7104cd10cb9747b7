// The picture in the making: colours and depth of the cloud, kept from frame to frame so that dots
// can be added to it, and shown on the canvas at any scale.
import {
  BufferGeometry,
  DepthTexture,
  Float32BufferAttribute,
  GLSL3,
  LinearFilter,
  Mesh,
  NoBlending,
  RawShaderMaterial,
  RGBAFormat,
  Scene,
  UnsignedIntType,
  Vector2,
  type WebGLRenderer,
  WebGLRenderTarget,
} from 'three'
import type { OverlayUniforms } from './shared-uniforms.ts'

const bytesPerPixel = 4 + 4

const vertexShader = `precision highp float;
uniform vec2 u_share;
out vec2 v_at;

void main() {
  vec2 corner = vec2(gl_VertexID & 1, gl_VertexID >> 1) * 2.0;
  v_at = corner * u_share;
  gl_Position = vec4(corner * 2.0 - 1.0, 0.0, 1.0);
}`

const fragmentShader = `precision highp float;
uniform sampler2D u_picture;
in vec2 v_at;
out vec4 colour;

void main() {
  colour = vec4(texture(u_picture, v_at).rgb, 1.0);
}`

export class FrameTarget {
  private readonly target: WebGLRenderTarget
  private readonly sheet: Mesh<BufferGeometry, RawShaderMaterial>
  private readonly scene = new Scene()
  private readonly share = new Vector2(1, 1)
  widthPx = 1
  heightPx = 1

  constructor() {
    const depthTexture = new DepthTexture(1, 1, UnsignedIntType)
    this.target = new WebGLRenderTarget(1, 1, {
      format: RGBAFormat,
      minFilter: LinearFilter,
      magFilter: LinearFilter,
      depthTexture,
    })
    // One triangle that covers the canvas; its corners come from their numbers.
    const corners = new BufferGeometry()
    corners.setAttribute('position', new Float32BufferAttribute(new Float32Array(9), 3))
    this.sheet = new Mesh(
      corners,
      new RawShaderMaterial({
        glslVersion: GLSL3,
        vertexShader,
        fragmentShader,
        uniforms: { u_picture: { value: this.target.texture }, u_share: { value: this.share } },
        depthTest: false,
        depthWrite: false,
        blending: NoBlending,
      }),
    )
    this.sheet.frustumCulled = false
    this.scene.add(this.sheet)
  }

  get gpuBytes(): number {
    return this.target.width * this.target.height * bytesPerPixel
  }

  /** How the overlay's shaders find what the cloud hides. */
  get overlayUniforms(): OverlayUniforms {
    return { u_depth: { value: this.target.depthTexture }, u_depthShare: { value: this.share } }
  }

  resize(widthPx: number, heightPx: number): void {
    this.target.setSize(Math.max(1, widthPx), Math.max(1, heightPx))
  }

  /** Until the next call all drawing goes here, into a lower left part of this scale. */
  drawHere(renderer: WebGLRenderer, scale: number): void {
    const { target } = this
    this.widthPx = Math.max(1, Math.round(target.width * scale))
    this.heightPx = Math.max(1, Math.round(target.height * scale))
    this.share.set(this.widthPx / target.width, this.heightPx / target.height)
    target.viewport.set(0, 0, this.widthPx, this.heightPx)
    renderer.setRenderTarget(target)
  }

  /** Until the next call all drawing goes to the canvas. */
  show(renderer: WebGLRenderer, camera: Parameters<WebGLRenderer['render']>[1]): void {
    renderer.setRenderTarget(null)
    renderer.render(this.scene, camera)
  }

  dispose(): void {
    this.target.dispose()
    this.sheet.geometry.dispose()
    this.sheet.material.dispose()
  }
}
