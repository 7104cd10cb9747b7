// Draws the points that are near as photos; a second object draws them as ids, a third rings one.
import {
  GLSL3,
  type InstancedBufferGeometry,
  LessEqualDepth,
  Mesh,
  NoBlending,
  RawShaderMaterial,
  type ShaderMaterialParameters,
  type Texture,
} from 'three'
import { CardBuffers, type CardContent } from './card-buffers.ts'
import {
  cardFragmentShader,
  cardIdVertexShader,
  cardVertexShader,
  ringFragmentShader,
  ringVertexShader,
} from './card-shaders.ts'
import type { PhotoPictures } from './photo-pictures.ts'
import { idFragmentShader } from './point-shaders.ts'
import type { SharedUniforms } from './shared-uniforms.ts'

type CardMesh = Mesh<InstancedBufferGeometry, RawShaderMaterial>

export class PhotoCards {
  readonly cards: CardMesh
  /** Those whose pictures came last, to be drawn over what they were. */
  readonly fresh: CardMesh
  readonly ids: CardMesh
  /** Around the focused point, whether dot or photo. */
  readonly ring: CardMesh
  private readonly buffers: CardBuffers
  private readonly freshBuffers: CardBuffers
  private readonly ringBuffers = new CardBuffers(1)
  private newestSeconds = Number.NEGATIVE_INFINITY
  private readonly tiles: { value: Texture | null } = { value: null }
  private readonly thumbnails: { value: Texture | null } = { value: null }
  private readonly own = {
    u_cardSize: { value: 1 },
    u_seconds: { value: 0 },
    u_fadeSeconds: { value: 0.3 },
    u_dotPx: { value: [2, 28] },
    /** 1: photos have frames in their points' colours. */
    u_framed: { value: 0 },
    u_tiles: this.tiles,
    u_thumbnails: this.thumbnails,
  }

  constructor(
    uniforms: SharedUniforms,
    private readonly pictures: PhotoPictures,
    readonly most: number,
  ) {
    this.buffers = new CardBuffers(most)
    this.freshBuffers = new CardBuffers(most)
    const mesh = (buffers: CardBuffers, parameters: ShaderMaterialParameters): CardMesh => {
      const material = new RawShaderMaterial({
        glslVersion: GLSL3,
        uniforms: { ...uniforms, ...this.own },
        depthFunc: LessEqualDepth,
        ...parameters,
      })
      const made = new Mesh(buffers.geometry, material)
      made.frustumCulled = false
      return made
    }
    const photo = {
      vertexShader: cardVertexShader,
      fragmentShader: cardFragmentShader,
      transparent: true,
    }
    this.cards = mesh(this.buffers, photo)
    this.fresh = mesh(this.freshBuffers, photo)
    this.ids = mesh(this.buffers, {
      vertexShader: cardIdVertexShader,
      fragmentShader: idFragmentShader,
      blending: NoBlending,
    })
    this.ring = mesh(this.ringBuffers, {
      vertexShader: ringVertexShader,
      fragmentShader: ringFragmentShader,
      transparent: true,
      depthTest: false,
      depthWrite: false,
    })
  }

  get gpuBytes(): number {
    return this.buffers.gpuBytes + this.freshBuffers.gpuBytes
  }

  setCards(content: CardContent): void {
    this.newestSeconds = this.buffers.fill(content, this.pictures)
  }

  setFresh(content: CardContent): void {
    this.freshBuffers.fill(content, this.pictures)
  }

  setRing(content: CardContent): void {
    this.ringBuffers.fill(content, this.pictures)
  }

  /** Draws so many, the nearest. */
  show(count: number): void {
    this.buffers.geometry.instanceCount = Math.min(count, this.most)
  }

  /** @returns whether pictures are still fading in */
  setTime(seconds: number, fadeSeconds: number): boolean {
    this.own.u_seconds.value = seconds
    this.own.u_fadeSeconds.value = Math.max(fadeSeconds, 1e-6)
    return seconds - this.newestSeconds < fadeSeconds
  }

  setFramed(framed: boolean): void {
    this.own.u_framed.value = framed ? 1 : 0
  }

  setSizes(cardUnits: number, leastDotPx: number, mostDotPx: number): void {
    this.own.u_cardSize.value = cardUnits
    this.own.u_dotPx.value = [leastDotPx, mostDotPx]
    this.tiles.value = this.pictures.tileTexture
    this.thumbnails.value = this.pictures.thumbnailTexture
  }

  dispose(): void {
    this.buffers.dispose()
    this.freshBuffers.dispose()
    this.ringBuffers.dispose()
    for (const { material } of [this.cards, this.fresh, this.ids, this.ring]) material.dispose()
  }
}
