import { describe, expect, it } from 'vitest'
import { FramePace } from './frame-pace.ts'

/** A machine on which each dot costs so much, shown at 60 Hz. */
function settle(pace: FramePace, msPerDot: number, msFixed: number, frames: number): number {
  let ms = 0
  for (let i = 0; i < frames; i++) {
    const work = (pace.budget * msPerDot + msFixed) * pace.scale ** 2
    ms = Math.ceil(work / (1000 / 60)) * (1000 / 60)
    pace.record(ms, true)
  }
  return ms
}

describe('FramePace', () => {
  it.each([1e-5, 1e-4, 5e-4, 2e-3])(
    'comes to at least 27 frames a second at %f ms a dot',
    (cost) => {
      const pace = new FramePace(1_000_000)
      expect(settle(pace, cost, 4, 300)).toBeLessThan(37)
    },
  )

  it('uses what a machine can do', () => {
    const pace = new FramePace(10_000)
    settle(pace, 1e-5, 2, 300)
    expect(pace.budget).toBeGreaterThan(1_000_000)
  })

  it('does not take one late frame for a slow scene', () => {
    const pace = new FramePace(50_000)
    for (const ms of [25, 25, 400, 25, 25, 25]) pace.record(ms, true)
    expect(pace.budget).toBe(50_000)
  })

  it('draws coarser when even few dots are too many, until the next move that has time', () => {
    const pace = new FramePace(10_000)
    settle(pace, 1e-4, 80, 60)
    expect(pace.scale).toBe(0.5)
    pace.begin()
    expect(pace.scale).toBe(0.5)
    pace.budget = 100_000
    pace.begin()
    expect(pace.scale).toBe(1)
  })
})
