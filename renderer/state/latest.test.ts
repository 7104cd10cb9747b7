import { describe, expect, it } from 'vitest'
import { createLatest } from './latest.ts'

const setUp = () => {
  const runs: string[] = []
  const ends: (() => void)[] = []
  const latest = createLatest<string>(async (question) => {
    runs.push(question)
    await new Promise<void>((end) => ends.push(end))
  })
  const finish = async (): Promise<void> => {
    ends.shift()?.()
    await new Promise((done) => setTimeout(done))
  }
  return { latest, runs, finish }
}

describe('the latest question', () => {
  it('runs at once, and never two at a time', async () => {
    const { latest, runs, finish } = setUp()
    latest.ask('a')
    latest.ask('b')
    expect(runs).toEqual(['a'])
    await finish()
    expect(runs).toEqual(['a', 'b'])
  })

  it('replaces the ones that waited', async () => {
    const { latest, runs, finish } = setUp()
    for (const question of ['a', 'b', 'c', 'd']) latest.ask(question)
    await finish()
    await finish()
    expect(runs).toEqual(['a', 'd'])
  })

  it('can be taken back while it waits', async () => {
    const { latest, runs, finish } = setUp()
    latest.ask('a')
    latest.ask('b')
    latest.forget()
    await finish()
    expect(runs).toEqual(['a'])
    latest.ask('c')
    expect(runs).toEqual(['a', 'c'])
  })
})
