import { describe, expect, it } from 'vitest'
import {
  cellAfterKey,
  cellAt,
  cellBox,
  cropShares,
  fieldBox,
  mapExtent,
  photoAroundCrop,
} from './crop-maths.ts'

const photo = {
  widthPx: 6000,
  heightPx: 4000,
  crop: { leftPx: 1000, topPx: 0, sidePx: 4000 },
}

/** The first layer of Inception V3: 3 x 3, stride 2, no padding, on 299 pixels. */
const first = {
  widthPx: 149,
  heightPx: 149,
  receptiveField: { sizePx: 3, stridePx: 2, startPx: 0 },
}

describe('the crop', () => {
  it('is told in shares of the photo', () => {
    expect(cropShares(photo)).toEqual({ left: 1 / 6, top: 0, width: 2 / 3, height: 1 })
  })

  it('lies at the unit square of the photo around it', () => {
    const around = photoAroundCrop(photo)
    expect(around).toEqual({ left: -0.25, top: -0, width: 1.5, height: 1 })
    const shares = cropShares(photo)
    expect(around.left + shares.left * around.width).toBeCloseTo(0, 12)
  })
})

describe('a map on the input', () => {
  it('puts each value at the middle of its window', () => {
    expect(mapExtent(first, 299)).toEqual({ left: 0.5, top: 0.5, width: 298, height: 298 })
    const box = cellBox(first, 299, { x: 10, y: 0 })
    const window = fieldBox(first.receptiveField, 299, { x: 10, y: 0 })
    expect(box.left + box.width / 2).toBeCloseTo(window.left + window.width / 2, 10)
  })

  it('covers everything where a layer sees all', () => {
    const all = { left: 0, top: 0, width: 299, height: 299 }
    expect(mapExtent({ widthPx: 1, heightPx: 1, receptiveField: null }, 299)).toEqual(all)
    expect(fieldBox(null, 299, { x: 0, y: 0 })).toEqual(all)
  })

  it('finds the value under a place and back, and the nearest one outside', () => {
    for (const cell of [
      { x: 0, y: 0 },
      { x: 74, y: 12 },
      { x: 148, y: 148 },
    ]) {
      const { left, top, width, height } = cellBox(first, 299, cell)
      expect(cellAt(first, 299, { x: left + width / 2, y: top + height / 2 })).toEqual(cell)
    }
    expect(cellAt(first, 299, { x: -20, y: 400 })).toEqual({ x: 0, y: 148 })
  })

  it('cuts windows at the edges', () => {
    const field = { sizePx: 11, stridePx: 4, startPx: -3 }
    expect(fieldBox(field, 224, { x: 0, y: 55 })).toEqual({
      left: 0,
      top: 217,
      width: 8,
      height: 7,
    })
  })

  it('is walked with the arrow keys and not left', () => {
    expect(cellAfterKey(first, { x: 0, y: 5 }, 'ArrowLeft', 1)).toEqual({ x: 0, y: 5 })
    expect(cellAfterKey(first, { x: 0, y: 5 }, 'ArrowDown', 10)).toEqual({ x: 0, y: 15 })
    expect(cellAfterKey(first, { x: 0, y: 5 }, 'Enter', 1)).toBeNull()
  })
})
