import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from '@photostructure/sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Analysis, unknownFacts } from '../engine/protocol.ts'
import { LibraryStore, type StoreModel } from './library-store.ts'
import { DamagedLibraryError, LockedLibraryError, NewerLibraryError } from './open-database.ts'
import type { StoreFilter } from './photo-queries.ts'
import { ForeignFileError } from './record-file.ts'
import type { FoundFile } from './scan-writes.ts'
import { migrations } from './schema.ts'

const dim = 8
const model: StoreModel = { id: 'tiny', sha256: 'ab'.repeat(32), embeddingDim: dim, unitCount: 2 }
const everything: StoreFilter = {
  text: '',
  textClasses: [],
  labels: [],
  minProbability: 0,
  statuses: [],
  corrected: false,
  among: null,
}
const byName = { by: 'name', descending: false } as const

let folder: string
let store: LibraryStore
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'latent-store-'))
  store = new LibraryStore(folder, model)
})
afterEach(() => {
  store.dispose()
  rmSync(folder, { recursive: true })
})

function reopen(): void {
  store.dispose()
  store = new LibraryStore(folder, model)
}

const bytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text))

function found(rel: string, change: Partial<FoundFile> = {}): FoundFile {
  const at = rel.lastIndexOf('/')
  return {
    rel: bytes(rel),
    name: rel.slice(at + 1),
    folder: at < 0 ? '' : rel.slice(0, at),
    sizeBytes: 1000 + rel.length,
    modifiedAtMs: 1_600_000_000_000.25,
    ...change,
  }
}

/** A complete scan that finds these files. */
function scan(root: number, files: readonly FoundFile[], unread: readonly string[] = []): void {
  store.scan.beginScan()
  const { undecided } = store.scan.recordFound(root, files)
  store.scan.addNew(
    root,
    undecided.map(({ file }) => file),
  )
  store.scan.endScan(root, unread)
}

