import { describe, expect, it } from 'vitest'
import { mcnemar, shareOf } from './intervals.ts'

describe('the bounds of a share', () => {
  // Newcombe 1998, "Two-sided confidence intervals for the single proportion", table I, method 3.
  it.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('are as published for %i of %i', (right, of, low, high) => {
    const share = shareOf(right, of)
    expect(share.low).toBeCloseTo(low, 4)
    expect(share.high).toBeCloseTo(high, 4)
  })

  it('say nothing without photos', () => {
    expect(shareOf(0, 0)).toEqual({ right: 0, of: 0, low: 0, high: 1 })
  })
})

describe('the chance of a difference', () => {
  /** The same by whole numbers. */
  const byHand = (a: number, b: number): number => {
    const choose = (n: number, k: number): number =>
      k === 0 ? 1 : (choose(n, k - 1) * (n - k + 1)) / k
    let sum = 0
    for (let k = 0; k <= Math.min(a, b); k++) sum += choose(a + b, k)
    return Math.min(1, (2 * sum) / 2 ** (a + b))
  }
  it.each([
    [0, 0],
    [5, 5],
    [1, 9],
    [0, 6],
    [33, 14],
    [12, 2],
  ])('is that of a fair coin for %i and %i', (a, b) => {
    expect(mcnemar(a, b)).toBeCloseTo(byHand(a, b), 12)
    expect(mcnemar(b, a)).toBe(mcnemar(a, b))
  })

  it('is nothing where thousands fall one way', () => {
    expect(mcnemar(20_000, 15_000)).toBeLessThan(1e-100)
    expect(mcnemar(20_000, 19_900)).toBeCloseTo(0.62, 1)
  })
})
