import { expect, it } from 'vitest'
import { halfTable } from '../../store/half-float.ts'
import { halfBits } from './half-bits.ts'

it('gives back the bits of every half float', () => {
  for (let half = 0; half < 65_536; half++) {
    const value = halfTable[half] ?? 0
    if (Number.isNaN(value)) continue
    if (halfBits(value) !== half) expect.fail(`0x${half.toString(16)}`)
  }
  expect(halfBits(Number.NaN) & 0x7c00).toBe(0x7c00)
})

it('rounds to the nearest, ties to even', () => {
  expect(halfBits(1 + 1 / 2048)).toBe(0x3c00)
  expect(halfBits(1 + 3 / 2048)).toBe(0x3c02)
  expect(halfBits(1 + 1 / 2048 + 2 ** -20)).toBe(0x3c01)
  expect(halfBits(65_519)).toBe(0x7bff)
  expect(halfBits(65_520)).toBe(0x7c00)
  // Half of the least, and a little more.
  expect(halfBits(2 ** -25)).toBe(0)
  expect(halfBits(2 ** -25 * 1.01)).toBe(1)
  expect(halfBits(-3 * 2 ** -25)).toBe(0x8002)
})
