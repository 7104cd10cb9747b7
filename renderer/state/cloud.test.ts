import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import {
  type CloudClusters,
  type CloudPoints,
  type CloudPositions,
  type CloudStatus,
  firstCloudSettings,
} from '../../preload/contract/cloud.ts'
import type {
  Inspection,
  LibrarySummary,
  PhotoList,
  PhotoRow,
} from '../../preload/contract/domain.ts'
import { fail, ok } from '../../preload/contract/errors.ts'
import { connectEvents } from './connect-events.ts'
import { createFakeApi, type FakeAnswers, noBytes } from './fake-api.ts'
import { createLatentStore } from './store.ts'

const library: LibrarySummary = {
  id: '0123456789abcdef',
  name: 'Holidays',
  location: '/photos/Holidays',
  offline: false,
  photoCount: 3,
  doneCount: 3,
  problemCount: 0,
  waitingCount: 0,
  modelId: 'm',
  revision: 1,
}

const listOf = (ids: readonly number[]): PhotoList => ({
  revision: 1,
  ids: Uint32Array.from(ids),
  widthsPx: new Uint32Array(ids.length),
  heightsPx: new Uint32Array(ids.length),
})

const rowOf = (id: number): PhotoRow => ({
  id,
  name: `${id}.jpg`,
  status: 'ok',
  widthPx: 4,
  heightPx: 3,
  dominantColour: '#000000',
  hasThumbnail: true,
  labels: [],
  truth: null,
})

const pointsOf = (ids: readonly number[], revision: number): CloudPoints => ({
  revision,
  ids: Uint32Array.from(ids),
  classes: Uint32Array.from(ids, (id) => id % 2),
  probabilities: new Float32Array(ids.length).fill(0.5),
  takenAtMs: Float64Array.from(ids),
  cameras: new Uint16Array(ids.length),
  folders: new Uint32Array(ids.length),
  coloursRgb: new Uint8Array(ids.length * 3),
  aspects: new Float32Array(ids.length).fill(1),
  classNames: { 0: 'even', 1: 'odd' },
  cameraNames: [''],
  folderNames: [''],
})

const statusOf = (change: Partial<CloudStatus> = {}): CloudStatus => ({
  libraryId: library.id,
  state: 'ready',
  stage: null,
  fraction: 1,
  reason: '',
  settings: firstCloudSettings,
  method: 'umap',
  facts: null,
  pointCount: 3,
  placedCount: 0,
  pointsRevision: 1,
  positionsRevision: 1,
  clustersRevision: 0,
  clusters: [],
  ...change,
})

/** Main as it would answer, with photos that a test can change. */
const setUp = (answers: FakeAnswers = {}) => {
  let photos: readonly number[] = [1, 2, 3]
  let status = statusOf()
  let clusters: CloudClusters | null = null
  const api = createFakeApi({
    'jobs:list': () => ok([]),
    'library:recent': () => ok([]),
    'photos:query': () => ok(listOf([1, 2, 3])),
    'photos:label-counts': () => ok([]),
    'photos:rows': ({ ids }) => ok(ids.map(rowOf)),
    'cloud:open': () => ok(status),
    'cloud:points': () => ok(pointsOf(photos, status.pointsRevision)),
    'cloud:positions': () =>
      ok({
        revision: status.positionsRevision,
        pointsRevision: status.pointsRevision,
        dims: 3,
        positions: new Float32Array(photos.length * 3),
      } satisfies CloudPositions),
    'cloud:clusters': () => (clusters === null ? fail('not-found', 'Not yet.') : ok(clusters)),
    'cloud:neighbours': ({ more }) => ok([{ photo: rowOf(100 + (more[0] ?? 0)), similarity: 0.9 }]),
    ...answers,
  })
  const store = createLatentStore({ api, now: () => performance.now(), fetchBytes: noBytes })
  connectEvents(api, store)
  const grow = (ids: readonly number[], change: Partial<CloudStatus> = {}): void => {
    photos = ids
    status = statusOf({ pointCount: ids.length, ...change })
    api.send('cloud:changed', status)
  }
  const group = (ofPoint: readonly number[]): void => {
    clusters = {
      revision: 1,
      pointsRevision: status.pointsRevision,
      ofPoint: Int32Array.from(ofPoint),
      outlierScores: new Float32Array(ofPoint.length),
    }
  }
  const callsOf = (name: string): number => api.calls.filter((call) => call.name === name).length
  return { api, store, grow, group, callsOf }
}

