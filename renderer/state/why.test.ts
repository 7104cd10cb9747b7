import { describe, expect, it } from 'vitest'
import { fail, ok, type Result } from '../../preload/contract/errors.ts'
import type { Attribution } from '../../preload/contract/inspector.ts'
import { createFakeApi, noBytes } from './fake-api.ts'
import { fakeAttribution } from './inspector-answers.ts'
import { createLatentStore } from './store.ts'
import { type WhyQuestion, whyKey } from './why-slice.ts'

const question = (classIndex: number, method: WhyQuestion['method'] = 'grad-cam'): WhyQuestion => ({
  session: 'x',
  method,
  classIndex,
  layer: null,
})

/** Answers by hand; a new question makes the one before fail, as main does. */
const setUp = () => {
  const asked: number[] = []
  const ended: string[] = []
  const pending: ((result: Result<Attribution>) => void)[] = []
  const api = createFakeApi({
    'inspector:attribution': ({ classIndex }) => {
      asked.push(classIndex)
      pending.shift()?.(fail('cancelled', 'Another one was asked for.'))
      return new Promise((answer) => pending.push(answer))
    },
    'inspector:attribution-end': ({ session }) => {
      ended.push(session)
      pending.shift()?.(fail('cancelled', 'It was ended.'))
      return ok(undefined)
    },
  })
  const store = createLatentStore({ api, now: () => 0, fetchBytes: noBytes })
  const answer = async (result: Result<Attribution>): Promise<void> => {
    pending.shift()?.(result)
    await new Promise((done) => setTimeout(done))
  }
  return { store, asked, ended, answer }
}

describe('the reasons for labels', () => {
  it('are worked out one after the other', async () => {
    const { store, asked, answer } = setUp()
    store.getState().wantAttributions([question(1), question(2)])
    expect(asked).toEqual([1])
    await answer(ok(fakeAttribution(1)))
    expect(asked).toEqual([1, 2])
    await answer(ok(fakeAttribution(2)))
    expect(store.getState().attributions.get(whyKey(question(2)))?.classIndex).toBe(2)
  })

  it('are given up when another label is chosen, without a word of failure', async () => {
    const { store, asked, answer } = setUp()
    store.getState().wantAttributions([question(1)])
    store.getState().wantAttributions([question(2)])
    expect(asked).toEqual([1, 2])
    await answer(ok(fakeAttribution(2)))
    expect(store.getState().whyFailures.size).toBe(0)
    expect([...store.getState().attributions.keys()]).toEqual([whyKey(question(2))])
  })

  it('end when nobody looks at them, and are asked for anew by the next look', async () => {
    const { store, asked, ended } = setUp()
    store.getState().wantAttributions([question(1)])
    store.getState().wantAttributions([])
    expect(ended).toEqual(['x'])
    await new Promise((done) => setTimeout(done))
    expect(store.getState().whyFailures.size).toBe(0)
    store.getState().wantAttributions([question(1)])
    expect(asked).toEqual([1, 1])
  })

  it('are not worked out twice', async () => {
    const { store, asked, answer } = setUp()
    store.getState().wantAttributions([question(1)])
    await answer(ok(fakeAttribution(1)))
    store.getState().wantAttributions([])
    store.getState().wantAttributions([question(1)])
    expect(asked).toEqual([1])
  })

  it('can be tried again after a failure, and show progress of the running one only', async () => {
    const { store, asked, answer } = setUp()
    store.getState().wantAttributions([question(1)])
    store.getState().whyProgressed({ session: 'x', task: 'occlusion', done: 1, total: 9 })
    expect(store.getState().whyProgress).toBeNull()
    store.getState().whyProgressed({ session: 'x', task: 'grad-cam', done: 1, total: 9 })
    expect(store.getState().whyProgress?.done).toBe(1)
    await answer(fail('crashed', 'It stopped.'))
    expect(store.getState().whyFailures.get(whyKey(question(1)))?.message).toBe('It stopped.')
    store.getState().retryAttribution(question(1))
    expect(asked).toEqual([1, 1])
  })
})
