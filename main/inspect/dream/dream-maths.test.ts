import { describe, expect, it } from 'vitest'
import { AdamAscent } from './adam.ts'
import { type AffineSizes, sample, sampleAdjoint, viewOf } from './affine.ts'
import { fourierBasis, frequencyScale } from './fourier-basis.ts'
import { normalFrom, randomFrom } from './random.ts'

const dot = (a: Float32Array, b: Float32Array): number =>
  a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0)

describe('fourierBasis', () => {
  it.each([7, 8, 29, 32])('is orthonormal for a side of %i', (side) => {
    const basis = fourierBasis(side)
    const row = (i: number) => basis.subarray(i * side, (i + 1) * side)
    for (let i = 0; i < side; i++) {
      for (let j = 0; j < side; j++) expect(dot(row(i), row(j))).toBeCloseTo(i === j ? 1 : 0, 5)
    }
  })
})

describe('frequencyScale', () => {
  it('falls as one over the frequency, and is bounded at none', () => {
    const scale = frequencyScale(10)
    expect(scale[0]).toBe(10)
    expect(scale[1]).toBeCloseTo(10)
    expect(scale[3]).toBeCloseTo(5)
    expect(scale[4 * 10 + 3]).toBeCloseTo(10 / Math.hypot(2, 2))
  })
})

describe('sample', () => {
  const sizes: AffineSizes = { channels: 2, sourceSidePx: 12, outputSidePx: 9 }
  const random = normalFrom(randomFrom(3))
  const noise = (length: number) => Float32Array.from({ length }, random)
  const source = noise(2 * 144)

  it('copies the middle when nothing is turned, scaled or shifted', () => {
    const even = { ...sizes, outputSidePx: 10 }
    const output = sample(source, viewOf(even, 0, 1, 0, 0), even, 0)
    expect(output[0]).toBeCloseTo(source[13] ?? Number.NaN, 5)
    expect(output.at(-1)).toBeCloseTo(source[144 + 130] ?? Number.NaN, 5)
  })

  it('shows the background outside', () => {
    const output = sample(source, viewOf(sizes, 0, 1, 100, 0), sizes, 0.5)
    expect(output.every((value) => value === 0.5)).toBe(true)
  })

  it.each([
    [0, 1, 0, 0],
    [0.3, 1.2, 1.5, -2.25],
    [-0.7, 0.6, 0.2, 3.1],
  ])('has the adjoint that it is said to have (angle %f, zoom %f)', (angle, zoom, x, y) => {
    const view = viewOf(sizes, angle, zoom, x, y)
    const gradient = noise(2 * 81)
    const left = dot(sample(source, view, sizes, 0), gradient)
    const right = dot(source, sampleAdjoint(gradient, view, sizes))
    expect(left).toBeCloseTo(right, 3)
  })
})

describe('AdamAscent', () => {
  it('climbs to the top of a parabola', () => {
    const parameters = Float32Array.of(5, -3)
    const adam = new AdamAscent(2, 0.1)
    for (let i = 0; i < 500; i++) {
      adam.step(
        parameters,
        parameters.map((x, axis) => -2 * (x - axis)),
      )
    }
    expect(parameters[0]).toBeCloseTo(0, 1)
    expect(parameters[1]).toBeCloseTo(1, 1)
  })
})

describe('randomFrom', () => {
  it('gives the same numbers for the same seed, evenly spread', () => {
    const [a, b] = [randomFrom(7), randomFrom(7)]
    const numbers = Array.from({ length: 10_000 }, a)
    expect(numbers.slice(0, 5)).toEqual(Array.from({ length: 5 }, b))
    expect(numbers.reduce((sum, x) => sum + x, 0) / 10_000).toBeCloseTo(0.5, 1)
  })
})
