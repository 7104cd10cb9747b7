import { describe, expect, it } from 'vitest'
import { sharedUnits } from './shared-units.ts'

describe('sharedUnits', () => {
  it('names the units that the cosine comes from, with their shares', () => {
    const found = sharedUnits(Float32Array.of(0.6, 0, 0.8), Float32Array.of(0.8, 0.5, 0.6))
    expect(found.map(({ unit }) => unit)).toEqual([0, 2])
    expect(found[0]?.share).toBeCloseTo(0.5)
    expect(found.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1)
  })

  it('leaves out what both have less of than the mean', () => {
    const found = sharedUnits(Float32Array.of(-0.6, 0.8), Float32Array.of(-0.8, 0.6))
    expect(found).toEqual([{ unit: 1, share: expect.closeTo(0.5) }])
  })

  it('finds nothing in vectors that have nothing in common', () => {
    expect(sharedUnits(Float32Array.of(1, 0), Float32Array.of(0, 1))).toEqual([])
  })
})