const seeded = (seed: number): (() => number) => {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

/** Half floats between -1 and 1; no unit vectors, which the search does not need to be exact. */
const embeddingOf = (seed: number): Uint16Array => {
  const random = seeded(seed)
  return Uint16Array.from(
    { length: dim },
    () => (random() < 0.5 ? 0x8000 : 0) | Math.floor(random() * 0x3c00),
  )
}

interface Fake {
  readonly status?: Analysis['status']
  readonly classes?: readonly number[]
  readonly probabilities?: readonly number[]
  readonly takenAt?: string | null
  readonly quickHash?: string
  readonly embedding?: Uint16Array
}

function analysis(fake: Fake = {}): Analysis {
  const { status = 'ok', classes = [1, 2], probabilities = [0.75, 0.25] } = fake
  const readable = status === 'ok' || status === 'damaged'
  return {
    status,
    reason: status === 'ok' ? '' : `It is ${status}.`,
    facts: {
      ...unknownFacts,
      format: 'JPEG',
      widthPx: 40,
      heightPx: 30,
      camera: 'Canon EOS 6D',
      takenAt: fake.takenAt ?? null,
      quickHash: fake.quickHash ?? 'abc',
    },
    picture: readable
      ? {
          thumbnail: Uint8Array.of(0xff, 0xd8, classes[0] ?? 0),
          tile: new Uint8Array(32 * 32 * 3).fill(classes[0] ?? 0),
          dominantColour: '#102030',
        }
      : undefined,
    prediction: readable
      ? {
          classIndices: Uint16Array.from(classes),
          probabilities: Float32Array.from(probabilities),
          embedding: fake.embedding ?? embeddingOf(classes[0] ?? 0),
        }
      : undefined,
    decodeMs: 3,
    inferMs: 4,
  }
}

/** Adds a root with these files and gives the ids by path. */
function fill(...rels: readonly string[]): { root: number; id: (rel: string) => number } {
  const root = store.scan.addRoot(bytes('/photos'), 'folder')
  scan(
    root,
    rels.map((rel) => found(rel)),
  )
  return { root, id: idOf }
}

function idOf(rel: string): number {
  const all = store.queries.photos(Array.from({ length: 200 }, (_, i) => i + 1))
  const photo = all.find(({ path }) => path === `/photos/${rel}`)
  if (photo === undefined) throw new Error(`Expected a photo at ${rel}`)
  return photo.id
}

const names = (ids: Iterable<number>): string[] =>
  store.queries.photos([...ids]).map(({ name }) => name)
const listed = (filter: Partial<StoreFilter> = {}): string[] =>
  names(store.queries.list({ ...everything, ...filter }, byName).ids)

describe('LibraryStore, scanning', () => {
  it('gives the same root the same id', () => {
    const first = store.scan.addRoot(bytes('/photos'), 'folder')
    const other = store.scan.addRoot(Uint8Array.of(0x2f, 0xff), 'folder')
    expect(store.scan.addRoot(bytes('/photos'), 'folder')).toBe(first)
    expect(store.scan.roots()).toEqual([
      { id: first, path: '/photos', kind: 'folder' },
      { id: other, path: Uint8Array.of(0x2f, 0xff), kind: 'folder' },
    ])
  })

  it('lists new files as pending, in natural order', () => {
    fill('img10.jpg', 'img2.jpg', 'a/img1.jpg')
    expect(listed()).toEqual(['img2.jpg', 'img10.jpg', 'img1.jpg'])
    expect(store.queries.counts()).toEqual({ total: 3, done: 0, problems: 0 })
    expect(store.queries.pendingCount()).toBe(3)
    expect(store.queries.pending(2, []).map(({ path }) => path)).toEqual([
      '/photos/img2.jpg',
      '/photos/img10.jpg',
    ])
  })

  it('leaves out of the pending ones those that are under way', () => {
    const { id } = fill('a.jpg', 'b.jpg')
    expect(store.queries.pending(9, [id('a.jpg')]).map(({ id: i }) => i)).toEqual([id('b.jpg')])
  })

  it('does nothing when a scan finds everything unchanged', () => {
    const { root, id } = fill('a.jpg', 'b.jpg')
    store.commit([{ photoId: id('a.jpg'), analysis: analysis() }])
    const before = store.queries.photos([1, 2])
    scan(root, [found('a.jpg'), found('b.jpg')])
    expect(store.queries.photos([1, 2])).toEqual(before)
    expect(store.queries.counts()).toEqual({ total: 2, done: 1, problems: 0 })
  })

  it('makes a file pending again whose size or time changed', () => {
    const { root, id } = fill('a.jpg', 'b.jpg', 'c.jpg')
    store.commit([1, 2, 3].map((photoId) => ({ photoId, analysis: analysis() })))
    scan(root, [
      found('a.jpg', { sizeBytes: 5 }),
      found('b.jpg', { modifiedAtMs: 7.5 }),
      found('c.jpg'),
    ])
    expect(store.photo(id('a.jpg'))).toMatchObject({ status: 'pending', sizeBytes: 5 })
    expect(store.photo(id('b.jpg'))).toMatchObject({ status: 'pending', modifiedAtMs: 7.5 })
    expect(store.photo(id('c.jpg'))?.status).toBe('ok')
  })

  it('hides files that a complete scan did not find, and shows them when they are back', () => {
    const { root, id } = fill('a.jpg', 'b.jpg')
    store.commit([1, 2].map((photoId) => ({ photoId, analysis: analysis() })))
    scan(root, [found('b.jpg')])
    expect(listed()).toEqual(['b.jpg'])
    expect(store.queries.counts().total).toBe(1)
    expect([...store.queries.embeddedIds()]).toEqual([id('b.jpg')])
    scan(root, [found('a.jpg'), found('b.jpg')])
    expect(listed()).toEqual(['a.jpg', 'b.jpg'])
    expect(store.photo(id('a.jpg'))?.labels).toHaveLength(2)
  })

  it('keeps files in folders that could not be read', () => {
    const { root } = fill('away/a.jpg', 'away/deep/b.jpg', 'awayish/c.jpg', 'd.jpg')
    scan(root, [found('d.jpg')], ['away'])
    expect(listed()).toEqual(['d.jpg', 'a.jpg', 'b.jpg'])
  })

  it('keeps every file when the root itself could not be read', () => {
    const { root } = fill('a.jpg', 'sub/b.jpg')
    scan(root, [], [''])
    expect(listed()).toEqual(['a.jpg', 'b.jpg'])
  })

  it('touches no other root', () => {
    const { root } = fill('a.jpg')
    const other = store.scan.addRoot(bytes('/other'), 'folder')
    scan(other, [found('x.jpg', { sizeBytes: 3 })])
    store.scan.beginScan()
    store.scan.endScan(root, [])
    expect(listed()).toEqual(['x.jpg'])
  })

  it('offers photos of the same size as candidates for a move, and keeps labels on a relink', () => {
    const { root, id } = fill('old.jpg', 'other.jpg')
    const moved = id('old.jpg')
    store.commit([{ photoId: moved, analysis: analysis({ classes: [7, 8], quickHash: 'h' }) }])
    const file = found('new/place.jpg', { sizeBytes: found('old.jpg').sizeBytes })
    store.scan.beginScan()
    const { undecided } = store.scan.recordFound(root, [found('other.jpg'), file])
    expect(undecided).toEqual([
      { file, candidates: [{ photoId: moved, path: '/photos/old.jpg', quickHash: 'h' }] },
    ])
    store.scan.relink(moved, root, file)
    store.scan.endScan(root, [])
    expect(store.photo(moved)).toMatchObject({
      path: '/photos/new/place.jpg',
      name: 'place.jpg',
      folder: 'new',
      status: 'ok',
      labels: [{ classIndex: 7 }, { classIndex: 8 }],
    })
    expect(store.queries.counts().total).toBe(2)
  })

  it('keeps paths that are no UTF-8 byte for byte', () => {
    const root = store.scan.addRoot(bytes('/photos'), 'folder')
    const rel = Uint8Array.of(0xff, 0x2e, 0x6a, 0x70, 0x67)
    scan(root, [found('x', { rel, name: '\ufffd.jpg' })])
    expect(store.pathOf(1)).toEqual(new Uint8Array(Buffer.concat([bytes('/photos/'), rel])))
  })
})

describe('LibraryStore, results', () => {
  it('gives a committed photo with facts, five labels and its thumbnail', () => {
    const { id } = fill('a.jpg')
    const classes = [9, 8, 7, 6, 5, 4]
    const probabilities = [0.5, 0.25, 0.125, 0.0625, 0.03125, 0.015625]
    store.commit([
      {
        photoId: id('a.jpg'),
        analysis: analysis({ classes, probabilities, takenAt: '2020-01-02T03:04:05' }),
      },
    ])
    expect(store.photo(id('a.jpg'))).toMatchObject({
      status: 'ok',
      widthPx: 40,
      heightPx: 30,
      camera: 'Canon EOS 6D',
      takenAt: '2020-01-02T03:04:05',
      dominantColour: '#102030',
      hasThumbnail: true,
      decodeMs: 3,
      inferMs: 4,
      labels: classes
        .slice(0, 5)
        .map((classIndex, i) => ({ classIndex, probability: probabilities[i] })),
    })
    expect(store.thumbnail(id('a.jpg'))).toEqual(Uint8Array.of(0xff, 0xd8, 9))
    expect(store.queries.pendingCount()).toBe(0)
  })

  it('replaces an earlier result whole', () => {
    fill('a.jpg')
    store.commit([{ photoId: 1, analysis: analysis({ classes: [1, 2, 3] }) }])
    store.commit([{ photoId: 1, analysis: analysis({ status: 'unreadable' }) }])
    expect(store.photo(1)).toMatchObject({ status: 'unreadable', labels: [], hasThumbnail: false })
    expect(store.thumbnail(1)).toBeUndefined()
    expect([...store.queries.embeddedIds()]).toEqual([])
  })

  it('lists problems with their reasons', () => {
    const { id } = fill('a.jpg', 'b.jpg', 'c.jpg', 'd.jpg')
    store.commit([
      { photoId: id('a.jpg'), analysis: analysis() },
      { photoId: id('c.jpg'), analysis: analysis({ status: 'unsupported' }) },
      { photoId: id('b.jpg'), analysis: analysis({ status: 'damaged' }) },
    ])
    expect(store.queries.problems().map(({ name, reason }) => [name, reason])).toEqual([
      ['b.jpg', 'It is damaged.'],
      ['c.jpg', 'It is unsupported.'],
    ])
    expect(store.queries.counts()).toEqual({ total: 4, done: 3, problems: 2 })
  })

  it('makes photos pending again, those that are there', () => {
    const { root } = fill('a.jpg', 'b.jpg')
    store.commit([1, 2].map((photoId) => ({ photoId, analysis: analysis() })))
    scan(root, [found('a.jpg')])
    store.makePending([1, 2, 99])
    expect(store.queries.pending(9, []).map(({ id }) => id)).toEqual([1])
  })
})

describe('LibraryStore, asking', () => {
  const set = () => {
    const { id } = fill('beach/img1.jpg', 'beach/img2.jpg', 'dogs/100%.jpg', 'dogs/img3.jpg')
    const give = (rel: string, fake: Fake) =>
      store.commit([{ photoId: id(rel), analysis: analysis(fake) }])
    give('beach/img1.jpg', {
      classes: [1, 2],
      probabilities: [0.5, 0.25],
      takenAt: '2021-01-01T00:00:00',
    })
    give('beach/img2.jpg', {
      classes: [2, 3],
      probabilities: [0.75, 0.125],
      takenAt: '2019-01-01T00:00:00',
    })
    give('dogs/100%.jpg', { classes: [3, 1], probabilities: [0.875, 0.0625] })
    return id
  }

  it('sorts by name, by date and by probability, both ways', () => {
    set()
    const order = (by: 'name' | 'date' | 'probability', descending: boolean): string[] =>
      names(store.queries.list(everything, { by, descending }).ids)
    expect(order('name', false)).toEqual(['img1.jpg', 'img2.jpg', '100%.jpg', 'img3.jpg'])
    expect(order('name', true)).toEqual(['img3.jpg', '100%.jpg', 'img2.jpg', 'img1.jpg'])
    // Without EXIF, the time of the file counts: September 2020.
    expect(order('date', false)).toEqual(['img2.jpg', '100%.jpg', 'img3.jpg', 'img1.jpg'])
    expect(order('probability', true)).toEqual(['100%.jpg', 'img2.jpg', 'img1.jpg', 'img3.jpg'])
  })

  it('gives upright sizes beside the ids, zero while unknown', () => {
    set()
    const list = store.queries.list(everything, byName)
    expect([...list.widthsPx]).toEqual([40, 40, 40, 0])
    expect([...list.heightsPx]).toEqual([30, 30, 30, 0])
  })

  it('filters by the best label, from a probability on', () => {
    set()
    expect(listed({ labels: [1] })).toEqual(['img1.jpg'])
    expect(listed({ labels: [1, 3] })).toEqual(['img1.jpg', '100%.jpg'])
    expect(listed({ labels: [1, 3], minProbability: 0.75 })).toEqual(['100%.jpg'])
    expect(listed({ minProbability: 0.75 })).toEqual(['img2.jpg', '100%.jpg'])
  })

  it('filters by text in names, folders and classes, case aside and literally', () => {
    set()
    expect(listed({ text: 'BEACH' })).toEqual(['img1.jpg', 'img2.jpg'])
    expect(listed({ text: '0%' })).toEqual(['100%.jpg'])
    expect(listed({ text: 'img_' })).toEqual([])
    expect(listed({ text: 'nowhere', textClasses: [3] })).toEqual(['img2.jpg', '100%.jpg'])
    expect(listed({ text: 'nowhere', textClasses: [3], minProbability: 0.5 })).toEqual(['100%.jpg'])
    expect(listed({ text: "'; DROP TABLE photos; --" })).toEqual([])
  })

  it('filters by status', () => {
    set()
    expect(listed({ statuses: ['pending'] })).toEqual(['img3.jpg'])
    expect(listed({ statuses: ['ok'], text: 'dogs' })).toEqual(['100%.jpg'])
  })

  it('counts photos by their best label, most first, whatever labels are chosen', () => {
    const id = set()
    store.commit([{ photoId: id('dogs/img3.jpg'), analysis: analysis({ classes: [3, 2] }) }])
    expect(store.queries.labelCounts({ ...everything, labels: [1] })).toEqual([
      { classIndex: 3, count: 2 },
      { classIndex: 1, count: 1 },
      { classIndex: 2, count: 1 },
    ])
    expect(store.queries.labelCounts({ ...everything, minProbability: 0.8 })).toEqual([
      { classIndex: 3, count: 1 },
    ])
  })

  it('gives what the Cloud shows of the photos that this model has seen', () => {
    const { id } = fill('dogs/a.jpg', 'b.jpg', 'c.jpg')
    const takenAt = '2020-02-03T04:05:06'
    store.commit([
      { photoId: id('dogs/a.jpg'), analysis: analysis({ classes: [7, 1], takenAt }) },
      { photoId: id('c.jpg'), analysis: analysis({ classes: [2] }) },
    ])
    const columns = store.pointColumns()
    expect([...columns.ids]).toEqual([id('dogs/a.jpg'), id('c.jpg')].sort((a, b) => a - b))
    const at = columns.ids.indexOf(id('dogs/a.jpg'))
    expect(columns.classes[at]).toBe(7)
    expect(columns.probabilities[at]).toBe(0.75)
    expect(columns.takenAtMs[at]).toBe(Date.UTC(2020, 1, 3, 4, 5, 6))
    expect(columns.cameraNames[columns.cameras[at] ?? 0]).toBe('Canon EOS 6D')
    expect(columns.folderNames[columns.folders[at] ?? 0]).toBe('dogs')
    expect([...columns.coloursRgb.subarray(at * 3, at * 3 + 3)]).toEqual([0x10, 0x20, 0x30])
    expect(columns.aspects[at]).toBeCloseTo(4 / 3)
    const other = columns.ids.indexOf(id('c.jpg'))
    expect(columns.folderNames[columns.folders[other] ?? 0]).toBe('')
  })

  it('gives tiles in the order asked for, black where there is none', () => {
    const { id } = fill('a.jpg', 'b.jpg')
    store.commit([{ photoId: id('b.jpg'), analysis: analysis({ classes: [9] }) }])
    const tiles = store.tilesOf([id('b.jpg'), id('a.jpg'), id('b.jpg')])
    const size = 32 * 32 * 3
    expect([tiles[0], tiles[size], tiles[3 * size - 1]]).toEqual([9, 0, 9])
  })
})

describe('LibraryStore, on disk', () => {
  it('keeps everything when it is opened again', () => {
    const { id } = fill('a.jpg', 'b.jpg')
    store.commit([{ photoId: id('a.jpg'), analysis: analysis({ classes: [4, 5] }) }])
    const before = store.queries.photos([1, 2])
    const embeddings = store.embeddings([id('a.jpg')])
    reopen()
    expect(store.queries.photos([1, 2])).toEqual(before)
    expect(store.embeddings([id('a.jpg')])).toEqual(embeddings)
    expect(store.thumbnail(id('a.jpg'))).toEqual(Uint8Array.of(0xff, 0xd8, 4))
    store.commit([{ photoId: id('b.jpg'), analysis: analysis({ classes: [6] }) }])
    expect(store.thumbnail(id('a.jpg'))).toEqual(Uint8Array.of(0xff, 0xd8, 4))
    expect(store.thumbnail(id('b.jpg'))).toEqual(Uint8Array.of(0xff, 0xd8, 6))
  })

  it('waits for another model where photos have results of the first one only', () => {
    fill('a.jpg', 'b.jpg')
    store.commit([
      { photoId: 1, analysis: analysis() },
      { photoId: 2, analysis: analysis({ status: 'unreadable' }) },
    ])
    store.dispose()
    store = new LibraryStore(folder, { ...model, id: 'other', embeddingDim: 4 })
    expect(store.queries.pending(9, []).map(({ id }) => id)).toEqual([1])
    expect(store.queries.pendingCount()).toBe(1)
    expect(store.photo(1)?.labels).toEqual([])
  })

  it('takes up another model without being opened again, and goes back', () => {
    const { id } = fill('a.jpg', 'b.jpg')
    const [a, b] = [id('a.jpg'), id('b.jpg')]
    store.commit([{ photoId: a, analysis: analysis({ classes: [5] }) }])
    const other = { ...model, id: 'other', embeddingDim: 4 }
    store.adoptModel(other)
    expect(store.queries.pendingCount()).toBe(2)
    expect(store.queries.photos([a])[0]?.labels).toEqual([])
    expect([...store.queries.embeddedIds()]).toEqual([])
    const embedding = new Uint16Array(4).fill(0x3800)
    store.commit([{ photoId: b, analysis: analysis({ classes: [6], embedding }) }])
    expect([...store.queries.embeddedIds()]).toEqual([b])
    expect([...(store.embeddings([b])[0] ?? [])]).toEqual([0.5, 0.5, 0.5, 0.5])
    store.adoptModel(model)
    expect([...store.queries.embeddedIds()]).toEqual([a])
    expect(store.queries.photos([a])[0]?.labels[0]?.classIndex).toBe(5)
  })

  it('changes nothing when another model’s embeddings are not what they should be', () => {
    const { id } = fill('a.jpg')
    store.commit([{ photoId: id('a.jpg'), analysis: analysis() }])
    const other = { ...model, id: 'other' }
    writeFileSync(
      join(folder, 'vectors', `other-${model.sha256.slice(0, 8)}.f16`),
      Buffer.alloc(64),
    )
    expect(() => store.adoptModel(other)).toThrow(ForeignFileError)
    expect([...store.queries.embeddedIds()]).toEqual([id('a.jpg')])
    expect(store.results.list().map(({ modelId }) => modelId)).toEqual(['tiny'])
  })

  it('makes no second thumbnail of the same bytes, and one of others', () => {
    const { id } = fill('a.jpg')
    const packBytes = (): number =>
      readdirSync(join(folder, 'thumbs'))
        .filter((name) => name !== 'tiles.rgb')
        .reduce((sum, name) => sum + statSync(join(folder, 'thumbs', name)).size, 0)
    store.commit([{ photoId: id('a.jpg'), analysis: analysis({ classes: [1] }) }])
    const before = packBytes()
    store.adoptModel({ ...model, id: 'other' })
    store.commit([{ photoId: id('a.jpg'), analysis: analysis({ classes: [2] }) }])
    expect(packBytes()).toBe(before)
    expect([...(store.thumbnail(id('a.jpg')) ?? [])]).toEqual([0xff, 0xd8, 1])
    store.commit([
      { photoId: id('a.jpg'), analysis: analysis({ classes: [3], quickHash: 'changed' }) },
    ])
    expect([...(store.thumbnail(id('a.jpg')) ?? [])]).toEqual([0xff, 0xd8, 3])
  })

  it('pairs the best labels of two models on the photos that both have seen', () => {
    const { id } = fill('a.jpg', 'b.jpg', 'c.jpg', 'd.jpg')
    const commit = (rel: string, best: number, sure: number): void =>
      store.commit([
        {
          photoId: id(rel),
          analysis: analysis({ classes: [best, 9], probabilities: [sure, 0.1] }),
        },
      ])
    const other = { ...model, id: 'other' }
    expect(store.pairsWith(other)).toEqual([])
    store.adoptModel(other)
    for (const [rel, best] of [
      ['a.jpg', 1],
      ['b.jpg', 1],
      ['c.jpg', 2],
    ] as const) {
      commit(rel, best, 0.9)
    }
    store.adoptModel(model)
    for (const [rel, sure] of [
      ['a.jpg', 0.5],
      ['b.jpg', 0.8],
      ['c.jpg', 0.7],
    ] as const) {
      commit(rel, 5, sure)
    }
    commit('d.jpg', 5, 0.9)
    expect(store.pairsWith(other)).toEqual([
      { own: 5, other: 1, count: 2 },
      { own: 5, other: 2, count: 1 },
    ])
    // The surest first.
    expect(store.photosOfPair(other, { own: 5, other: 1 }, 8)).toEqual([id('b.jpg'), id('a.jpg')])
    expect(store.photosOfPair(other, { own: 5, other: 1 }, 1)).toEqual([id('b.jpg')])
  })

  it('tells what each model holds, and removes one’s results alone', () => {
    const { id } = fill('a.jpg', 'b.jpg')
    const batch = ['a.jpg', 'b.jpg'].map((rel) => ({ photoId: id(rel), analysis: analysis() }))
    store.commit(batch)
    // A later version of the same model, and another whose name begins alike.
    for (const other of [
      { ...model, sha256: 'cd'.repeat(32) },
      { ...model, id: 'tiny-2' },
    ]) {
      store.adoptModel(other)
      store.commit(batch.slice(0, 1))
    }
    const held = (): [string, number][] =>
      store.results.list().map(({ modelId, photoCount }) => [modelId, photoCount])
    expect(held()).toEqual([
      ['tiny', 2],
      ['tiny-2', 1],
    ])
    const [tiny] = store.results.list()
    expect(tiny?.inferMs).toBe(4)
    expect(tiny?.bytes).toBeGreaterThan(2 * dim * 2)
    store.results.remove('tiny')
    expect(held()).toEqual([['tiny-2', 1]])
    expect(readdirSync(join(folder, 'vectors'))).toEqual([`tiny-2-${model.sha256.slice(0, 8)}.f16`])
    expect(store.queries.photos([id('a.jpg')])[0]?.labels).toHaveLength(2)
  })

  it('takes one snapshot a day, which is a whole database', async () => {
    fill('a.jpg')
    await store.snapshotIfDue()
    await store.snapshotIfDue()
    const [snapshot = '', ...others] = readdirSync(join(folder, 'snapshots'))
    expect(others).toEqual([])
    const db = new DatabaseSync(join(folder, 'snapshots', snapshot), { readOnly: true })
    expect(db.prepare('SELECT name FROM photos').all()).toEqual([{ name: 'a.jpg' }])
    db.close()
  })

  it('refuses to be opened twice in one process', () => {
    expect(() => new LibraryStore(folder, model)).toThrow(LockedLibraryError)
    expect(store.queries.counts().total).toBe(0)
  })

  it('keeps other processes out', () => {
    const sqlite = createRequire(import.meta.url).resolve('@photostructure/sqlite')
    const script = `
      const { DatabaseSync } = require(${JSON.stringify(sqlite)})
      const db = new DatabaseSync(${JSON.stringify(join(folder, 'library.sqlite'))})
      try { db.prepare('SELECT count(*) FROM photos').get(); console.log('open') }
      catch (error) { console.log(error.message) }`
    const { stdout } = spawnSync(process.execPath, ['-e', script], { encoding: 'utf8' })
    expect(stdout).toMatch(/locked|busy/)
  })

  it('refuses a library of a newer version and leaves it alone', () => {
    store.dispose()
    const path = join(folder, 'library.sqlite')
    const db = new DatabaseSync(path)
    db.exec('PRAGMA user_version = 99')
    db.close()
    expect(() => new LibraryStore(folder, model)).toThrow(NewerLibraryError)
    const again = new DatabaseSync(path)
    expect(again.prepare('PRAGMA user_version').get()).toEqual({ user_version: 99 })
    again.exec(`PRAGMA user_version = ${migrations.length}`)
    again.close()
    store = new LibraryStore(folder, model)
  })

  it('says that a database of random bytes is damaged', () => {
    const other = mkdtempSync(join(tmpdir(), 'latent-store-'))
    try {
      const random = seeded(5)
      writeFileSync(
        join(other, 'library.sqlite'),
        Uint8Array.from({ length: 50_000 }, () => random() * 256),
      )
      expect(() => new LibraryStore(other, model)).toThrow(DamagedLibraryError)
    } finally {
      rmSync(other, { recursive: true })
    }
  })

  it('refuses embeddings that are not its own', () => {
    store.dispose()
    writeFileSync(join(folder, 'vectors', 'tiny-abababab.f16'), new Uint8Array(100))
    expect(() => new LibraryStore(folder, model)).toThrow(ForeignFileError)
    rmSync(join(folder, 'vectors', 'tiny-abababab.f16'))
    // The failed attempt must not hold the lock.
    store = new LibraryStore(folder, model)
  })
})

describe('the labels of a network that can be given others', () => {
  const labelled = (labelling: number): StoreModel => ({ ...model, labelling })
  const bestOf = (id: number) => store.queries.photos([id])[0]?.labels[0]

  it('are renewed in batches, and gone on with where that was cut off', () => {
    store.adoptModel(labelled(1))
    const { id } = fill('a.jpg', 'b.jpg', 'c.jpg')
    const ids = ['a.jpg', 'b.jpg', 'c.jpg'].map(id)
    store.commit(ids.map((photoId) => ({ photoId, analysis: analysis() })))
    expect(store.writes.staleLabelCount()).toBe(0)

    store.adoptModel(labelled(2))
    expect(store.queries.pendingCount()).toBe(0)
    expect(store.writes.staleLabelCount()).toBe(3)
    const first = store.writes.staleLabels(2)
    expect([...first]).toEqual(ids.slice(0, 2))
    const classes = Uint16Array.of(7, 8, 9, 8)
    store.writes.relabel(first, classes, Float32Array.of(0.9, 0.1, 0.6, 0.4))
    store.dispose()
    store = new LibraryStore(folder, labelled(2))
    expect([...store.writes.staleLabels(10)]).toEqual(ids.slice(2))
    expect(bestOf(ids[0] ?? 0)).toMatchObject({ classIndex: 7 })
    expect(bestOf(ids[1] ?? 0)?.probability).toBeCloseTo(0.6, 6)
    // Numbers of the older list would go by the wrong names.
    expect(bestOf(ids[2] ?? 0)).toBeUndefined()
    expect(store.queries.labelCounts(everything)).toEqual(
      expect.arrayContaining([{ classIndex: 9, count: 1 }]),
    )
  })

  it('come anew when a person goes back to an earlier list before all are renewed', () => {
    store.adoptModel(labelled(1))
    const { id } = fill('a.jpg', 'b.jpg')
    const ids = ['a.jpg', 'b.jpg'].map(id)
    store.commit(ids.map((photoId) => ({ photoId, analysis: analysis() })))
    store.adoptModel(labelled(2))
    store.writes.relabel(store.writes.staleLabels(1), Uint16Array.of(7), Float32Array.of(0.9))
    store.adoptModel(labelled(1))
    expect([...store.writes.staleLabels(10)]).toEqual(ids)
  })

  it('are not compared with another model’s while they are by another list', () => {
    const other: StoreModel = { ...model, id: 'other' }
    const { id } = fill('a.jpg')
    const batch = [{ photoId: id('a.jpg'), analysis: analysis() }]
    store.adoptModel({ ...other, labelling: 1 })
    store.commit(batch)
    store.adoptModel(model)
    store.commit(batch)
    expect(store.pairsWith({ ...other, labelling: 1 })).toHaveLength(1)
    expect(store.pairsWith({ ...other, labelling: 2 })).toEqual([])
  })

  it('are not given to a photo that lost its prediction meanwhile', () => {
    store.adoptModel(labelled(1))
    const { id } = fill('a.jpg')
    const photoId = id('a.jpg')
    store.commit([{ photoId, analysis: analysis() }])
    store.adoptModel(labelled(2))
    const ids = store.writes.staleLabels(1)
    store.commit([{ photoId, analysis: analysis({ status: 'unreadable' }) }])
    store.writes.relabel(ids, Uint16Array.of(3, 4), Float32Array.of(0.8, 0.2))
    expect(store.queries.photos([photoId])[0]?.labels).toEqual([])
  })
})
