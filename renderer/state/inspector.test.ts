import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { fail, ok, type Result } from '../../preload/contract/errors.ts'
import type { InspectedPhoto } from '../../preload/contract/inspector.ts'
import { createFakeApi, type FakeAnswers } from './fake-api.ts'
import { fakePhoto, inspectorAnswers } from './inspector-answers.ts'
import { layerKey, withLayer } from './layer-maps-slice.ts'
import { createLatentStore } from './store.ts'

const setUp = (answers: FakeAnswers = {}) => {
  const api = createFakeApi({ ...inspectorAnswers, ...answers })
  const fetched: string[] = []
  const fetchBytes = async (url: string): Promise<Result<Uint8Array>> => {
    fetched.push(url)
    return ok(new Uint8Array(4))
  }
  const store = createLatentStore({ api, now: () => 0, fetchBytes })
  const callsOf = (name: string): number => api.calls.filter((call) => call.name === name).length
  return { api, store, fetched, callsOf }
}

const dropped = (id: string) => ({ kind: 'inspection', id }) as const
const settle = (ms = 0): Promise<unknown> => vi.advanceTimersByTimeAsync(ms)

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('inspecting a photo', () => {
  it('opens the Inspector, the network and its first layer, and remembers the photo', async () => {
    const { store } = setUp()
    await store.getState().inspect(dropped('x'), 'dog.jpg')
    const { workspace, inspected, inspectorModel, layerName, recentlyInspected } = store.getState()
    expect(workspace).toBe('inspector')
    expect(inspected.a).toMatchObject({ opening: false, photo: { session: 'x' } })
    expect(inspectorModel?.name).toBe('Model')
    expect(layerName).toBe('conv1')
    expect(recentlyInspected).toEqual([{ source: dropped('x'), name: 'x.jpg', label: 'dog' }])
  })

  it('keeps the photo before to look at, and drops an answer that comes too late', async () => {
    const answers: ((result: Result<InspectedPhoto>) => void)[] = []
    const { store } = setUp({
      'inspector:open': ({ source }) =>
        source.id === 'x' ? ok(fakePhoto('x')) : new Promise((answer) => answers.push(answer)),
    })
    await store.getState().inspect(dropped('x'), 'x')
    void store.getState().inspect(dropped('y'), 'y')
    expect(store.getState().inspected.a).toMatchObject({ opening: true, photo: { session: 'x' } })
    void store.getState().inspect(dropped('z'), 'z')
    answers[1]?.(ok(fakePhoto('z')))
    answers[0]?.(ok(fakePhoto('y')))
    await settle()
    expect(store.getState().inspected.a.photo?.session).toBe('z')
  })

  it('does not open again what is open, but does after a failure', async () => {
    let works = false
    const { store, callsOf } = setUp({
      'inspector:open': () => (works ? ok(fakePhoto('x')) : fail('unreadable', 'Gone.')),
    })
    await store.getState().inspect(dropped('x'), 'x')
    expect(store.getState().inspected.a.failure?.message).toBe('Gone.')
    works = true
    await store.getState().inspect(dropped('x'), 'x')
    await store.getState().inspect(dropped('x'), 'x')
    expect(store.getState().inspected.a).toMatchObject({ failure: null, photo: { session: 'x' } })
    expect(callsOf('inspector:open')).toBe(2)
  })

  it('forgets the photos of a library that is closed', async () => {
    const { store, callsOf } = setUp()
    await store.getState().inspect({ kind: 'photo', id: 7 }, 'seven')
    await store.getState().inspect(dropped('y'), 'y', 'b')
    store.getState().forgetInspectedPhotos()
    const { inspected, recentlyInspected } = store.getState()
    expect(inspected.a.photo).toBeNull()
    expect(inspected.b.photo?.session).toBe('y')
    expect(recentlyInspected.map(({ name }) => name)).toEqual(['y.jpg'])
    expect(callsOf('inspector:close')).toBe(1)
  })
})

describe('a layer', () => {
  it('is loaded once, and its neighbours in a quiet moment', async () => {
    const { store, fetched } = setUp()
    await store.getState().inspect(dropped('x'), 'x')
    store.getState().loadLayer('a', 'x', 'conv2')
    await settle(10)
    expect(store.getState().layerMaps.get(layerKey('x', 'conv2'))?.bytes).toHaveLength(4)
    expect(fetched).toEqual(['/activations/x/conv2'])
    await settle(1000)
    expect(fetched.toSorted()).toEqual(
      ['conv1', 'conv2', 'conv3'].map((n) => `/activations/x/${n}`),
    )
    store.getState().loadLayer('a', 'x', 'conv1')
    await settle(1000)
    expect(fetched).toHaveLength(3)
  })

  it('skips the ones that were passed by', async () => {
    const { store, api } = setUp()
    await store.getState().inspect(dropped('x'), 'x')
    for (const layer of ['conv1', 'conv2', 'conv3']) store.getState().loadLayer('a', 'x', layer)
    await settle(10)
    const asked = api.calls.filter(({ name }) => name === 'inspector:layer')
    expect(asked.map(({ input }) => input)).toEqual([
      { session: 'x', layer: 'conv1' },
      { session: 'x', layer: 'conv3' },
    ])
  })

  it('tells why it is not there, and can be asked for again', async () => {
    let works = false
    const { store } = setUp({
      'inspector:layer': (question) =>
        works
          ? (inspectorAnswers['inspector:layer']?.(question) ?? fail('internal', ''))
          : fail('timeout', 'Slow.'),
    })
    await store.getState().inspect(dropped('x'), 'x')
    store.getState().loadLayer('a', 'x', 'conv1')
    await settle(10)
    expect(store.getState().layerFailures.get(layerKey('x', 'conv1'))?.message).toBe('Slow.')
    works = true
    store.getState().loadLayer('a', 'x', 'conv1')
    await settle(10)
    expect(store.getState().layerFailures.size).toBe(0)
    expect(store.getState().layerMaps.has(layerKey('x', 'conv1'))).toBe(true)
  })

  it('makes room by dropping the oldest, and those of ended sessions', () => {
    const maps = (session: string, layer: string) => ({
      activations: { session, layer } as never, // Only the key is read.
      bytes: new Uint8Array(40),
    })
    const sessions = new Set(['x'])
    let cache = withLayer(new Map(), maps('old', 'conv1'), new Set(['old']), 100)
    for (const layer of ['conv1', 'conv2', 'conv3'])
      cache = withLayer(cache, maps('x', layer), sessions, 100)
    expect([...cache.keys()]).toEqual(['x/conv2', 'x/conv3'])
  })
})
