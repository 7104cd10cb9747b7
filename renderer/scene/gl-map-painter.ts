// Paints maps on the GPU: a layer's bytes are one texture, all tiles in sight are one draw call.
import { type ColourTable, colourTable } from './colour-maps.ts'
import { linkProgram } from './gl-program.ts'
import type { MapBytes, MapPainter, MapSet, MapTile } from './map-painter.ts'
import { mapFragmentShader, mapVertexShader } from './map-shaders.ts'

interface GpuMaps {
  readonly maps: MapBytes
  readonly texture: WebGLTexture
  readonly textureWidth: number
}

interface GpuState {
  readonly program: WebGLProgram
  readonly vertices: WebGLVertexArrayObject
  readonly instances: WebGLBuffer
  readonly colours: WebGLTexture
}

/** x, y, width, height, offset, gain, channel. */
const floatsPerTile = 7
const bytesPerTile = floatsPerTile * 4

export class GlMapPainter implements MapPainter {
  readonly kind = 'gpu'
  private readonly sets: [GpuMaps | null, GpuMaps | null] = [null, null]
  private readonly wanted: [MapBytes | null, MapBytes | null] = [null, null]
  private state: GpuState
  private colours = colourTable('ember')
  private smooth = false
  private readonly listeners = new AbortController()

  constructor(
    private readonly canvas: HTMLCanvasElement,
    private readonly gl: WebGL2RenderingContext,
    onRestored: () => void,
  ) {
    this.state = this.make()
    const { signal } = this.listeners
    canvas.addEventListener('webglcontextlost', (event) => event.preventDefault(), { signal })
    canvas.addEventListener(
      'webglcontextrestored',
      () => {
        this.state = this.make()
        for (const set of [0, 1] as const) {
          this.sets[set] = null
          this.setMaps(set, this.wanted[set])
        }
        onRestored()
      },
      { signal },
    )
  }

  setMaps(set: MapSet, maps: MapBytes | null): void {
    this.wanted[set] = maps
    const before = this.sets[set]
    if (before?.maps === maps && maps !== null) return
    if (before !== null) this.gl.deleteTexture(before.texture)
    this.sets[set] = maps === null || this.gl.isContextLost() ? null : this.upload(maps)
  }

  setColours(colours: ColourTable): void {
    if (this.colours === colours) return
    this.colours = colours
    this.uploadColours(this.state.colours)
  }

  setSmooth(smooth: boolean): void {
    this.smooth = smooth
  }

  begin(): void {
    const { gl, canvas } = this
    gl.viewport(0, 0, canvas.width, canvas.height)
    gl.clearColor(0, 0, 0, 0)
    gl.clear(gl.COLOR_BUFFER_BIT)
  }

  paint(set: MapSet, tiles: readonly MapTile[]): void {
    const { gl, canvas, state } = this
    const loaded = this.sets[set]
    if (loaded === null || tiles.length === 0 || gl.isContextLost()) return
    const uniform = (name: string): WebGLUniformLocation | null =>
      gl.getUniformLocation(state.program, name)
    // biome-ignore lint/correctness/useHookAtTopLevel: a method of WebGL, not a hook of React
    gl.useProgram(state.program)
    gl.uniform2f(uniform('u_canvas'), canvas.width, canvas.height)
    gl.uniform2f(uniform('u_map'), loaded.maps.widthPx, loaded.maps.heightPx)
    gl.uniform1i(uniform('u_textureWidth'), loaded.textureWidth)
    gl.uniform1i(uniform('u_smooth'), this.smooth ? 1 : 0)
    gl.uniform1i(uniform('u_bytes'), 0)
    gl.uniform1i(uniform('u_colours'), 1)
    gl.activeTexture(gl.TEXTURE0)
    gl.bindTexture(gl.TEXTURE_2D, loaded.texture)
    gl.activeTexture(gl.TEXTURE1)
    gl.bindTexture(gl.TEXTURE_2D, state.colours)
    gl.bindVertexArray(state.vertices)
    gl.bindBuffer(gl.ARRAY_BUFFER, state.instances)
    gl.bufferData(gl.ARRAY_BUFFER, packTiles(tiles), gl.STREAM_DRAW)
    gl.drawArraysInstanced(gl.TRIANGLE_STRIP, 0, 4, tiles.length)
    gl.bindVertexArray(null)
  }

