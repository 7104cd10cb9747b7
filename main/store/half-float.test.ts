import { describe, expect, it } from 'vitest'
import { floatsOf, halfTable } from './half-float.ts'

describe('the half-float table', () => {
  // https://en.wikipedia.org/wiki/Half-precision_floating-point_format#Half_precision_examples
  it.each([
    [0x0000, 0],
    [0x0001, 0.000000059604645],
    [0x03ff, 0.000060975552],
    [0x0400, 0.00006103515625],
    [0x3555, 0.33325195],
    [0x3bff, 0.99951172],
    [0x3c00, 1],
    [0x3c01, 1.00097656],
    [0x7bff, 65504],
    [0x7c00, Number.POSITIVE_INFINITY],
    [0xc000, -2],
    [0xfc00, Number.NEGATIVE_INFINITY],
  ])('holds the published value of 0x%s', (half, value) => {
    const found = halfTable[half] ?? Number.NaN
    if (Number.isFinite(value)) expect(Math.abs(found - value)).toBeLessThan(1e-8)
    else expect(found).toBe(value)
  })

  it('holds minus zero and every NaN', () => {
    expect(halfTable[0x8000]).toBe(-0)
    for (let half = 0; half < 65_536; half++) {
      const isNone = (half & 0x7c00) === 0x7c00 && (half & 0x3ff) !== 0
      if (Number.isNaN(halfTable[half]) !== isNone) expect.fail(`0x${half.toString(16)}`)
    }
  })

  it('rises from zero to infinity and mirrors below zero', () => {
    for (let half = 1; half <= 0x7c00; half++) {
      if (!((halfTable[half] ?? 0) > (halfTable[half - 1] ?? 0))) expect.fail(`${half}`)
      if (halfTable[half | 0x8000] !== -(halfTable[half] ?? 0)) expect.fail(`-${half}`)
    }
  })

  it('agrees with the bits moved into a float32', () => {
    // For normal numbers: sign, exponent + 112, fraction << 13.
    const view = new DataView(new ArrayBuffer(4))
    for (let half = 0x0400; half < 0x7c00; half++) {
      view.setUint32(0, (((half >> 10) + 112) << 23) | ((half & 0x3ff) << 13))
      if (halfTable[half] !== view.getFloat32(0)) expect.fail(`0x${half.toString(16)}`)
    }
  })

  it('turns arrays of halves into floats', () => {
    expect(floatsOf(Uint16Array.of(0x3c00, 0xc000, 0))).toEqual(Float32Array.of(1, -2, 0))
  })
})
