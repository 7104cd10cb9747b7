// The page's side of the scene's tests and benchmark: one scene, filled, moved and watched.
import {
  BufferAttribute,
  BufferGeometry,
  PerspectiveCamera,
  Points,
  PointsMaterial,
  Scene,
  WebGLRenderer,
} from 'three'
import { CloudScene } from '../../../renderer/scene/cloud/cloud-scene.ts'
import { checkPicks, type PickCheck } from './check-picks.ts'
import { type AskedPictures, spelledPictures } from './spelled-pictures.ts'
import { type SyntheticCloud, syntheticCloud } from './synthetic-cloud.ts'

const dark = { background: '#0a0a0a', accent: '#f2a33a', ink: '#ececec' }

export class SceneStage {
  readonly asked: AskedPictures = { tiles: 0, thumbnails: 0, cancelled: 0 }
  readonly heard: string[] = []
  readonly scene: CloudScene
  cloud: SyntheticCloud = syntheticCloud(1, 3)

  constructor(readonly canvas: HTMLCanvasElement) {
    const events = {
      onHover: (point: number | null) => void this.heard.push(`hover ${point}`),
      onCameraMoved: () => {},
      onContextLost: () => void this.heard.push('lost'),
      onContextRestored: () => void this.heard.push('restored'),
    }
    this.scene = new CloudScene(canvas, spelledPictures(this.asked), events, dark)
    this.scene.resize(innerWidth, innerHeight, 1)
  }

  /** @returns milliseconds from the first call to the finished picture, with all photos in it */
  async fill(points: number, dims: 2 | 3, drawing: 'points' | 'photos'): Promise<number> {
    this.cloud = syntheticCloud(points, dims)
    const { scene, cloud } = this
    const startedMs = performance.now()
    scene.setDrawing(drawing)
    scene.setPoints(cloud.ids, cloud.aspects)
    scene.setColours(cloud.coloursRgb)
    scene.setPositions(cloud.positions, dims, 0)
    scene.fit(null, 0)
    await this.rest()
    return performance.now() - startedMs
  }

  async rest(): Promise<void> {
    // Twice: a frame that ends a fade may ask for pictures that it now has room for.
    for (let quiet = 0; quiet < 2; quiet = this.scene.facts().atRest ? quiet + 1 : 0)
      await new Promise((done) => setTimeout(done, 4))
  }

  checkPicks(tries: number, hidden: Uint8Array): PickCheck {
    return checkPicks(this.scene, this.cloud.positions, hidden, tries)
  }

  checkPicksAt(places: Float32Array, tries: number): PickCheck {
    return checkPicks(this.scene, places, new Uint8Array(this.cloud.ids.length), tries)
  }

  /** Milliseconds between frames while the scene turns. */
  turning(forMs: number): Promise<readonly number[]> {
    return intervals(forMs, () => this.scene.nudge({ turnX: 0.01 }))
  }

  /** Every point somewhere else: where another one of the cloud is. */
  elsewhere(): Float32Array {
    const { positions } = this.cloud
    const { length } = positions
    return positions.map(
      (_, at) => positions[length - 3 * (Math.floor(at / 3) + 1) + (at % 3)] ?? 0,
    )
  }

  /** Milliseconds between frames while all points of a 3-D cloud travel to and fro. */
  async travelling(forMs: number): Promise<readonly number[]> {
    this.scene.setMorph(this.cloud.positions, this.elsewhere(), 3)
    let step = 0
    return intervals(forMs, () => {
      step += 0.01
      this.scene.morph(0.5 - Math.cos(step * Math.PI) / 2, 0)
    })
  }

  /** The same of three's own points, two pixels wide. */
  async turningBare(points: number, forMs: number): Promise<readonly number[]> {
    const canvas = document.createElement('canvas')
    canvas.style.cssText = 'position:absolute;inset:0'
    document.body.append(canvas)
    const renderer = new WebGLRenderer({ canvas, antialias: false })
    renderer.setSize(innerWidth, innerHeight)
    const cloud = syntheticCloud(points, 3)
    const geometry = new BufferGeometry()
    geometry.setAttribute('position', new BufferAttribute(cloud.positions, 3))
    geometry.setAttribute('color', new BufferAttribute(cloud.coloursRgb, 3, true))
    const material = new PointsMaterial({ size: 2, sizeAttenuation: false, vertexColors: true })
    const scene = new Scene()
    scene.add(new Points(geometry, material))
    const camera = new PerspectiveCamera(40, innerWidth / innerHeight, 0.1, 200)
    let angle = 0
    const times = await intervals(forMs, () => {
      angle += 0.02
      camera.position.set(30 * Math.sin(angle), 0, 30 * Math.cos(angle))
      camera.lookAt(0, 0, 0)
      renderer.render(scene, camera)
    })
    geometry.dispose()
    material.dispose()
    renderer.dispose()
    renderer.forceContextLoss()
    canvas.remove()
    return times
  }
}

/** The first frames compile shaders and send buffers: they do not count. */
const warmUps = 3

async function intervals(forMs: number, step: () => void): Promise<readonly number[]> {
  const times: number[] = []
  let lastMs = performance.now()
  const endMs = lastMs + forMs
  while (lastMs < endMs || times.length < warmUps + 5) {
    step()
    await new Promise((done) => requestAnimationFrame(done))
    const nowMs = performance.now()
    times.push(nowMs - lastMs)
    lastMs = nowMs
  }
  return times.slice(warmUps)
}

const canvas = document.querySelector('canvas')
if (canvas === null) throw new Error('Expected a canvas in the page.')
window.stage = new SceneStage(canvas)