  dispose(): void {
    const { gl, state } = this
    this.listeners.abort()
    for (const set of [0, 1] as const) this.setMaps(set, null)
    gl.deleteTexture(state.colours)
    gl.deleteBuffer(state.instances)
    gl.deleteVertexArray(state.vertices)
    gl.deleteProgram(state.program)
  }

  private make(): GpuState {
    const { gl } = this
    const program = linkProgram(gl, mapVertexShader, mapFragmentShader)
    const vertices = gl.createVertexArray()
    const instances = gl.createBuffer()
    gl.bindVertexArray(vertices)
    gl.bindBuffer(gl.ARRAY_BUFFER, instances)
    const place = gl.getAttribLocation(program, 'a_place')
    const shade = gl.getAttribLocation(program, 'a_shade')
    const channel = gl.getAttribLocation(program, 'a_channel')
    gl.vertexAttribPointer(place, 4, gl.FLOAT, false, bytesPerTile, 0)
    gl.vertexAttribPointer(shade, 2, gl.FLOAT, false, bytesPerTile, 16)
    gl.vertexAttribIPointer(channel, 1, gl.INT, bytesPerTile, 24)
    for (const location of [place, shade, channel]) {
      gl.enableVertexAttribArray(location)
      gl.vertexAttribDivisor(location, 1)
    }
    gl.bindVertexArray(null)
    const colours = this.makeTexture()
    this.uploadColours(colours)
    return { program, vertices, instances, colours }
  }

  private makeTexture(): WebGLTexture {
    const { gl } = this
    const texture = gl.createTexture()
    gl.bindTexture(gl.TEXTURE_2D, texture)
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.NEAREST)
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, gl.NEAREST)
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_S, gl.CLAMP_TO_EDGE)
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_T, gl.CLAMP_TO_EDGE)
    return texture
  }

  private uploadColours(texture: WebGLTexture): void {
    const { gl } = this
    gl.bindTexture(gl.TEXTURE_2D, texture)
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA, 256, 1, 0, gl.RGBA, gl.UNSIGNED_BYTE, this.colours)
  }

  private upload(maps: MapBytes): GpuMaps {
    const { gl } = this
    // Sixteen million values fit at this width; only larger layers need the widest texture.
    const textureWidth = maps.bytes.length <= 4096 * 4096 ? 4096 : 8192
    const rows = Math.ceil(maps.bytes.length / textureWidth)
    const texture = this.makeTexture()
    gl.pixelStorei(gl.UNPACK_ALIGNMENT, 1)
    gl.texStorage2D(gl.TEXTURE_2D, 1, gl.R8, textureWidth, rows)
    const fullRows = Math.floor(maps.bytes.length / textureWidth)
    const write = (row: number, width: number, height: number): void => {
      if (width === 0 || height === 0) return
      const start = row * textureWidth
      const part = maps.bytes.subarray(start, start + width * height)
      gl.texSubImage2D(gl.TEXTURE_2D, 0, 0, row, width, height, gl.RED, gl.UNSIGNED_BYTE, part)
    }
    write(0, textureWidth, fullRows)
    write(fullRows, maps.bytes.length - fullRows * textureWidth, rows - fullRows)
    gl.pixelStorei(gl.UNPACK_ALIGNMENT, 4)
    return { maps, texture, textureWidth }
  }
}

function packTiles(tiles: readonly MapTile[]): ArrayBuffer {
  const buffer = new ArrayBuffer(tiles.length * bytesPerTile)
  const floats = new Float32Array(buffer)
  const whole = new Int32Array(buffer)
  for (const [at, tile] of tiles.entries()) {
    const start = at * floatsPerTile
    floats[start] = tile.leftPx
    floats[start + 1] = tile.topPx
    floats[start + 2] = tile.widthPx
    floats[start + 3] = tile.heightPx
    floats[start + 4] = tile.offset
    floats[start + 5] = tile.gain
    whole[start + 6] = tile.channel
  }
  return buffer
}