const settle = (ms = 0): Promise<unknown> => vi.advanceTimersByTimeAsync(ms)

const opened = async (answers: FakeAnswers = {}) => {
  const made = setUp(answers)
  made.api.send('library:changed', library)
  made.store.getState().showWorkspace('cloud')
  await settle(10)
  return made
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('the Cloud', () => {
  it('is read as soon as it is shown, and not before', async () => {
    const { api, store, callsOf } = setUp()
    api.send('library:changed', library)
    await settle(10)
    expect(callsOf('cloud:open')).toBe(0)
    store.getState().showWorkspace('cloud')
    await settle(10)
    expect([...(store.getState().cloudData?.points.ids ?? [])]).toEqual([1, 2, 3])
  })

  it('grows with the library and keeps the selection on the same photos', async () => {
    const { store, grow } = await opened()
    store.getState().selectPhotos([3], 'replace')
    store.getState().isolate(new Set([1, 3]))
    grow([1, 2, 3, 4, 5], { pointsRevision: 2, positionsRevision: 2 })
    await settle(2000)
    expect(store.getState().cloudData?.points.ids).toHaveLength(5)
    expect([...store.getState().selection.ids]).toEqual([3])
    expect([...(store.getState().isolated ?? [])]).toEqual([1, 3])
  })

  it('keeps the points it has until positions of the new ones are there', async () => {
    let positionsOf = 1
    const { store, grow } = await opened({
      'cloud:positions': () =>
        ok({ revision: 1, pointsRevision: positionsOf, dims: 3, positions: new Float32Array(9) }),
    })
    grow([1, 2, 3, 4], { pointsRevision: 2 })
    await settle(2000)
    expect(store.getState().cloudData?.points.ids).toHaveLength(3)
    positionsOf = 2
    grow([1, 2, 3], { pointsRevision: 2, positionsRevision: 2 })
    await settle(2000)
    expect(store.getState().cloudData?.positions.pointsRevision).toBe(2)
  })

  it('is read a few times a second at most, however often it changes', async () => {
    const { grow, callsOf } = await opened()
    for (let revision = 2; revision < 42; revision++) {
      grow([1, 2, 3], { positionsRevision: revision })
      await settle(50)
    }
    await settle(1000)
    expect(callsOf('cloud:positions')).toBeLessThanOrEqual(10)
    expect(callsOf('cloud:points')).toBe(1)
  })

  it('takes clusters only with their own names', async () => {
    const { store, grow, group } = await opened()
    group([0, 0, -1])
    // The answer is ahead of the status: its names are not known yet.
    grow([1, 2, 3], { positionsRevision: 2 })
    await settle(2000)
    expect(store.getState().cloudData?.clusters).toBeNull()
    grow([1, 2, 3], {
      positionsRevision: 2,
      clustersRevision: 1,
      clusters: [{ name: 'dogs', size: 2 }],
    })
    await settle(2000)
    expect(store.getState().cloudData?.clusterNames).toEqual(['dogs'])
    store.getState().selectCluster(0, 'replace')
    expect([...store.getState().selection.ids]).toEqual([1, 2])
  })

  it('leaves nothing behind for the next library', async () => {
    const { api, store } = await opened()
    store.getState().searchCloud('dog')
    store.getState().isolate(new Set([1]))
    store.getState().addToTray('more', [1])
    await settle(10)
    api.send('library:changed', { ...library, id: 'fedcba9876543210' })
    expect(store.getState()).toMatchObject({
      cloudData: null,
      cloudSearchText: '',
      cloudMatches: null,
      isolated: null,
      trays: null,
      neighbours: null,
    })
  })

  it('drops what was on its way when another model took over', async () => {
    let answer: () => void = () => {}
    const waiting = new Promise<void>((resolve) => {
      answer = resolve
    })
    const { api, store } = await opened({
      'cloud:points': async () => {
        await waiting
        return ok(pointsOf([1, 2, 3], 1))
      },
    })
    api.send('library:changed', { ...library, modelId: 'other', revision: 2 })
    store.getState().showWorkspace('library')
    answer()
    await settle(2000)
    expect(store.getState().cloudData).toBeNull()
  })

  it('lets go of its points when the last photo is gone', async () => {
    const { store, grow } = await opened()
    grow([], { state: 'empty', pointsRevision: 2 })
    await settle(2000)
    expect(store.getState().cloudData).toBeNull()
  })

  it('says why it cannot be opened, and opens when it is asked again', async () => {
    let broken = true
    const { store } = await opened({
      'cloud:open': () => (broken ? fail('internal', 'The atlas is gone.') : ok(statusOf())),
    })
    expect(store.getState().cloudFailure?.message).toBe('The atlas is gone.')
    broken = false
    await store.getState().openCloud()
    await settle(2000)
    expect(store.getState().cloudFailure).toBeNull()
    expect(store.getState().cloudData).not.toBeNull()
  })
})

describe('selecting in the Cloud', () => {
  it('inverts and selects what is drawn and bright', async () => {
    const { store } = await opened()
    store.getState().selectPhotos([1], 'replace')
    store.getState().invertShown()
    expect([...store.getState().selection.ids]).toEqual([2, 3])
    store.getState().chooseTimeSpan({ fromMs: 2, toMs: 2 })
    store.getState().selectShown()
    expect([...store.getState().selection.ids]).toEqual([2])
  })

  it('keeps photos that the Library’s filter hides', async () => {
    const { store } = await opened({
      'photos:query': ({ filter }) => ok(listOf(filter.labels.length > 0 ? [1] : [1, 2, 3])),
    })
    store.getState().toggleLabel(7)
    await settle(1000)
    store.getState().selectPhotos([2], 'replace')
    store.getState().requery()
    await settle(2000)
    expect([...store.getState().selection.ids]).toEqual([2])
  })

  it('isolates by id and comes back', async () => {
    const { store } = await opened()
    store.getState().selectPhotos([2, 3], 'replace')
    store.getState().isolateSelected()
    expect([...(store.getState().isolated ?? [])]).toEqual([2, 3])
    expect(store.getState().selection.ids.size).toBe(0)
    store.getState().selectShown()
    expect([...store.getState().selection.ids]).toEqual([2, 3])
    store.getState().isolate(null)
    store.getState().selectShown()
    expect(store.getState().selection.ids.size).toBe(3)
  })
})

describe('searching the Cloud', () => {
  it('drops the answer to a text that has changed meanwhile', async () => {
    const { store } = await opened({
      'photos:query': ({ filter }) =>
        ok(listOf({ a: [1], ab: [2], '': [1, 2, 3] }[filter.text] ?? [])),
    })
    store.getState().searchCloud('a')
    store.getState().searchCloud('ab')
    await settle(100)
    expect([...(store.getState().cloudMatches ?? [])]).toEqual([2])
    store.getState().searchCloud(' ')
    expect(store.getState().cloudMatches).toBeNull()
  })

  it('asks for no more than the text: the Library’s filter is another matter', async () => {
    const { api, store } = await opened()
    store.getState().toggleLabel(7)
    await settle(1000)
    store.getState().searchCloud('dog')
    await settle(100)
    const asked = api.calls.filter(({ name }) => name === 'photos:query').at(-1)
    expect(asked?.input).toMatchObject({ filter: { text: 'dog', labels: [] } })
  })
})

describe('likeness', () => {
  it('follows the one selected photo', async () => {
    const { store } = await opened()
    store.getState().pick(2, 'only')
    store.getState().followLikeness()
    await settle(10)
    expect(store.getState().neighbours?.found[0]?.photo.id).toBe(102)
    store.getState().selectPhotos([1, 2], 'replace')
    store.getState().followLikeness()
    expect(store.getState().neighbours).toBeNull()
  })

  it('asks about the trays once the person has filled them', async () => {
    const { api, store } = await opened()
    store.getState().pick(2, 'only')
    store.getState().addToTray('more', [2])
    store.getState().addToTray('less', [3])
    await settle(10)
    const asked = api.calls.filter(({ name }) => name === 'cloud:neighbours').at(-1)
    expect(asked?.input).toMatchObject({ more: [2], less: [3] })
    store.getState().removeFromTrays(2)
    expect(store.getState().trays).toBeNull()
  })

  it('colours by similarity in the order of the points that were asked about', async () => {
    const { store } = await opened({
      'cloud:similarities': () => ok(Float32Array.of(0.1, 1, 0.3)),
    })
    store.getState().chooseColourBy('similarity')
    store.getState().pick(2, 'only')
    store.getState().followLikeness()
    await settle(10)
    const { similarities, cloudData } = store.getState()
    expect(similarities?.of).toBe(cloudData?.points.ids)
    expect(similarities?.values[1]).toBe(1)
  })
})

const inspection: Inspection = {
  id: 'i1',
  name: 'new.jpg',
  status: 'ok',
  reason: '',
  widthPx: 1,
  heightPx: 1,
  sizeBytes: 1,
  takenAt: null,
  camera: null,
  format: 'jpeg',
  labels: [{ index: 1, wnid: '', name: 'dog', probability: 0.9 }],
  decodeMs: 1,
  inferMs: 1,
  model: 'm',
  executionProvider: 'cpu',
  canBeAdded: true,
  wasSeen: true,
}

/** The Cloud, and a drop of these to come. */
function droppedWith(inspections: readonly Inspection[]) {
  const pending = inspections.map((one) => ({
    name: one.name,
    inspection: Promise.resolve(ok(one)),
  }))
  const api = createFakeApi(
    {
      'jobs:list': () => ok([]),
      'photos:query': () => ok(listOf([1, 2, 3])),
      'photos:label-counts': () => ok([]),
      'cloud:open': () => ok(statusOf()),
      'cloud:place': () =>
        ok({ position: [1, 2, 3], neighbours: [{ photo: rowOf(3), similarity: 0.8 }] }),
    },
    { kind: 'inspections', pending },
  )
  const store = createLatentStore({ api, now: () => performance.now(), fetchBytes: noBytes })
  connectEvents(api, store)
  api.send('library:changed', library)
  store.getState().showWorkspace('cloud')
  return store
}

describe('a file dropped on the Cloud', () => {
  it('gets its card, and its place among the photos', async () => {
    const store = droppedWith([inspection])
    await store.getState().dropFiles([])
    expect(store.getState().cards).toHaveLength(1)
    expect(store.getState().outsidePhotos[0]?.place.position).toEqual([1, 2, 3])
    expect(store.getState().outsideShownId).toBe(inspection.id)
  })

  it('places each of several, the first fifty of more, and lets them go', async () => {
    const store = droppedWith(
      Array.from({ length: 53 }, (_, at) => ({ ...inspection, id: `i${at}` })),
    )
    await store.getState().dropFiles([])
    const { outsidePhotos, outsideShownId, notices } = store.getState()
    expect(outsidePhotos.map(({ inspectionId }) => inspectionId)).toEqual(
      Array.from({ length: 50 }, (_, at) => `i${at}`),
    )
    expect(outsideShownId).toBe('i0')
    expect(notices.at(-1)?.message).toContain('first 50 of 53')
    store.getState().forgetOutside('i0')
    expect(store.getState().outsideShownId).toBeNull()
    expect(store.getState().outsidePhotos).toHaveLength(49)
    store.getState().clearOutside()
    expect(store.getState().outsidePhotos).toHaveLength(0)
  })
})
