import { describe, expect, it } from 'vitest'
import type { LibrarySummary, PhotoRow } from '../../preload/contract/domain.ts'
import { fail, ok } from '../../preload/contract/errors.ts'
import type { Dream } from '../../preload/contract/inspector.ts'
import { createFakeApi, type FakeAnswers, noBytes } from './fake-api.ts'
import { createLatentStore } from './store.ts'
import { unitKey } from './unit-slice.ts'

const unit = { layer: 'conv2', channel: 7 }

const photo = (id: number): PhotoRow => ({
  id,
  name: `${id}.jpg`,
  status: 'ok',
  widthPx: 4,
  heightPx: 4,
  dominantColour: '#000000',
  hasThumbnail: true,
  labels: [],
  truth: null,
})

const dream = (id: string, change: Partial<Dream> = {}): Dream => ({
  id,
  modelId: 'm',
  ...unit,
  seed: 1,
  state: 'running',
  step: 0,
  steps: 256,
  activation: 0,
  picture: 0,
  ms: 0,
  reason: '',
  ...change,
})

const setUp = (answers: FakeAnswers) => {
  const api = createFakeApi(answers)
  const store = createLatentStore({ api, now: () => 0, fetchBytes: noBytes })
  // Only whether a library is open matters here.
  store.setState({ library: { id: 'l' } as LibrarySummary })
  return { api, store }
}

describe('the photos of a unit', () => {
  it('come first, then their patches one by one, also when one cannot be found', async () => {
    const { store, api } = setUp({
      'inspector:unit-photos': ({ layer, channel }) =>
        ok({
          layer,
          channel,
          photosSeen: 9,
          most: [1, 2].map((id) => ({ photo: photo(id), activation: id })),
          least: [{ photo: photo(1), activation: 0 }],
        }),
      'inspector:unit-patch': ({ photoId }) =>
        photoId === 1
          ? fail('unreadable', 'Away.')
          : ok({ photoId, activation: 1, leftPx: 0, topPx: 0, widthPx: 2, heightPx: 2 }),
    })
    await store.getState().loadUnit(unit)
    expect(store.getState().unitPhotos?.most).toHaveLength(2)
    expect(store.getState().unitPatches.get(1)?.ok).toBe(false)
    expect(store.getState().unitPatches.get(2)?.ok).toBe(true)
    expect(api.calls.filter(({ name }) => name === 'inspector:unit-patch')).toHaveLength(2)
  })

  it('stop when another unit is looked at', async () => {
    const { store, api } = setUp({
      'inspector:unit-photos': ({ layer, channel }) =>
        ok({
          layer,
          channel,
          photosSeen: 1,
          most: [{ photo: photo(channel), activation: 1 }],
          least: [],
        }),
      'inspector:unit-patch': () => fail('unreadable', ''),
    })
    void store.getState().loadUnit(unit)
    await store.getState().loadUnit({ ...unit, channel: 8 })
    expect(store.getState().unitPhotos?.channel).toBe(8)
    const patches = api.calls.filter(({ name }) => name === 'inspector:unit-patch')
    expect(patches.map(({ input }) => input)).toMatchObject([{ channel: 8 }])
  })
})

describe('a dream', () => {
  it('is followed, and not set back by an answer that is older than the news', async () => {
    const { store } = setUp({ 'inspector:dream': () => ok(dream('d')) })
    const started = store.getState().startDream(unit, 1)
    store.getState().dreamChanged(dream('d', { step: 8, picture: 2 }))
    await started
    expect(store.getState().dreams.get(unitKey(unit))).toMatchObject({ step: 8, picture: 2 })
  })

  it('ends the one before', async () => {
    const cancelled: string[] = []
    const { store } = setUp({
      'inspector:dream': ({ seed }) => ok(dream(`d${seed}`, { seed })),
      'inspector:dream-cancel': ({ id }) => {
        cancelled.push(id)
        return ok(undefined)
      },
    })
    await store.getState().startDream(unit, 1)
    await store.getState().startDream(unit, 2)
    expect(cancelled).toEqual(['d1'])
    expect(store.getState().dreams.get(unitKey(unit))?.seed).toBe(2)
    store.getState().dreamChanged(dream('d1', { state: 'cancelled' }))
    expect(store.getState().dreams.get(unitKey(unit))?.id).toBe('d2')
  })

  it('keeps its seed a whole number from zero on', () => {
    const { store } = setUp({})
    store.getState().chooseDreamSeed(Number.NaN)
    expect(store.getState().dreamSeed).toBe(0)
    store.getState().chooseDreamSeed(3.7)
    expect(store.getState().dreamSeed).toBe(3)
  })
})
