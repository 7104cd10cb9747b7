// How much of a map lies inside a box, and whether its peak does.
import type { Box } from './marks.ts'

export interface Inside {
  /** Share of the map's sum, 0..1; what a blind map would get is the box's area. */
  readonly energy: number
  /** The pointing game (Zhang et al. 2016): the greatest value lies inside. */
  readonly isHit: boolean
}

/** What Grad-CAM's authors take for the object: 15 % of the maximum and more. */
const strongShare = 0.15

interface Map {
  readonly values: Float32Array
  readonly heightPx: number
  readonly widthPx: number
}

/** The map without its faint parts, by the threshold of Selvaraju et al. 2017 (section 4.1). */
export function strongPart(map: Map): Map {
  const least = strongShare * map.values.reduce((most, value) => Math.max(most, value), 0)
  return { ...map, values: map.values.map((value) => (value < least ? 0 : value)) }
}

/** Cells are split by how much of them the box covers. @param map 0 and up */
export function insideBox(map: Map, [left, top, right, bottom]: Box): Inside {
  const { values, heightPx, widthPx } = map
  const overlap = (cell: number, cells: number, from: number, to: number): number =>
    Math.max(Math.min((cell + 1) / cells, to) - Math.max(cell / cells, from), 0) * cells
  let [inside, all, peak] = [0, 0, 0]
  values.forEach((value, i) => {
    const column = i % widthPx
    const row = Math.floor(i / widthPx)
    inside += value * overlap(column, widthPx, left, right) * overlap(row, heightPx, top, bottom)
    all += value
    if (value > (values[peak] ?? 0)) peak = i
  })
  const x = ((peak % widthPx) + 0.5) / widthPx
  const y = (Math.floor(peak / widthPx) + 0.5) / heightPx
  return {
    energy: all === 0 ? 0 : inside / all,
    isHit: x >= left && x <= right && y >= top && y <= bottom,
  }
}
