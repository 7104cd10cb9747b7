import { describe, expect, it } from 'vitest'
import { deviations } from './deviations.ts'
import { windowCosts } from './window-costs.ts'

describe('windowCosts', () => {
  it('shares out what lies between two samples', () => {
    const samples = [
      { done: 0, atMs: 500, cpuMs: 100 },
      { done: 8, atMs: 580, cpuMs: 260 },
      // 10 is reached half-way to here.
      { done: 12, atMs: 680, cpuMs: 300 },
      { done: 20, atMs: 760, cpuMs: 380 },
      // An unfinished window does not count.
      { done: 25, atMs: 960, cpuMs: 500 },
    ]
    expect(windowCosts(samples, 10)).toEqual([
      { wallMs: 13, cpuMs: 18 },
      { wallMs: 13, cpuMs: 10 },
    ])
  })
})

describe('deviations', () => {
  it('measures the farthest window from the median, on either side', () => {
    const windows = [10, 11, 10, 8].map((wallMs) => ({ wallMs, cpuMs: 5 }))
    expect(deviations(windows)).toEqual({
      medianWallMs: 10,
      medianCpuMs: 5,
      largestWallDeviation: 0.2,
      largestCpuDeviation: 0,
    })
    expect(() => deviations([])).toThrow(RangeError)
  })
})
