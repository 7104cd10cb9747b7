import { describe, expect, it } from 'vitest'
import { justify } from './justified-layout.ts'
import { rowAt, rowOfPhoto, rowsBetween } from './row-search.ts'

// Ten photos of 3:2 at 1200 px: rows of four, four and two.
const sides = (px: number): Uint32Array => new Uint32Array(10).fill(px)
const layout = justify(sides(3000), sides(2000), {
  containerWidthPx: 1200,
  rowHeightPx: 200,
  gapPx: 4,
})

describe('row search', () => {
  it('finds the row at a height, the gap below belonging to the row', () => {
    const secondTopPx = layout.rowTopsPx[1] ?? 0
    expect(rowAt(layout, 0)).toBe(0)
    expect(rowAt(layout, secondTopPx - 1)).toBe(0)
    expect(rowAt(layout, secondTopPx)).toBe(1)
    expect(rowAt(layout, 1e9)).toBe(2)
    expect(rowAt(layout, -5)).toBe(0)
  })

  it('finds the row of a photo', () => {
    expect([0, 3, 4, 7, 8, 9].map((index) => rowOfPhoto(layout, index))).toEqual([0, 0, 1, 1, 2, 2])
  })

  it('gives the rows that touch a stretch', () => {
    expect(rowsBetween(layout, 0, 10)).toEqual({ firstRow: 0, endRow: 1 })
    expect(rowsBetween(layout, 10, 1e6)).toEqual({ firstRow: 0, endRow: 3 })
  })
})
