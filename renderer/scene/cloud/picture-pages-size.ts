// The measures of the textures that hold pictures.

export interface PagesSize {
  /** Sides of one picture and of one layer, which holds as many pictures as fit. */
  readonly cellPx: number
  readonly layerPx: number
  /** Sizes that are kept, each half the one before. */
  readonly levels: number
}

export const tilePages: PagesSize = { cellPx: 32, layerPx: 2048, levels: 4 }
export const thumbnailPages: PagesSize = { cellPx: 256, layerPx: 256, levels: 4 }

const bytesPerPixel = 4

export const cellsPerLayer = ({ cellPx, layerPx }: PagesSize): number => (layerPx / cellPx) ** 2

export function pageBytes({ layerPx, levels }: PagesSize, layers: number): number {
  let bytes = 0
  for (let level = 0; level < levels; level++) bytes += (layerPx >> level) ** 2 * bytesPerPixel
  return bytes * layers
}
