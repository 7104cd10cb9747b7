import { expect, it } from 'vitest'
import { ok } from '../../preload/contract/errors.ts'
import type { SaidTruth } from '../../preload/contract/truth.ts'
import { createFakeApi, noBytes } from './fake-api.ts'
import { createLatentStore } from './store.ts'
import { photosInMind } from './truth-slice.ts'

const tabby = { wnid: 'n02123045', name: 'tabby' }

/** A store whose main side remembers what was said. */
function storeWith(said: Map<number, SaidTruth['truth']>) {
  const api = createFakeApi({
    'truth:say': (changes) =>
      ok(
        changes.map(({ id, truth }) => {
          const before = said.get(id) ?? null
          said.set(id, truth)
          return { id, truth: before }
        }),
      ),
    'truth:search': () => ok([tabby]),
  })
  return createLatentStore({ api, now: () => 0, fetchBytes: noBytes })
}

it('says what photos show and takes it back step by step', async () => {
  const said = new Map<number, SaidTruth['truth']>()
  const store = storeWith(said)
  await store.getState().sayTruth([1, 2], tabby)
  await store.getState().sayTruth([2], null)
  expect([...said]).toEqual([
    [1, tabby],
    [2, null],
  ])
  await store.getState().takeBackTruth()
  expect(said.get(2)).toEqual(tabby)
  await store.getState().takeBackTruth()
  await store.getState().takeBackTruth()
  expect([...said.values()]).toEqual([null, null])
})

it('leaves no button to undo what was undone', async () => {
  const store = storeWith(new Map())
  await store.getState().sayTruth([1], tabby)
  expect(store.getState().notices[0]?.action?.text).toBe('Undo')
  await store.getState().takeBackTruth()
  expect(store.getState().notices.some(({ action }) => action !== undefined)).toBe(false)
})

it('asks about the photo that is looked at before those that are selected', () => {
  const store = storeWith(new Map())
  const state = store.getState()
  const selection = { ...state.selection, ids: new Set([4, 5]) }
  expect(photosInMind({ ...state, selection })).toEqual([4, 5])
  expect(photosInMind({ ...state, selection, previewId: 9 })).toEqual([9])
  expect(photosInMind({ ...state, selection, workspace: 'inspector' })).toEqual([])
  state.askTruth([])
  expect(store.getState().truthAsked).toBeNull()
})
