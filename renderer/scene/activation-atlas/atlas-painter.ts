// Draws an activation atlas on a canvas: sheets of patches, or dreams, one grid fading into the next.
import type {
  ActivationAtlas,
  AtlasCellPlace,
  AtlasLevel,
} from '../../../preload/contract/activation-atlas.ts'
import { cellsWithin } from './atlas-grid.ts'
import { type AtlasView, placeAt, pointOf, type SizePx, strengths } from './atlas-view.ts'

export interface AtlasLook {
  readonly view: AtlasView
  readonly showsDreams: boolean
  /** Under the pointer or the keyboard. */
  readonly marked: AtlasCellPlace | null
  readonly chosen: AtlasCellPlace | null
  readonly accent: string
  readonly line: string
}

export interface AtlasPictureSource {
  /** Rejects when it cannot be had. */
  readonly sheet: (atlasId: string, side: number) => Promise<ImageBitmap>
  readonly dream: (atlasId: string, place: AtlasCellPlace) => Promise<ImageBitmap>
}

/** A patch under a dream that is still to come. */
const waiting = 0.22
/** From this size on there is room between cells. */
const gapFromPx = 40

const sameCell = (a: AtlasCellPlace | null, b: AtlasCellPlace): boolean =>
  a !== null && a.side === b.side && a.column === b.column && a.row === b.row

/** Whoever makes it disposes of it; it draws on the next frame after something has changed. */
export class AtlasPainter {
  private readonly sheets = new Map<number, ImageBitmap | 'loading'>()
  private readonly dreams = new Map<string, ImageBitmap | 'loading'>()
  private frame = 0
  private look: AtlasLook | undefined
  private size: SizePx = { widthPx: 0, heightPx: 0 }
  private disposed = false

  constructor(
    private readonly canvas: HTMLCanvasElement,
    private readonly atlas: ActivationAtlas,
    private readonly source: AtlasPictureSource,
  ) {}

  /** @param size of the canvas in CSS pixels */
  render(look: AtlasLook, size: SizePx): void {
    this.look = look
    this.size = size
    this.frame ||= requestAnimationFrame(() => this.draw())
  }

  /** A dream is finished. */
  addDream(place: AtlasCellPlace): void {
    const key = keyOf(place)
    if (this.dreams.has(key)) return
    this.dreams.set(key, 'loading')
    this.source.dream(this.atlas.id, place).then(
      (bitmap) => this.keep(this.dreams, key, bitmap),
      // It is asked for again when its news comes again.
      () => this.dreams.delete(key),
    )
  }

  dispose(): void {
    this.disposed = true
    cancelAnimationFrame(this.frame)
    for (const bitmap of [...this.sheets.values(), ...this.dreams.values()]) {
      if (bitmap !== 'loading') bitmap.close()
    }
    this.sheets.clear()
    this.dreams.clear()
  }

  private keep<Key>(into: Map<Key, ImageBitmap | 'loading'>, key: Key, bitmap: ImageBitmap): void {
    if (this.disposed) {
      bitmap.close()
      return
    }
    into.set(key, bitmap)
    if (this.look !== undefined) this.render(this.look, this.size)
  }

  private draw(): void {
    this.frame = 0
    const { canvas, look, size, atlas } = this
    const context = canvas.getContext('2d')
    if (look === undefined || context === null || size.widthPx === 0) return
    const ratio = devicePixelRatio
    const [width, height] = [Math.round(size.widthPx * ratio), Math.round(size.heightPx * ratio)]
    if (canvas.width !== width || canvas.height !== height) {
      canvas.width = width
      canvas.height = height
    }
    context.setTransform(ratio, 0, 0, ratio, 0, 0)
    context.clearRect(0, 0, size.widthPx, size.heightPx)
    context.imageSmoothingQuality = 'high'
    const drawn = strengths(look.view, atlas.levels)
    for (const [i, level] of atlas.levels.entries()) {
      const strength = drawn[i] ?? 0
      if (strength > 0.01) this.drawLevel(context, level, strength, look)
    }
    context.globalAlpha = 1
  }

  private drawLevel(
    context: CanvasRenderingContext2D,
    level: AtlasLevel,
    strength: number,
    look: AtlasLook,
  ): void {
    const { side, tilePx } = level
    const sheet = this.sheetOf(side)
    const cellPx = look.view.scalePx / side
    const gap = cellPx >= gapFromPx ? 1 : 0
    const [left, top] = placeAt(look.view, 0, 0, this.size)
    const [right, bottom] = placeAt(look.view, this.size.widthPx, this.size.heightPx, this.size)
    for (const { column, row } of cellsWithin(level, { left, top, right, bottom })) {
      const [x, y] = pointOf(look.view, column / side, row / side, this.size)
      const box = [x + gap, y + gap, cellPx - 2 * gap, cellPx - 2 * gap] as const
      const place = { side, column, row }
      const dream = look.showsDreams ? this.dreams.get(keyOf(place)) : undefined
      if (dream !== undefined && dream !== 'loading') {
        context.globalAlpha = strength
        context.drawImage(dream, ...box)
      } else if (sheet !== undefined) {
        context.globalAlpha = look.showsDreams ? strength * waiting : strength
        context.drawImage(sheet, column * tilePx, row * tilePx, tilePx, tilePx, ...box)
      }
      const isChosen = sameCell(look.chosen, place)
      if (!isChosen && !sameCell(look.marked, place)) continue
      context.globalAlpha = 1
      context.lineWidth = isChosen ? 3 : 2
      context.strokeStyle = isChosen ? look.accent : look.line
      context.strokeRect(x + 1, y + 1, cellPx - 2, cellPx - 2)
    }
  }

  private sheetOf(side: number): ImageBitmap | undefined {
    const known = this.sheets.get(side)
    if (known === undefined) {
      this.sheets.set(side, 'loading')
      this.source.sheet(this.atlas.id, side).then(
        (bitmap) => this.keep(this.sheets, side, bitmap),
        // Without its sheet a grid stays empty; its cells can be chosen all the same.
        () => {},
      )
    }
    return known === 'loading' ? undefined : known
  }
}

const keyOf = ({ side, column, row }: AtlasCellPlace): string => `${side}-${column}-${row}`
