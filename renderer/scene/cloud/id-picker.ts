// Which point is drawn at a pixel: draws ids into a target of a few pixels and reads those back.
import {
  type Camera,
  Color,
  NearestFilter,
  type Object3D,
  RGBAFormat,
  Scene,
  type WebGLRenderer,
  WebGLRenderTarget,
} from 'three'

/** Pixels a side: who points beside a small dot still means it. */
const sidePx = 7
const middle = (sidePx - 1) / 2

/** From the middle outwards. */
const places = Array.from({ length: sidePx * sidePx }, (_, at) => at).sort(
  (a, b) => fromMiddle(a) - fromMiddle(b),
)

function fromMiddle(at: number): number {
  return Math.hypot((at % sidePx) - middle, Math.floor(at / sidePx) - middle)
}

export class IdPicker {
  private readonly target = new WebGLRenderTarget(sidePx, sidePx, {
    format: RGBAFormat,
    minFilter: NearestFilter,
    magFilter: NearestFilter,
  })
  private readonly scene = new Scene()
  private readonly bytes = new Uint8Array(sidePx * sidePx * 4)

  constructor(
    private readonly renderer: WebGLRenderer,
    private readonly camera: Camera,
    objects: readonly Object3D[],
  ) {
    this.scene.add(...objects)
  }

  /**
   * @param x @param y pixels of the drawing buffer from its upper left corner
   * @returns the id drawn nearest to the pixel, -1 for none
   */
  idAt(x: number, y: number, widthPx: number, heightPx: number): number {
    const { renderer, target } = this
    // The whole view, shifted: a dot whose middle lies outside of the target is drawn into it too.
    const [column, row] = [Math.floor(x), heightPx - 1 - Math.floor(y)]
    target.viewport.set(middle - column, middle - row, widthPx, heightPx)
    const clear = renderer.getClearColor(new Color())
    const alpha = renderer.getClearAlpha()
    renderer.setRenderTarget(target)
    renderer.setClearColor(0, 0)
    renderer.clear()
    renderer.render(this.scene, this.camera)
    renderer.readRenderTargetPixels(target, 0, 0, sidePx, sidePx, this.bytes)
    renderer.setRenderTarget(null)
    renderer.setClearColor(clear, alpha)
    const { bytes } = this
    for (const at of places) {
      const [r = 0, g = 0, b = 0, a = 0] = bytes.subarray(at * 4, at * 4 + 4)
      const id = r + g * 256 + b * 65536 + a * 16777216
      if (id > 0) return id - 1
    }
    return -1
  }

  dispose(): void {
    this.target.dispose()
  }
}
