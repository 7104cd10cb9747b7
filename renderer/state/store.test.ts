import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Inspection, LibrarySummary, PhotoList } from '../../preload/contract/domain.ts'
import { fail, ok, type Result } from '../../preload/contract/errors.ts'
import { connectEvents } from './connect-events.ts'
import { createFakeApi, type FakeAnswers, noBytes } from './fake-api.ts'
import { createLatentStore } from './store.ts'

const library: LibrarySummary = {
  id: '0123456789abcdef',
  name: 'Holidays',
  location: '/photos/Holidays',
  modelId: 'm',
  waitingCount: 0,
  offline: false,
  photoCount: 3,
  doneCount: 0,
  problemCount: 0,
  revision: 1,
}

const listOf = (ids: number[], revision = 1): PhotoList => ({
  revision,
  ids: Uint32Array.from(ids),
  widthsPx: new Uint32Array(ids.length),
  heightsPx: new Uint32Array(ids.length),
})

const setUp = (answers: FakeAnswers) => {
  const api = createFakeApi({
    'jobs:list': () => ok([]),
    'photos:query': () => ok(listOf([1, 2, 3])),
    'photos:label-counts': () => ok([]),
    'photos:rows': () => ok([]),
    'library:recent': () => ok([]),
    ...answers,
  })
  const store = createLatentStore({ api, now: () => performance.now(), fetchBytes: noBytes })
  connectEvents(api, store)
  const callsOf = (name: string): number => api.calls.filter((call) => call.name === name).length
  return { api, store, callsOf }
}

const settle = (ms = 0): Promise<unknown> => vi.advanceTimersByTimeAsync(ms)

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('an open library', () => {
  it('is asked for its photos as soon as it is open', async () => {
    const { store } = setUp({ 'library:pick': () => ok(library) })
    await store.getState().pickFolder()
    await settle()
    expect(store.getState().library).toEqual(library)
    expect([...(store.getState().list?.ids ?? [])]).toEqual([1, 2, 3])
  })

  it('is asked again twice a second at most, however often it changes', async () => {
    const { api, callsOf } = setUp({})
    for (let revision = 1; revision <= 40; revision++) {
      api.send('library:changed', { ...library, revision })
      await settle(50)
    }
    await settle(1000)
    expect(callsOf('photos:query')).toBeGreaterThanOrEqual(4)
    expect(callsOf('photos:query')).toBeLessThanOrEqual(6)
  })

  it('leaves nothing behind for the next one', async () => {
    const { api, store } = setUp({})
    api.send('library:changed', library)
    await settle()
    store.getState().pick(2, 'only')
    store.getState().changeFilter({ text: 'dog' })
    api.send('library:changed', { ...library, id: 'fedcba9876543210' })
    expect(store.getState().selection.ids.size).toBe(0)
    expect(store.getState().filter.text).toBe('')
    expect(store.getState().list).toBeNull()
  })

  it('stays open when it opened while the window asked what is open', async () => {
    const { api, store } = setUp({
      'library:current': () => {
        api.send('library:changed', library)
        return ok(null)
      },
    })
    await store.getState().loadCurrentLibrary()
    expect(store.getState().library).toEqual(library)
  })

  it('shows a failure to open and stays as it was', async () => {
    const { store } = setUp({
      'library:pick': () => fail('library-locked', '“Holidays” is open elsewhere.', 'Close it.'),
    })
    await store.getState().pickFolder()
    expect(store.getState().library).toBeNull()
    expect(store.getState().notices[0]).toMatchObject({ tone: 'failure', hint: 'Close it.' })
  })
})

describe('a query', () => {
  it('drops the answer to a filter that has changed meanwhile', async () => {
    let answerFirst: (result: Result<PhotoList>) => void = () => {}
    const first = new Promise<Result<PhotoList>>((resolve) => {
      answerFirst = resolve
    })
    const { api, store } = setUp({
      'photos:query': ({ filter }) => (filter.text === 'a' ? first : ok(listOf([9]))),
    })
    api.send('library:changed', library)
    await settle()
    store.getState().changeFilter({ text: 'a' })
    store.getState().changeFilter({ text: 'ab' })
    answerFirst(ok(listOf([1])))
    await settle()
    expect([...(store.getState().list?.ids ?? [])]).toEqual([9])
  })

  it('keeps the selection to what is still listed', async () => {
    let ids = [1, 2, 3]
    const { api, store } = setUp({ 'photos:query': () => ok(listOf(ids)) })
    api.send('library:changed', library)
    await settle()
    store.getState().selectEverything()
    ids = [2]
    store.getState().toggleLabel(7)
    await settle()
    expect([...store.getState().selection.ids]).toEqual([2])
  })
})

describe('dropped files', () => {
  const inspection: Inspection = {
    id: 'x',
    name: 'dog.jpg',
    status: 'ok',
    reason: '',
    widthPx: 3,
    heightPx: 2,
    sizeBytes: 1,
    takenAt: null,
    camera: null,
    format: 'JPEG',
    wasSeen: true,
    labels: [],
    decodeMs: 1,
    inferMs: 1,
    model: 'm',
    executionProvider: 'cpu',
    canBeAdded: true,
  }

  it('show a card each at once, and fill it when its inspection is done', async () => {
    let finish: (result: Result<Inspection>) => void = () => {}
    const pending = [
      {
        name: 'dog.jpg',
        inspection: new Promise<Result<Inspection>>((resolve) => {
          finish = resolve
        }),
      },
      { name: 'gone.jpg', inspection: Promise.resolve(fail('unreadable', 'Gone.')) },
    ]
    const api = createFakeApi({}, { kind: 'inspections', pending })
    const store = createLatentStore({ api, now: () => 0, fetchBytes: noBytes })
    void store.getState().dropFiles([])
    await settle()
    expect(store.getState().cards.map(({ state }) => state.kind)).toEqual(['waiting', 'failed'])
    finish(ok(inspection))
    await settle()
    expect(store.getState().cards[0]?.state).toEqual({ kind: 'done', inspection, added: 'no' })
  })

  it('open as a library when they are a folder', async () => {
    const api = createFakeApi(
      {
        'jobs:list': () => ok([]),
        'library:recent': () => ok([]),
        'photos:query': () => ok(listOf([1])),
        'photos:label-counts': () => ok([]),
        'photos:rows': () => ok([]),
      },
      { kind: 'library', result: ok(library) },
    )
    const store = createLatentStore({ api, now: () => 0, fetchBytes: noBytes })
    await store.getState().dropFiles([])
    expect(store.getState().library?.name).toBe('Holidays')
  })
})
