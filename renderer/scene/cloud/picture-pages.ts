// Pictures of many photos in one texture, each with its smaller sizes, so that one call draws all.
import { ExternalTexture, type WebGLRenderer } from 'three'
import { cellsPerLayer, type PagesSize, pageBytes } from './picture-pages-size.ts'

export type PicturePixels = Uint8Array | ImageBitmap

export class PicturePages {
  readonly texture = new ExternalTexture()
  readonly cells: number
  readonly gpuBytes: number
  private readonly gl: WebGL2RenderingContext
  private handle: WebGLTexture | null = null

  constructor(
    private readonly renderer: WebGLRenderer,
    private readonly size: PagesSize,
    private readonly layers: number,
    private readonly smooth: boolean,
  ) {
    const gl = renderer.getContext()
    if (!(gl instanceof WebGL2RenderingContext)) throw new Error('Expected a WebGL2 context.')
    this.gl = gl
    this.cells = layers * cellsPerLayer(size)
    this.gpuBytes = pageBytes(size, layers)
    this.make()
  }

  /**
   * @param levels the picture at each size, the largest first: RGBA bytes or bitmaps of just that size
   */
  write(cell: number, levels: readonly PicturePixels[]): void {
    const { gl, size } = this
    if (this.handle === null) return
    const perRow = size.layerPx / size.cellPx
    const inLayer = cell % (perRow * perRow)
    const [column, row] = [inLayer % perRow, Math.floor(inLayer / perRow)]
    const layer = Math.floor(cell / (perRow * perRow))
    this.bind()
    for (const [level, pixels] of levels.entries()) {
      const side = size.cellPx >> level
      const place = [level, column * side, row * side, layer, side, side, 1] as const
      if (pixels instanceof Uint8Array)
        gl.texSubImage3D(gl.TEXTURE_2D_ARRAY, ...place, gl.RGBA, gl.UNSIGNED_BYTE, pixels)
      else gl.texSubImage3D(gl.TEXTURE_2D_ARRAY, ...place, gl.RGBA, gl.UNSIGNED_BYTE, pixels)
    }
  }

  dispose(): void {
    this.gl.deleteTexture(this.handle)
    this.handle = null
    this.texture.dispose()
  }

  private make(): void {
    const { gl, size } = this
    this.handle = gl.createTexture()
    this.texture.sourceTexture = this.handle
    this.bind()
    gl.texStorage3D(
      gl.TEXTURE_2D_ARRAY,
      size.levels,
      gl.RGBA8,
      size.layerPx,
      size.layerPx,
      this.layers,
    )
    const set = (name: number, value: number): void =>
      gl.texParameteri(gl.TEXTURE_2D_ARRAY, name, value)
    set(gl.TEXTURE_MIN_FILTER, this.smooth ? gl.LINEAR_MIPMAP_LINEAR : gl.LINEAR_MIPMAP_NEAREST)
    set(gl.TEXTURE_MAG_FILTER, gl.LINEAR)
    set(gl.TEXTURE_WRAP_S, gl.CLAMP_TO_EDGE)
    set(gl.TEXTURE_WRAP_T, gl.CLAMP_TO_EDGE)
  }

  /** Through three, which remembers what is bound. */
  private bind(): void {
    if (this.handle !== null) this.renderer.state.bindTexture(this.gl.TEXTURE_2D_ARRAY, this.handle)
  }
}
