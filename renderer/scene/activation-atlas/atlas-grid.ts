// Finds cells of one grid of an atlas: under a point, in sight, next to another.
import type { AtlasCell, AtlasLevel } from '../../../preload/contract/activation-atlas.ts'

export type Direction = 'left' | 'right' | 'up' | 'down'

const steps: Readonly<Record<Direction, readonly [column: number, row: number]>> = {
  left: [-1, 0],
  right: [1, 0],
  up: [0, -1],
  down: [0, 1],
}

export const cellAt = ({ side, cells }: AtlasLevel, u: number, v: number): AtlasCell | undefined =>
  cells.find(({ column, row }) => column === Math.floor(u * side) && row === Math.floor(v * side))

/**
 * The next cell that way, over gaps: what lies straight on counts more than what lies aside.
 *
 * @returns undefined when there is none
 */
export function neighbourOf(
  { cells }: AtlasLevel,
  from: Pick<AtlasCell, 'column' | 'row'>,
  direction: Direction,
): AtlasCell | undefined {
  const [dx, dy] = steps[direction]
  let best: AtlasCell | undefined
  let least = Number.POSITIVE_INFINITY
  for (const cell of cells) {
    const [x, y] = [cell.column - from.column, cell.row - from.row]
    const along = x * dx + y * dy
    const aside = Math.abs(x * dy + y * dx)
    const distance = along + 2 * aside
    if (along > 0 && aside <= along && distance < least) {
      best = cell
      least = distance
    }
  }
  return best
}

/** The cell nearest to a place of the map. */
export function nearestCell(
  { side, cells }: AtlasLevel,
  u: number,
  v: number,
): AtlasCell | undefined {
  const far = ({ column, row }: AtlasCell): number =>
    Math.hypot((column + 0.5) / side - u, (row + 0.5) / side - v)
  return cells.reduce<AtlasCell | undefined>(
    (best, cell) => (best === undefined || far(cell) < far(best) ? cell : best),
    undefined,
  )
}

export interface MapBox {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

/** Cells that a box of the map touches, those nearest to its middle first. */
export function cellsWithin({ side, cells }: AtlasLevel, box: MapBox): readonly AtlasCell[] {
  const [u, v] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2]
  const far = ({ column, row }: AtlasCell): number =>
    Math.hypot((column + 0.5) / side - u, (row + 0.5) / side - v)
  return cells
    .filter(
      ({ column, row }) =>
        (column + 1) / side > box.left &&
        column / side < box.right &&
        (row + 1) / side > box.top &&
        row / side < box.bottom,
    )
    .sort((a, b) => far(a) - far(b))
}
