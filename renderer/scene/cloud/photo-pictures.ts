// The pictures that photos are drawn with: loaded while wanted, kept while there is room.
import type { WebGLRenderer } from 'three'
import type { CardChoice } from './card-search.ts'
import type { CloudSceneSources } from './cloud-scene-types.ts'
import type { GpuBudget } from './gpu-budget.ts'
import { PicturePages } from './picture-pages.ts'
import { type PagesSize, thumbnailPages, tilePages } from './picture-pages-size.ts'
import { SlotCache } from './slot-cache.ts'
import { thumbnailLevels } from './thumbnail-levels.ts'
import { tileLevels } from './tile-levels.ts'
import { WantedLoader } from './wanted-loader.ts'

/** Where a picture lies and since when; a cell of -1 means that it is not there. */
export interface PicturePlace {
  readonly cell: number
  readonly sinceSeconds: number
}

const nowhere: PicturePlace = { cell: -1, sinceSeconds: 0 }
/** Wider than its tile by this much, a photo asks for its thumbnail. */
const thumbnailFromPx = 44

class Shelf {
  readonly pages: PicturePages
  readonly cache: SlotCache
  readonly since = new Map<number, number>()

  constructor(pages: PicturePages) {
    this.pages = pages
    this.cache = new SlotCache(pages.cells)
  }

  placeOf(id: number): PicturePlace {
    const cell = this.cache.cellOf(id)
    return cell < 0 ? nowhere : { cell, sinceSeconds: this.since.get(id) ?? 0 }
  }
}

export class PhotoPictures {
  private tiles: Shelf
  private thumbnails: Shelf
  /** Photos that have no tile yet. */
  private readonly blank = new Set<number>()
  private arrived = new Set<number>()
  private readonly tileLoader: WantedLoader<Uint8Array>
  private readonly thumbnailLoader: WantedLoader<readonly ImageBitmap[]>

  /** @param onArrived something can be drawn better than before */
  constructor(
    private readonly renderer: WebGLRenderer,
    private budget: GpuBudget,
    /** Blends between the sizes of a picture, which costs time in software. */
    private readonly smooth: boolean,
    sources: CloudSceneSources,
    private readonly seconds: () => number,
    private readonly onArrived: () => void,
  ) {
    this.tiles = this.tileShelf()
    this.thumbnails = this.thumbnailShelf()
    this.tileLoader = new WantedLoader({
      requestsAtOnce: 2,
      idsPerRequest: 128,
      load: sources.loadTiles,
      onLoaded: (ids, tiles) => this.storeTiles(ids, tiles),
    })
    this.thumbnailLoader = new WantedLoader({
      requestsAtOnce: 4,
      idsPerRequest: 1,
      load: async ([id = 0], signal) => {
        const picture = await sources.loadThumbnail(id, signal)
        try {
          return await thumbnailLevels(picture, thumbnailPages.cellPx, thumbnailPages.levels)
        } finally {
          picture.close()
        }
      },
      onLoaded: ([id = 0], levels) => this.storeThumbnail(id, levels),
    })
  }

  get tileTexture(): PicturePages['texture'] {
    return this.tiles.pages.texture
  }

  get thumbnailTexture(): PicturePages['texture'] {
    return this.thumbnails.pages.texture
  }

  get gpuBytes(): number {
    return this.tiles.pages.gpuBytes + this.thumbnails.pages.gpuBytes
  }

  get counts(): { readonly tiles: number; readonly thumbnails: number } {
    return { tiles: this.tiles.cache.size, thumbnails: this.thumbnails.cache.size }
  }

  get atRest(): boolean {
    return this.tileLoader.atRest && this.thumbnailLoader.atRest
  }

  /** The ids whose pictures came since this was asked last. */
  takeArrived(): ReadonlySet<number> {
    const { arrived } = this
    this.arrived = new Set()
    return arrived
  }

  tileOf(id: number): PicturePlace {
    return this.tiles.placeOf(id)
  }

  thumbnailOf(id: number): PicturePlace {
    return this.thumbnails.placeOf(id)
  }

  /** Loads what the choice lacks, the most worth first, and gives up what it does not hold. */
  want({ slots, widthsPx, worths }: CardChoice, idOf: (slot: number) => number): void {
    const order = Array.from(slots.keys()).sort((a, b) => (worths[b] ?? 0) - (worths[a] ?? 0))
    const ids = order.map((at) => idOf(slots[at] ?? 0))
    const large = ids.filter((_, i) => (widthsPx[order[i] ?? 0] ?? 0) >= thumbnailFromPx)
    const tiled = ids.slice(0, this.tiles.cache.capacity)
    const detailed = large.slice(0, this.thumbnails.cache.capacity)
    this.tiles.cache.keep(tiled)
    this.thumbnails.cache.keep(detailed)
    this.tileLoader.want(
      tiled.filter((id) => this.tiles.cache.cellOf(id) < 0 && !this.blank.has(id)),
    )
    this.thumbnailLoader.want(detailed.filter((id) => this.thumbnails.cache.cellOf(id) < 0))
  }

  /** A growing library has made pictures that were not there before. */
  lookAgain(): void {
    this.blank.clear()
    this.tileLoader.retry()
    this.thumbnailLoader.retry()
  }

  /** Makes the textures anew, as after a lost context or for another budget; pictures load again. */
  rebuild(budget: GpuBudget): void {
    this.budget = budget
    this.tiles.pages.dispose()
    this.thumbnails.pages.dispose()
    this.tiles = this.tileShelf()
    this.thumbnails = this.thumbnailShelf()
  }

  dispose(): void {
    this.tileLoader.dispose()
    this.thumbnailLoader.dispose()
    this.tiles.pages.dispose()
    this.thumbnails.pages.dispose()
  }

  private tileShelf(): Shelf {
    return new Shelf(this.pages(tilePages, this.budget.tileLayers))
  }

  private thumbnailShelf(): Shelf {
    return new Shelf(this.pages(thumbnailPages, this.budget.thumbnailLayers))
  }

  private pages(size: PagesSize, layers: number): PicturePages {
    return new PicturePages(this.renderer, size, layers, this.smooth)
  }

  private storeTiles(ids: Uint32Array, tiles: Uint8Array): void {
    for (const [index, id] of ids.entries()) {
      const levels = tileLevels(tiles, index, tilePages.cellPx, tilePages.levels)
      if (levels === null) this.blank.add(id)
      else this.store(this.tiles, id, levels)
    }
    this.onArrived()
  }

  private storeThumbnail(id: number, levels: readonly ImageBitmap[]): void {
    this.store(this.thumbnails, id, levels)
    for (const level of levels) level.close()
    this.onArrived()
  }

  private store(
    { pages, cache, since }: Shelf,
    id: number,
    levels: Parameters<PicturePages['write']>[1],
  ): void {
    const cell = cache.take(id)
    if (cell < 0) return
    pages.write(cell, levels)
    since.set(id, this.seconds())
    this.arrived.add(id)
  }
}
