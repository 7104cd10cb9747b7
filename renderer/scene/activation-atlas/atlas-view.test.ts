import { describe, expect, it } from 'vitest'
import { cellAt, cellsWithin, neighbourOf } from './atlas-grid.ts'
import {
  activeGrid,
  fitView,
  placeAt,
  pointOf,
  settled,
  strengths,
  zoomedAt,
} from './atlas-view.ts'

const size = { widthPx: 1000, heightPx: 700 }
const grids = [10, 20, 40].map((side) => ({ side }))
const cell = (column: number, row: number) => ({ column, row, samples: 3, photos: 2, labels: [] })
const level = { side: 10, tilePx: 192, cells: [cell(0, 0), cell(3, 0), cell(3, 5), cell(9, 9)] }

describe('looking at an atlas', () => {
  it('keeps what lies under the pointer there', () => {
    const before = fitView(size)
    const [u, v] = placeAt(before, 620, 210, size)
    const [xPx, yPx] = pointOf(zoomedAt(before, 3.7, 620, 210, size), u, v, size)
    expect([xPx, yPx]).toEqual([expect.closeTo(620, 6), expect.closeTo(210, 6)])
  })

  it('refines the grid as one comes closer, and is never smaller than fitted', () => {
    const fit = fitView(size)
    expect(settled({ ...fit, scalePx: 10 }, size, grids)).toEqual(fit)
    const shown = [1, 2, 4].map((factor) =>
      activeGrid({ ...fit, scalePx: fit.scalePx * factor }, grids),
    )
    expect(shown).toEqual([0, 1, 2])
    for (const scalePx of [300, 900, 1500, 4000]) {
      const drawn = strengths({ ...fit, scalePx }, grids)
      expect(drawn.every((strength) => strength >= 0 && strength <= 1)).toBe(true)
      expect(Math.max(...drawn)).toBeGreaterThan(0.4)
    }
  })

  it('finds the cell at a place, those in sight from the middle out, and the next one that way', () => {
    expect(cellAt(level, 0.35, 0.55)).toBe(level.cells[2])
    expect(cellAt(level, 0.5, 0.5)).toBeUndefined()
    const box = { left: 0, top: 0, right: 0.5, bottom: 0.7 }
    expect(cellsWithin(level, box)).toEqual([level.cells[2], level.cells[1], level.cells[0]])
    expect(neighbourOf(level, cell(0, 0), 'right')).toBe(level.cells[1])
    expect(neighbourOf(level, cell(3, 0), 'down')).toBe(level.cells[2])
    expect(neighbourOf(level, cell(9, 9), 'down')).toBeUndefined()
  })
})
