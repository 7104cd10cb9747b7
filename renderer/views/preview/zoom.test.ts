import { describe, expect, it } from 'vitest'
import { fitScale, fitView, scaleLimits, settle, zoomAround } from './zoom.ts'

const stage = { widthPx: 1000, heightPx: 800 }
const image = { widthPx: 6000, heightPx: 4000 }

describe('zoom', () => {
  it('fits the whole image and centres it', () => {
    const view = fitView(stage, image)
    expect(view.scale).toBeCloseTo(1 / 6, 10)
    expect(view.xPx).toBeCloseTo(0, 10)
    expect(view.yPx).toBeCloseTo((800 - 4000 / 6) / 2, 10)
  })

  it('keeps the pixel under the cursor in place', () => {
    const before = { scale: 0.5, xPx: -900, yPx: -400 }
    const point = { xPx: 300, yPx: 250 }
    const after = zoomAround(before, 1, point, stage, image)
    const pixelX = (point.xPx - before.xPx) / before.scale
    expect((point.xPx - after.xPx) / after.scale).toBeCloseTo(pixelX, 8)
  })

  it('never leaves the stage empty beside a larger image', () => {
    const view = settle({ scale: 1, xPx: 500, yPx: -9999 }, stage, image)
    expect(view).toEqual({ scale: 1, xPx: 0, yPx: 800 - 4000 })
  })

  it('goes from fit to eight screen pixels per image pixel', () => {
    expect(scaleLimits(stage, image, 2)).toEqual([fitScale(stage, image), 4])
    expect(scaleLimits(stage, { widthPx: 100, heightPx: 80 }, 1)).toEqual([1, 10])
  })
})
