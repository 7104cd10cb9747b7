// Draws lines from one place to the points that are like it.
import {
  BufferAttribute,
  DynamicDrawUsage,
  GLSL3,
  InstancedBufferGeometry,
  InstancedInterleavedBuffer,
  InterleavedBufferAttribute,
  Mesh,
  RawShaderMaterial,
} from 'three'
import { linkFragmentShader, linkVertexShader } from './link-shaders.ts'
import type { OverlayUniforms, SharedUniforms } from './shared-uniforms.ts'
import type { Vector } from './vector.ts'

/** Where an end comes from and where it goes. */
export interface LinkEnd {
  readonly from: Vector
  readonly to: Vector
}

export interface Link {
  readonly start: LinkEnd
  readonly end: LinkEnd
  /** 0 to 1. */
  readonly strength: number
}

const floatsPerLink = 13
const mostLinks = 256

export class Links {
  readonly lines: Mesh<InstancedBufferGeometry, RawShaderMaterial>
  readonly gpuBytes = mostLinks * floatsPerLink * 4
  private readonly buffer = new InstancedInterleavedBuffer(
    new Float32Array(mostLinks * floatsPerLink),
    floatsPerLink,
  )

  constructor(uniforms: SharedUniforms, overlay: OverlayUniforms) {
    const geometry = new InstancedBufferGeometry()
    this.buffer.setUsage(DynamicDrawUsage)
    const corners = new Float32Array([1, -1, -1, -1, 1, 1, -1, 1])
    geometry.setAttribute('a_corner', new BufferAttribute(corners, 2))
    geometry.setIndex([0, 1, 2, 2, 1, 3])
    for (const [name, items, offset] of [
      ['a_startFrom', 3, 0],
      ['a_startTo', 3, 3],
      ['a_endFrom', 3, 6],
      ['a_endTo', 3, 9],
      ['a_strength', 1, 12],
    ] as const)
      geometry.setAttribute(name, new InterleavedBufferAttribute(this.buffer, items, offset))
    geometry.instanceCount = 0
    this.lines = new Mesh(
      geometry,
      new RawShaderMaterial({
        glslVersion: GLSL3,
        vertexShader: linkVertexShader,
        fragmentShader: linkFragmentShader,
        uniforms: { ...uniforms, ...overlay },
        transparent: true,
        depthTest: false,
        depthWrite: false,
      }),
    )
    this.lines.frustumCulled = false
  }

  /** The strongest of them, drawn last and so on top. */
  set(links: readonly Link[]): void {
    const shown = links.toSorted((a, b) => b.strength - a.strength).slice(0, mostLinks)
    for (const [i, { start, end, strength }] of shown.toReversed().entries())
      this.buffer.array.set(
        [...start.from, ...start.to, ...end.from, ...end.to, strength],
        i * floatsPerLink,
      )
    this.lines.geometry.instanceCount = shown.length
    this.lines.visible = shown.length > 0
    this.buffer.needsUpdate = true
  }

  dispose(): void {
    this.lines.geometry.dispose()
    this.lines.material.dispose()
  }
}

/** @param start where they begin, null for nowhere */
export function linksBetween(
  start: LinkEnd | null,
  { to, strengths }: { readonly to: Uint32Array; readonly strengths: Float32Array },
  endAt: (point: number) => LinkEnd,
): readonly Link[] {
  if (start === null) return []
  return Array.from(to, (point, i) => ({
    start,
    end: endAt(point),
    strength: Math.min(1, Math.max(0, strengths[i] ?? 0)),
  }))
}
