import { describe, expect, it } from 'vitest'
import { Steps, type StepsOptions } from './steps.ts'

const later = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms))

function stepsWith(options: Partial<StepsOptions>): { steps: Steps; done: Promise<void> } {
  let steps: Steps | undefined
  const done = new Promise<void>((onDone) => {
    steps = new Steps({
      step: async () => false,
      onError: () => {},
      onRest: () => {},
      isUrgent: () => true,
      onDone,
      ...options,
    })
  })
  if (steps === undefined) throw new Error('Expected a promise to run its function at once')
  return { steps, done }
}

describe('Steps', () => {
  it('goes on while a step says that there is more', async () => {
    let left = 3
    const { steps, done } = stepsWith({ step: async () => --left > 0 })
    steps.wake()
    expect(steps.isRunning).toBe(true)
    await done
    expect(left).toBe(0)
    expect(steps.isRunning).toBe(false)
  })

  it('takes what comes in during a step as one more step', async () => {
    let count = 0
    const { steps, done } = stepsWith({
      step: async () => {
        count++
        await later(5)
        return false
      },
    })
    for (let i = 0; i < 5; i++) steps.wake()
    await done
    expect(count).toBe(2)
  })

  it('ends a rest when it is interrupted, and tells of a step that failed', async () => {
    const errors: unknown[] = []
    const { steps, done } = stepsWith({
      step: () => Promise.reject(new Error('too bad')),
      onError: (error) => errors.push(error),
      isUrgent: () => false,
    })
    steps.wake()
    await later(5)
    const startMs = performance.now()
    steps.interrupt(new Error('something else'))
    await done
    expect(performance.now() - startMs).toBeLessThan(250)
    expect(errors).toEqual([new Error('too bad')])
  })

  it('tells of no error once it is disposed of', async () => {
    const errors: unknown[] = []
    const { steps, done } = stepsWith({
      step: (signal) =>
        new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
      onError: (error) => errors.push(error),
    })
    steps.wake()
    steps.dispose(new Error('closed'))
    await done
    expect(errors).toEqual([])
  })
})
