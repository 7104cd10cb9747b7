import { describe, expect, it } from 'vitest'
import {
  scrollToTile,
  sheetLayout,
  tileAfterKey,
  tileAt,
  tilePlace,
  tilesInSight,
} from './sheet-layout.ts'

const shape = { widthPx: 500, cellPx: 80, gapPx: 4, count: 2048, mapsPerCell: 1 } as const
const layout = sheetLayout(shape)

describe('a sheet of maps', () => {
  it('fills its width with columns', () => {
    expect(layout.columns).toBe(6)
    expect(layout.columns * layout.mapPx + 5 * 4).toBeLessThanOrEqual(500)
    expect(layout.mapPx).toBe(80)
    expect(layout.heightPx).toBe(Math.ceil(2048 / 6) * 84 - 4)
  })

  it('keeps a few maps small, and pairs side by side', () => {
    expect(sheetLayout({ ...shape, widthPx: 150, count: 1 }).mapPx).toBe(128)
    const pairs = sheetLayout({ ...shape, mapsPerCell: 2 })
    expect(pairs.columns).toBe(3)
    expect(pairs.cellWidthPx).toBe(2 * pairs.mapPx + 1)
  })

  it('finds every tile where it lies, and none in the gaps', () => {
    for (const index of [0, 5, 6, 1000, 2047]) {
      const { leftPx, topPx } = tilePlace(layout, index)
      expect(tileAt(layout, leftPx + 1, topPx + 1)).toBe(index)
    }
    expect(tileAt(layout, 81, 10)).toBe(-1)
    expect(tileAt(layout, -1, 10)).toBe(-1)
    expect(tileAt(layout, 499, layout.heightPx - 1)).toBe(-1)
  })

  it('shows only the rows in sight', () => {
    expect(tilesInSight(layout, 0, 400)).toEqual([0, 30])
    expect(tilesInSight(layout, 84 * 10 + 40, 400)).toEqual([60, 96])
    expect(tilesInSight(layout, layout.heightPx - 10, 400)[1]).toBe(2048)
  })

  it('is walked with the keyboard', () => {
    expect(tileAfterKey(layout, 0, 'ArrowLeft', 400)).toBe(0)
    expect(tileAfterKey(layout, 3, 'ArrowDown', 400)).toBe(9)
    expect(tileAfterKey(layout, 3, 'ArrowUp', 400)).toBe(3)
    expect(tileAfterKey(layout, 3, 'PageDown', 400)).toBe(3 + 4 * 6)
    expect(tileAfterKey(layout, 3, 'End', 400)).toBe(2047)
    expect(tileAfterKey(layout, 3, 'a', 400)).toBeNull()
  })

  it('scrolls no further than it must', () => {
    expect(scrollToTile(layout, 0, 0, 400)).toBe(0)
    expect(scrollToTile(layout, 60, 0, 400)).toBe(840 + 80 - 400)
    expect(scrollToTile(layout, 0, 500, 400)).toBe(0)
  })
})
