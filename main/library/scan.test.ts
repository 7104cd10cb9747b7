import { copyFile, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { quickHash } from '../engine/decode-task.ts'
import { unknownFacts } from '../engine/protocol.ts'
import { LibraryStore } from '../store/library-store.ts'
import { type Store, type StoreCallName, storeCalls } from '../store/store-calls.ts'
import { type ScanReport, scan } from './scan.ts'

let home: string
let photos: string
let opened: LibraryStore
let store: Store
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'latent-scan-'))
  photos = join(home, 'photos')
  await mkdir(photos)
  opened = new LibraryStore(join(home, 'library'), {
    id: 't',
    sha256: 'ab',
    embeddingDim: 4,
    unitCount: 0,
  })
  store = inThisThread(opened)
  await store.addRoot(Buffer.from(photos), 'folder')
})
afterEach(async () => {
  opened.dispose()
  await rm(home, { recursive: true })
})

/** The store's calls without the thread between. */
function inThisThread(library: LibraryStore): Store {
  const calls = (Object.keys(storeCalls) as StoreCallName[]).map((name) => {
    const call = storeCalls[name] as (s: LibraryStore, ...rest: never[]) => unknown
    return [name, async (...input: never[]) => call(library, ...input)]
  })
  // The keys and argument lists are those of storeCalls.
  return Object.fromEntries(calls) as Store
}

const content = (name: string): Buffer => Buffer.from(`\xff\xd8\xff ${name}`, 'latin1')
const put = (name: string, holds = name): Promise<void> =>
  writeFile(join(photos, name), content(holds))
const run = (): Promise<ScanReport> =>
  scan(store, { onRecorded: () => {} }, new AbortController().signal)

/** Gives every photo that waits the label 7, as the engine would. */
async function classifyAll(): Promise<void> {
  const waiting = await store.photos((await store.pending(99, [])).map(({ id }) => id))
  await store.commit(
    waiting.map(({ id, name }) => ({
      photoId: id,
      analysis: {
        status: 'ok',
        reason: '',
        facts: { ...unknownFacts, quickHash: quickHash(content(name)) },
        picture: undefined,
        prediction: {
          classIndices: Uint16Array.of(7),
          probabilities: Float32Array.of(1),
          embedding: Uint16Array.of(0x3c00, 0, 0, 0),
        },
        decodeMs: 1,
        inferMs: 1,
      },
    })),
  )
}

async function shown(): Promise<readonly string[]> {
  const everything = {
    text: '',
    textClasses: [],
    labels: [],
    minProbability: 0,
    statuses: [],
    corrected: false,
    among: null,
  }
  const { ids } = await store.list(everything, { by: 'name', descending: false })
  return (await store.photos([...ids])).map(
    ({ folder, name, status }) => `${folder === '' ? '' : `${folder}/`}${name} ${status}`,
  )
}

describe('scan', () => {
  it('adds what it finds, and nothing the second time', async () => {
    await put('a.jpg')
    await put('b.jpg')
    expect(await run()).toEqual({ filesSeen: 2, offlineRoots: 0, unreadFolders: [] })
    await classifyAll()
    expect((await run()).filesSeen).toBe(2)
    expect(await shown()).toEqual(['a.jpg ok', 'b.jpg ok'])
  })

  it('recognises a file that was moved, and keeps its labels', async () => {
    await put('a.jpg')
    await run()
    await classifyAll()
    await mkdir(join(photos, 'sub'))
    await rename(join(photos, 'a.jpg'), join(photos, 'sub', 'renamed.jpg'))
    await run()
    expect(await shown()).toEqual(['sub/renamed.jpg ok'])
    expect((await store.photos([1]))[0]?.labels).toEqual([{ classIndex: 7, probability: 1 }])
  })

  it('takes a copy for a photo of its own', async () => {
    await put('a.jpg')
    await run()
    await classifyAll()
    await copyFile(join(photos, 'a.jpg'), join(photos, 'b.jpg'))
    await run()
    expect(await shown()).toEqual(['a.jpg ok', 'b.jpg pending'])
  })

  it('gives a moved photo to one of two equal copies only', async () => {
    await put('a.jpg')
    await run()
    await classifyAll()
    await copyFile(join(photos, 'a.jpg'), join(photos, 'x.jpg'))
    await rename(join(photos, 'a.jpg'), join(photos, 'y.jpg'))
    await run()
    expect(await shown()).toEqual(['x.jpg ok', 'y.jpg pending'])
  })

  it('does not take another file of the same size for a moved one', async () => {
    await put('a.jpg')
    await run()
    await classifyAll()
    await rm(join(photos, 'a.jpg'))
    await put('b.jpg')
    await run()
    expect(await shown()).toEqual(['b.jpg pending'])
  })

  it('makes a file pending again whose content changed', async () => {
    await put('a.jpg')
    await run()
    await classifyAll()
    await put('a.jpg', 'something longer')
    await run()
    expect(await shown()).toEqual(['a.jpg pending'])
  })

  it('leaves the photos of a root that is away as they are', async () => {
    await put('a.jpg')
    await run()
    await classifyAll()
    await rename(photos, join(home, 'unplugged'))
    expect(await run()).toEqual({ filesSeen: 0, offlineRoots: 1, unreadFolders: [] })
    expect(await shown()).toEqual(['a.jpg ok'])
    await rename(join(home, 'unplugged'), photos)
    await run()
    expect(await shown()).toEqual(['a.jpg ok'])
  })

  it('marks nothing missing when it is aborted', async () => {
    await put('a.jpg')
    await put('b.jpg')
    await run()
    await rm(join(photos, 'b.jpg'))
    const signal = AbortSignal.abort(new Error('stopped'))
    await expect(scan(store, { onRecorded: () => {} }, signal)).rejects.toThrow('stopped')
    expect(await shown()).toEqual(['a.jpg pending', 'b.jpg pending'])
  })
})
