import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createPace, type Pace } from './pace.ts'

let runs: number[] = []
let finish: (() => void)[] = []
let pace: Pace

const task = (): Promise<void> => {
  runs.push(performance.now())
  return new Promise((resolve) => finish.push(resolve))
}

const finishRun = async (): Promise<void> => {
  finish.shift()?.()
  await vi.advanceTimersByTimeAsync(0)
}

beforeEach(() => {
  vi.useFakeTimers()
  runs = []
  finish = []
  pace = createPace(task, { gapMs: 500, gapPerDuration: 4, now: () => performance.now() })
})

afterEach(() => {
  pace.dispose()
  vi.useRealTimers()
})

describe('pace', () => {
  it('runs the first request at once and never two at a time', () => {
    pace.request()
    pace.request()
    pace.requestNow()
    expect(runs).toHaveLength(1)
  })

  it('makes one run of many requests, after the gap', async () => {
    pace.request()
    await finishRun()
    for (let i = 0; i < 10; i++) pace.request()
    await vi.advanceTimersByTimeAsync(499)
    expect(runs).toHaveLength(1)
    await vi.advanceTimersByTimeAsync(1)
    expect(runs).toHaveLength(2)
  })

  it('waits longer after a slow run', async () => {
    pace.request()
    await vi.advanceTimersByTimeAsync(300)
    await finishRun()
    pace.request()
    await vi.advanceTimersByTimeAsync(800)
    expect(runs).toHaveLength(1)
    await vi.advanceTimersByTimeAsync(100)
    expect(runs).toHaveLength(2)
  })

  it('skips the gap when asked now, also while waiting', async () => {
    pace.request()
    await finishRun()
    pace.request()
    pace.requestNow()
    expect(runs).toHaveLength(2)
  })

  it('does nothing more once disposed', async () => {
    pace.request()
    await finishRun()
    pace.request()
    pace.dispose()
    await vi.advanceTimersByTimeAsync(5000)
    expect(runs).toHaveLength(1)
  })
})
