import { describe, expect, it } from 'vitest'
import { nextSpan, openedSpan, timeHistogram } from './time-histogram.ts'

const days = (count: number): Float64Array => Float64Array.from({ length: count }, (_, day) => day)

const made = (takenAtMs: Float64Array, bins: number) => {
  const histogram = timeHistogram(takenAtMs, bins)
  if (histogram === null) throw new Error('Expected a histogram')
  return histogram
}

describe('a histogram of dates', () => {
  it('counts every photo once', () => {
    const { counts, most } = made(Float64Array.of(0, 1, 2, 9, 10), 5)
    expect([...counts]).toEqual([2, 1, 0, 0, 2])
    expect(most).toBe(2)
  })

  it('is not stretched by a camera whose clock was never set', () => {
    const takenAtMs = days(1000)
    takenAtMs[0] = -1e9
    const { fromMs, earliestMs, counts } = made(takenAtMs, 10)
    expect(fromMs).toBeGreaterThan(0)
    expect(earliestMs).toBe(-1e9)
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(1000)
  })

  it('does not exist for photos of one moment', () => {
    expect(timeHistogram(Float64Array.of(5, 5), 4)).toBeNull()
    expect(timeHistogram(new Float64Array(), 4)).toBeNull()
  })
})

describe('a span', () => {
  const histogram = made(Float64Array.of(-500, ...days(1000)), 10)

  it('takes in what lies outside the bins when it reaches their end', () => {
    const { fromMs, toMs } = histogram
    expect(openedSpan({ fromMs, toMs: 500 }, histogram)).toEqual({ fromMs: -500, toMs: 500 })
    expect(openedSpan({ fromMs, toMs }, histogram)).toBeNull()
  })

  it('grows from the beginning when it is open, and begins again at the end', () => {
    const whole = { fromMs: 0, toMs: 100 }
    expect(nextSpan(whole, whole, 0, 10)).toEqual({ fromMs: 0, toMs: 0 })
    expect(nextSpan({ fromMs: 0, toMs: 95 }, whole, 0, 10)).toEqual({ fromMs: 0, toMs: 100 })
  })

  it('slides when it is narrow, at its width', () => {
    const whole = { fromMs: 0, toMs: 100 }
    expect(nextSpan({ fromMs: 20, toMs: 40 }, whole, 20, 10)).toEqual({ fromMs: 30, toMs: 50 })
    expect(nextSpan({ fromMs: 80, toMs: 100 }, whole, 20, 10)).toEqual({ fromMs: 0, toMs: 20 })
  })
})
