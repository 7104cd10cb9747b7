// Paints maps without a GPU: each channel is coloured once and then drawn like a picture.
import { type ColourTable, colourTable } from './colour-maps.ts'
import type { MapBytes, MapPainter, MapSet, MapTile } from './map-painter.ts'
import type { ShadeOf } from './map-scale.ts'

const mostKept = 600

/** One channel as pixels. */
export function colourMap(
  maps: MapBytes,
  channel: number,
  { offset, gain }: ShadeOf,
  colours: ColourTable,
): ImageData {
  const { widthPx, heightPx, bytes } = maps
  const image = new ImageData(widthPx, heightPx)
  const start = channel * widthPx * heightPx
  const entries = new Uint32Array(colours.buffer)
  const pixels = new Uint32Array(image.data.buffer)
  for (let at = 0; at < pixels.length; at++) {
    const shade = offset + ((bytes[start + at] ?? 0) / 255) * gain
    pixels[at] = entries[Math.round(Math.min(1, Math.max(0, shade)) * 255)] ?? 0
  }
  return image
}

export class CanvasMapPainter implements MapPainter {
  readonly kind = 'canvas'
  private readonly sets: [MapBytes | null, MapBytes | null] = [null, null]
  private readonly pictures = new Map<string, OffscreenCanvas>()
  private colours = colourTable('ember')

  constructor(private readonly context: CanvasRenderingContext2D) {}

  setMaps(set: MapSet, maps: MapBytes | null): void {
    if (this.sets[set] === maps) return
    this.sets[set] = maps
    this.pictures.clear()
  }

  setColours(colours: ColourTable): void {
    if (this.colours === colours) return
    this.colours = colours
    this.pictures.clear()
  }

  setSmooth(smooth: boolean): void {
    this.context.imageSmoothingEnabled = smooth
  }

  begin(): void {
    const { canvas } = this.context
    this.context.clearRect(0, 0, canvas.width, canvas.height)
  }

  paint(set: MapSet, tiles: readonly MapTile[]): void {
    const maps = this.sets[set]
    if (maps === null) return
    for (const tile of tiles) {
      const { leftPx, topPx, widthPx, heightPx } = tile
      this.context.drawImage(this.picture(set, maps, tile), leftPx, topPx, widthPx, heightPx)
    }
  }

  dispose(): void {
    this.pictures.clear()
  }

  private picture(set: MapSet, maps: MapBytes, tile: MapTile): OffscreenCanvas {
    const key = `${set}-${tile.channel}-${tile.offset}-${tile.gain}`
    const known = this.pictures.get(key)
    if (known !== undefined) return known
    const picture = new OffscreenCanvas(maps.widthPx, maps.heightPx)
    picture.getContext('2d')?.putImageData(colourMap(maps, tile.channel, tile, this.colours), 0, 0)
    this.pictures.set(key, picture)
    for (const oldest of this.pictures.keys()) {
      if (this.pictures.size <= mostKept) break
      this.pictures.delete(oldest)
    }
    return picture
  }
}
