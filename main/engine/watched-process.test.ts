import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { FakeProcess } from './testing/fake-engine.ts'
import { WatchedProcess } from './watched-process.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function setUp(isBusy: boolean) {
  const processes: FakeProcess[] = []
  const deaths: (number | null)[] = []
  const watched = new WatchedProcess(
    (events) => {
      const child = new FakeProcess(events)
      processes.push(child)
      return child
    },
    { onMessage: () => {}, onDeath: (code) => deaths.push(code), isBusy: () => isBusy },
  )
  watched.start()
  return { watched, processes, deaths }
}

describe('WatchedProcess', () => {
  it('ends a process that is silent for a minute over its work', () => {
    const { watched, processes, deaths } = setUp(true)
    vi.advanceTimersByTime(60_000)
    expect(deaths).toEqual([])
    vi.advanceTimersByTime(10_000)
    expect(processes[0]?.killed).toBe(true)
    expect(deaths).toEqual([null])
    watched.dispose()
  })

  it('leaves one alone that answers its pings, and one that has nothing to do', () => {
    const busy = setUp(true)
    const idle = setUp(false)
    for (let second = 0; second < 120; second += 5) {
      vi.advanceTimersByTime(5_000)
      busy.processes[0]?.events.onMessage({ type: 'pong' })
    }
    expect([...busy.deaths, ...idle.deaths]).toEqual([])
    expect(busy.processes[0]?.sent).toContainEqual({ type: 'ping' })
    busy.watched.dispose()
    idle.watched.dispose()
  })

  it('tells no death that was asked for', () => {
    const { watched, processes, deaths } = setUp(true)
    watched.dispose()
    expect(processes[0]?.killed).toBe(true)
    expect(deaths).toEqual([])
    watched.send({ type: 'ping' })
    expect(processes[0]?.sent).toEqual([])
  })
})
