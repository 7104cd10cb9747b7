import { describe, expect, it } from 'vitest'
import { activationScale, quantiseBias, quantiseWeights } from './integers.ts'

describe('activationScale', () => {
  it('puts 0 on an integer and reaches both ends within half a step', () => {
    for (const [least, greatest] of [
      [-1, 3],
      [0, 6],
      [2, 5],
      [-7, -1],
    ] as const) {
      const { scale, zeroPoint } = activationScale({ least, greatest })
      expect(Number.isInteger(zeroPoint)).toBe(true)
      expect(scale * (0 - zeroPoint)).toBeLessThanOrEqual(Math.min(least, 0) + scale / 2)
      expect(scale * (255 - zeroPoint)).toBeGreaterThanOrEqual(Math.max(greatest, 0) - scale / 2)
    }
  })

  it('survives a value that is always 0', () => {
    const { scale, zeroPoint } = activationScale({ least: 0, greatest: 0 })
    expect(scale).toBeGreaterThan(0)
    expect(zeroPoint).toBe(0)
  })
})

describe('quantiseWeights', () => {
  it('gives every channel its own scale, and is off by half a step at most', () => {
    const weights = [0.015, -0.02, 100, -30, 0.5, 0]
    const { integers, scales } = quantiseWeights(weights, [3, 2], 0)
    expect([...integers.slice(0, 4)]).toEqual([95, -127, 127, -38])
    weights.forEach((weight, i) => {
      const scale = scales[Math.floor(i / 2)] ?? 0
      expect(Math.abs((integers[i] ?? 0) * scale - weight)).toBeLessThanOrEqual(scale / 2 + 1e-9)
    })
  })

  it('takes channels along the second axis as well', () => {
    const { integers, scales } = quantiseWeights([1, 10, -1, -10], [2, 2], 1)
    expect([...integers]).toEqual([127, 127, -127, -127])
    expect(scales[1]).toBeCloseTo(10 / 127, 6)
  })
})

describe('quantiseBias', () => {
  it('counts in steps of the sums', () => {
    expect([...quantiseBias([1, -2], 0.5, Float32Array.of(0.25, 1))]).toEqual([8, -4])
  })
})
