// Which pieces of which photos stand for the cells, and what has to be cut out for their sheets.
import type { LayerInfo } from '../../../preload/contract/inspector.ts'
import type { NetworkSpec } from '../../inspect/protocol.ts'
import type { StoredPhoto } from '../../store/photo-queries.ts'
import type { AtlasMap, MapCell } from '../atlas-map.ts'
import { bestCount, type GridLevel, noSample, type SheetPhoto } from '../protocol.ts'
import type { PlacedSamples } from '../sampling/placed-samples.ts'
import { patchWindow } from './patch-window.ts'

/** Of each cell of a level, best first. */
export function patchesOfCells(
  { best, similarities, counts }: GridLevel,
  samples: PlacedSamples,
  { receptiveField }: LayerInfo,
  { inputSizePx }: NetworkSpec,
): readonly MapCell['patches'][] {
  const patchOf = (at: number): MapCell['patches'] => {
    const sample = best[at] ?? noSample
    if (sample === noSample || receptiveField === null) return []
    const photoId = samples.photoIds[sample] ?? 0
    const square = samples.squares.get(photoId)
    if (square === undefined) return []
    const position = { row: samples.rows[sample] ?? 0, column: samples.columns[sample] ?? 0 }
    const window = patchWindow(receptiveField, inputSizePx, position, square)
    const numbers = [similarities[at] ?? 0, window.leftPx, window.topPx, window.widthPx] as const
    const [similarity, left, top, side] = numbers.map((value) => Number(value.toFixed(4)))
    return [[photoId, similarity ?? 0, left ?? 0, top ?? 0, side ?? 0]]
  }
  return Array.from(counts, (_, cell) =>
    Array.from({ length: bestCount }, (__, rank) => patchOf(cell * bestCount + rank)).flat(),
  )
}

/** The best patch of every cell, gathered by photo. */
export function sheetPhotos(
  { levels }: Pick<AtlasMap, 'levels'>,
  photos: readonly StoredPhoto[],
): readonly SheetPhoto[] {
  const wanted = new Map<number, SheetPhoto['patches'][number][]>()
  for (const [level, { cells }] of levels.entries()) {
    for (const { column, row, patches } of cells) {
      const [photoId, , leftPx, topPx, sidePx] = patches[0] ?? []
      if (photoId === undefined || leftPx === undefined) continue
      const window = { leftPx, topPx: topPx ?? 0, widthPx: sidePx ?? 1, heightPx: sidePx ?? 1 }
      const own = wanted.get(photoId) ?? []
      own.push({ level, column, row, window })
      wanted.set(photoId, own)
    }
  }
  return photos.flatMap(({ id, path }) => {
    const patches = wanted.get(id)
    return patches === undefined ? [] : [{ source: { kind: 'file', path }, patches }]
  })
}
