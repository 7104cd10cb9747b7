import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type Analysis, unknownFacts } from '../engine/protocol.ts'
import { LibraryStore, type StoreModel } from './library-store.ts'

const model: StoreModel = { id: 'a', sha256: 'ab'.repeat(32), embeddingDim: 4, unitCount: 0 }
const other: StoreModel = { ...model, id: 'b' }
const everything = {
  text: '',
  textClasses: [],
  labels: [],
  minProbability: 0,
  statuses: [],
  corrected: false,
  among: null,
} as const
const byName = { by: 'name', descending: false } as const
const tabby = { wnid: 'n02123045', name: 'tabby' }

let folder: string
let store: LibraryStore
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'latent-truths-'))
  store = new LibraryStore(folder, model)
  const root = store.scan.addRoot(Buffer.from('/photos'), 'folder')
  store.scan.beginScan()
  const files = ['a.jpg', 'cats/b.jpg', 'c.jpg'].map((rel) => ({
    rel: new Uint8Array(Buffer.from(rel)),
    name: rel.replace(/.*\//, ''),
    folder: rel.includes('/') ? 'cats' : '',
    sizeBytes: 1,
    modifiedAtMs: 1,
  }))
  store.scan.addNew(root, files)
})
afterEach(() => {
  store.dispose()
  rmSync(folder, { recursive: true })
})

const seen = (classIndices: readonly number[]): Analysis => ({
  status: 'ok',
  reason: '',
  facts: unknownFacts,
  picture: undefined,
  prediction: {
    classIndices: Uint16Array.from(classIndices),
    probabilities: Float32Array.from(classIndices, (_, rank) => 0.5 / (rank + 1)),
    embedding: new Uint16Array(4),
  },
  decodeMs: 1,
  inferMs: 1,
})

it('keeps what was said, tells what was said before, and takes it back', () => {
  expect(store.sayTruths([{ id: 1, truth: tabby }])).toEqual([{ id: 1, truth: null }])
  const lynx = { wnid: '', name: 'lynx' }
  const before = store.sayTruths([
    { id: 1, truth: lynx },
    { id: 2, truth: lynx },
  ])
  expect(before).toEqual([
    { id: 1, truth: tabby },
    { id: 2, truth: null },
  ])
  store.sayTruths(before)
  expect(store.queries.photos([1, 2]).map(({ truth }) => truth)).toEqual([tabby, null])
  expect([...store.queries.list({ ...everything, corrected: true }, byName).ids]).toEqual([1])
  expect(store.sayTruths([{ id: 99, truth: tabby }])).toEqual([{ id: 99, truth: null }])
  expect([...store.truthColumns().said]).toEqual([[1, tabby]])
})

it('is of the photo, whatever model is in use, and outlives the program', () => {
  store.sayTruths([{ id: 2, truth: tabby }])
  store.adoptModel(other)
  expect(store.queries.photos([2])[0]?.truth).toEqual(tabby)
  store.dispose()
  store = new LibraryStore(folder, model)
  const { ids, names, folders, said } = store.truthColumns()
  expect([...ids]).toEqual([1, 2, 3])
  expect([names[1], folders[1], said.get(2)]).toEqual(['b.jpg', 'cats', tabby])
})

it('gives the ranked classes of each model', () => {
  store.commit([
    { photoId: 1, analysis: seen([7, 3]) },
    { photoId: 3, analysis: seen([4]) },
  ])
  store.adoptModel(other)
  store.commit([{ photoId: 1, analysis: seen([9, 8, 7, 6, 5]) }])
  expect(store.rankedClasses()).toEqual({
    ids: Uint32Array.of(1),
    classes: Int32Array.of(9, 8, 7, 6, 5),
  })
  expect(store.rankedClasses(model)).toEqual({
    ids: Uint32Array.of(1, 3),
    classes: Int32Array.of(7, 3, -1, -1, -1, 4, -1, -1, -1, -1),
  })
  expect(store.rankedClasses({ id: 'never', sha256: '' }).ids).toHaveLength(0)
})

it('lists only the photos that are asked for', () => {
  expect([...store.queries.list({ ...everything, among: [3, 1] }, byName).ids]).toEqual([1, 3])
  expect(store.queries.list({ ...everything, among: [] }, byName).ids).toHaveLength(0)
})
