import { describe, expect, it } from 'vitest'
import { barcodeLayout, brightest, unitAt } from './barcode-layout.ts'

describe('a vector as stripes', () => {
  const layout = barcodeLayout(2048, 700)

  it('takes as many rows as it needs for stripes that can be pointed at', () => {
    expect(layout.rows).toBe(8)
    expect(layout.perRow).toBe(256)
    expect(layout.stripePx).toBeCloseTo(700 / 256, 10)
    expect(barcodeLayout(100, 700).rows).toBe(1)
  })

  it('finds each unit where it is drawn', () => {
    for (const unit of [0, 255, 256, 2047]) {
      const x = (unit % 256) * layout.stripePx + layout.stripePx / 2
      const y = (Math.floor(unit / 256) + 0.5) / layout.rows
      expect(unitAt(layout, 2048, x, y)).toBe(unit)
    }
    expect(unitAt(layout, 2048, -1, 0.5)).toBe(-1)
    expect(unitAt(layout, 2000, 699, 0.99)).toBe(-1)
  })

  it('is not darkened by a few great values', () => {
    const values = new Float32Array(1000).fill(1)
    values[3] = 100
    expect(brightest(values)).toBe(1)
    expect(brightest(new Float32Array(4))).toBe(1)
  })
})
