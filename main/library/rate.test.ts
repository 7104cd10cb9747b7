import { describe, expect, it } from 'vitest'
import { Rate } from './rate.ts'

function withClock() {
  const clock = { ms: 1_000 }
  const rate = new Rate(() => clock.ms)
  return { clock, rate }
}

describe('Rate', () => {
  it('is zero until there are two events to measure between', () => {
    const { clock, rate } = withClock()
    expect(rate.perSecond).toBe(0)
    rate.add(5)
    expect(rate.perSecond).toBe(0)
    rate.add(5)
    expect(rate.perSecond).toBe(0)
    clock.ms += 500
    rate.add(5)
    expect(rate.perSecond).toBe(20)
  })

  it('counts what came after the first event, which began the measuring', () => {
    const { clock, rate } = withClock()
    rate.add(1000)
    clock.ms += 2000
    rate.add(4)
    expect(rate.perSecond).toBe(2)
  })

  it('forgets what is older than ten seconds', () => {
    const { clock, rate } = withClock()
    for (let second = 0; second < 10; second++) {
      rate.add(100)
      clock.ms += 1000
    }
    for (let second = 0; second < 30; second++) {
      rate.add(2)
      clock.ms += 1000
    }
    expect(rate.perSecond).toBe(2)
  })

  it('keeps two events, however far apart: a slow job has a rate too', () => {
    const { clock, rate } = withClock()
    for (let i = 0; i < 4; i++) {
      rate.add(1)
      clock.ms += 60_000
    }
    expect(rate.perSecond).toBeCloseTo(1 / 60, 10)
  })

  it('does not count a pause as slowness when it is started again', () => {
    const { clock, rate } = withClock()
    rate.add(1)
    clock.ms += 1000
    rate.add(1)
    clock.ms += 3_600_000
    rate.restart()
    expect(rate.perSecond).toBe(0)
    rate.add(1)
    clock.ms += 250
    rate.add(1)
    expect(rate.perSecond).toBe(4)
  })
})
