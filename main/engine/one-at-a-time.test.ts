import { describe, expect, it } from 'vitest'
import { oneAtATime } from './one-at-a-time.ts'

describe('oneAtATime', () => {
  it('begins a task when the one before has ended, urgent ones first', async () => {
    const said: string[] = []
    const done = new Promise<void>((resolve) => {
      const add = oneAtATime(async ({ name }: { name: string; urgent: boolean }) => {
        said.push(`${name} begins`)
        await new Promise((ended) => setTimeout(ended, 1))
        said.push(`${name} ends`)
        if (name === 'third') resolve()
      })
      add({ name: 'first', urgent: false })
      add({ name: 'third', urgent: false })
      add({ name: 'second', urgent: true })
    })
    await done
    expect(said).toEqual(
      ['first', 'second', 'third'].flatMap((name) => [`${name} begins`, `${name} ends`]),
    )
  })

  it('takes up work again after it had none', async () => {
    const done: boolean[] = []
    const add = oneAtATime(async ({ urgent }) => {
      done.push(urgent)
    })
    add({ urgent: false })
    await new Promise((later) => setTimeout(later, 1))
    add({ urgent: true })
    expect(done).toEqual([false, true])
  })
})
