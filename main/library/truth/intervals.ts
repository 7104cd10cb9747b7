// How much a count says: bounds of a share, and the chance of a difference.
import type { Share } from '../../../preload/contract/truth.ts'

/** Of the normal distribution, for 95 %. */
const z = 1.959963984540054

/**
 * The share with Wilson's score interval (Wilson 1927, "Probable inference, the law of succession,
 * and statistical inference"), which holds near 0 and 1 and for few photos.
 *
 * @param of at least `right`; without photos the bounds say nothing, 0 and 1
 */
export function shareOf(right: number, of: number): Share {
  if (of === 0) return { right, of, low: 0, high: 1 }
  const share = right / of
  const scale = 1 + z ** 2 / of
  const middle = (share + z ** 2 / (2 * of)) / scale
  const half = (z / scale) * Math.sqrt((share * (1 - share)) / of + z ** 2 / (4 * of ** 2))
  return { right, of, low: Math.max(0, middle - half), high: Math.min(1, middle + half) }
}

/**
 * McNemar's test (1947), exact and two-sided: of the photos that only one of two models gets right,
 * each would fall to either with chance 1/2 if both were equally good.
 *
 * @returns how probable it is that they fall at least as unevenly, 0..1
 */
export function mcnemar(ownOnly: number, otherOnly: number): number {
  const count = ownOnly + otherOnly
  const fewer = Math.min(ownOnly, otherOnly)
  if (ownOnly === otherOnly) return 1
  let logTerm = -count * Math.LN2
  let sum = Math.exp(logTerm)
  for (let k = 1; k <= fewer; k++) {
    logTerm += Math.log((count - k + 1) / k)
    sum += Math.exp(logTerm)
  }
  return Math.min(1, 2 * sum)
}
