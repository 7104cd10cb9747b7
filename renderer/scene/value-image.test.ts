import { describe, expect, it } from 'vitest'
import { rangeOf, resampled } from './value-image.ts'

describe('values as pixels', () => {
  it('keep their size unchanged', () => {
    const values = Float32Array.of(1, 2, 3, 4)
    expect([...resampled({ values, widthPx: 2, heightPx: 2 }, 2, 2)]).toEqual([1, 2, 3, 4])
  })

  it('are blended between and held at the edges when enlarged', () => {
    const values = Float32Array.of(0, 1)
    const row = resampled({ values, widthPx: 2, heightPx: 1 }, 8, 1)
    expect([...row]).toEqual([0, 0, 0.125, 0.375, 0.625, 0.875, 1, 1])
  })

  it('know their range', () => {
    expect(rangeOf(Float32Array.of(3, -1, 2))).toEqual({ low: -1, high: 3 })
    expect(rangeOf(new Float32Array())).toEqual({ low: 0, high: 0 })
  })
})
