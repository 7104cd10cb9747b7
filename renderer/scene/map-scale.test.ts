import { describe, expect, it } from 'vitest'
import { channelRange, scaleRange, shadeOf } from './map-scale.ts'

const maps = {
  minima: Float32Array.of(0, -2, 1),
  maxima: Float32Array.of(4, 1, 3),
  min: -2,
  max: 4,
}

describe('the scale of maps', () => {
  it('starts at zero, also where the least value is above it', () => {
    expect(channelRange([maps], 0, 'channel', false)).toEqual({ low: 0, high: 4 })
    expect(channelRange([maps], 2, 'channel', false)).toEqual({ low: 0, high: 3 })
  })

  it('is symmetric for values on both sides of zero', () => {
    expect(channelRange([maps], 1, 'channel', true)).toEqual({ low: -2, high: 2 })
    expect(scaleRange(-1, 5, true)).toEqual({ low: -5, high: 5 })
  })

  it('spans the layer, or both photos, when asked', () => {
    expect(channelRange([maps], 0, 'layer', false)).toEqual({ low: -2, high: 4 })
    const other = { ...maps, maxima: Float32Array.of(9, 1, 3) }
    expect(channelRange([maps, other], 0, 'channel', false)).toEqual({ low: 0, high: 9 })
  })

  it('turns bytes into shades', () => {
    const { offset, gain } = shadeOf(maps, 1, { low: -2, high: 2 })
    expect(offset).toBeCloseTo(0, 6)
    expect(offset + gain).toBeCloseTo(0.75, 6)
  })

  it('leaves a dead channel dark', () => {
    const dead = { ...maps, minima: Float32Array.of(0), maxima: Float32Array.of(0) }
    expect(shadeOf(dead, 0, { low: 0, high: 0 })).toEqual({ offset: 0, gain: 0 })
  })
})
