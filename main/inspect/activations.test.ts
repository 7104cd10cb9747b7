import { describe, expect, it } from 'vitest'
import { activationBytes, layerFigures } from './activations.ts'

describe('activationBytes', () => {
  it('spreads each channel over its own range', () => {
    const { bytes, minima, maxima } = activationBytes(Float32Array.of(0, 1, 2, 4, -1, 0, 0, 1), 2)
    expect([...bytes]).toEqual([0, 64, 128, 255, 0, 128, 128, 255])
    expect([...minima]).toEqual([0, -1])
    expect([...maxima]).toEqual([4, 1])
  })

  it('comes back within half a step', () => {
    const values = Float32Array.from({ length: 300 }, (_, i) => Math.sin(i * 12.9898) * 7)
    const { bytes, minima, maxima } = activationBytes(values, 3)
    values.forEach((value, i) => {
      const channel = Math.floor(i / 100)
      const [min = 0, max = 0] = [minima[channel], maxima[channel]]
      const back = min + ((bytes[i] ?? 0) / 255) * (max - min)
      expect(Math.abs(back - value)).toBeLessThanOrEqual((max - min) / 255 / 2 + 1e-5)
    })
  })

  it('takes a flat channel as zeros and counts its sparsity', () => {
    const { bytes, means, sparsities } = activationBytes(Float32Array.of(3, 3, 0, 6), 2)
    expect([...bytes]).toEqual([0, 0, 0, 255])
    expect([...means]).toEqual([3, 3])
    expect([...sparsities]).toEqual([0, 0.5])
  })

  it('survives values that are not finite', () => {
    const { bytes, maxima } = activationBytes(
      Float32Array.of(Number.NaN, Number.POSITIVE_INFINITY, 1, 2),
      1,
    )
    expect([...bytes]).toEqual([0, 0, 128, 255])
    expect([...maxima]).toEqual([2])
  })
})

describe('layerFigures', () => {
  it('sums up the channels', () => {
    const bytes = activationBytes(Float32Array.of(0, 1, 2, 4, -1, 0, 0, 1), 2)
    expect(layerFigures(bytes)).toEqual({ min: -1, max: 4, mean: 0.875, sparsity: 0.375 })
  })
})
