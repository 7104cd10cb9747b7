import { execFileSync } from 'node:child_process'
import { chmod, mkdir, mkdtemp, rm, symlink, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { FoundFile } from '../store/scan-writes.ts'
import { singleFile, walk } from './walk.ts'

const jpeg = Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 1, 2, 3)

let root: string
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'latent-walk-'))
})
afterEach(() => rm(root, { recursive: true }))

async function put(rel: string, content: Uint8Array = jpeg): Promise<void> {
  await mkdir(dirname(join(root, rel)), { recursive: true })
  await writeFile(join(root, rel), content)
}

async function walked(signal = new AbortController().signal) {
  const files: FoundFile[] = []
  const unread: string[] = []
  const onUnread = (folder: string, code: string): void => void unread.push(`${folder}: ${code}`)
  for await (const file of walk(Buffer.from(root), { onUnread }, signal)) files.push(file)
  return { files, unread, rels: files.map(({ rel }) => Buffer.from(rel).toString()) }
}

/** Says on stderr why a test is left out: a quiet skip looks like a pass. */
function unless(reason: string, left: boolean): boolean {
  if (left) process.stderr.write(`SKIPPED in walk.test.ts: ${reason}\n`)
  return left
}

const isLinux = process.platform === 'linux'
const isWindows = process.platform === 'win32'

describe('walk', () => {
  it('finds images by name, files before folders, in natural order', async () => {
    for (const rel of ['b/img10.jpg', 'b/img9.jpg', 'a/x.PNG', 'img2.jpg', 'img10.jpg', 'Img1.jpg'])
      await put(rel)
    await put('notes.txt', Buffer.from('no image'))
    const { rels, unread } = await walked()
    expect(rels).toEqual([
      'Img1.jpg',
      'img2.jpg',
      'img10.jpg',
      'a/x.PNG',
      'b/img9.jpg',
      'b/img10.jpg',
    ])
    expect(unread).toEqual([])
  })

  it('tells name, folder, size and time of each', async () => {
    await put('a/b/c.jpg')
    await utimes(join(root, 'a/b/c.jpg'), 1_500_000_000, 1_500_000_000)
    expect((await walked()).files).toEqual([
      {
        rel: new Uint8Array(Buffer.from('a/b/c.jpg')),
        name: 'c.jpg',
        folder: 'a/b',
        sizeBytes: 7,
        modifiedAtMs: 1_500_000_000_000,
      },
    ])
  })

  it('finds an image without an extension by its content', async () => {
    await put('scan0001')
    await put('photo.bak')
    await put('empty', new Uint8Array())
    await put('text', Buffer.from('not an image'))
    expect((await walked()).rels).toEqual(['photo.bak', 'scan0001'])
  })

  it('takes a file that is named as an image whatever it holds', async () => {
    await put('empty.jpg', new Uint8Array())
    await put('raw.nef', Buffer.from('?'))
    expect((await walked()).rels).toEqual(['empty.jpg', 'raw.nef'])
  })

  it('passes over hidden files and the folders of systems', async () => {
    for (const rel of [
      '.hidden/a.jpg',
      '.a.jpg',
      '$RECYCLE.BIN/a.jpg',
      '@eaDir/a.jpg',
      '__MACOSX/a.jpg',
      'node_modules/a.jpg',
      'seen/a.jpg',
    ])
      await put(rel)
    expect((await walked()).rels).toEqual(['seen/a.jpg'])
  })

  it.skipIf(unless('symbolic links need a privilege on Windows', isWindows))(
    'ends in a loop of symbolic links, and enters a folder once',
    async () => {
      await put('a/one.jpg')
      await symlink(root, join(root, 'a', 'up'))
      await symlink(join(root, 'a'), join(root, 'z'))
      expect((await walked()).rels).toEqual(['a/one.jpg'])
    },
  )

  it.skipIf(unless('symbolic links need a privilege on Windows', isWindows))(
    'reports a link that leads nowhere, when it is named as an image',
    async () => {
      await symlink(join(root, 'gone'), join(root, 'dangling.jpg'))
      await symlink(join(root, 'gone'), join(root, 'dangling'))
      expect((await walked()).files).toMatchObject([{ name: 'dangling.jpg', sizeBytes: 0 }])
    },
  )

  it.skipIf(unless('named pipes are made with mkfifo', isWindows))(
    'passes over a named pipe without waiting for a writer',
    async () => {
      execFileSync('mkfifo', [join(root, 'pipe.jpg'), join(root, 'pipe')])
      await put('real.jpg')
      expect((await walked()).rels).toEqual(['real.jpg'])
    },
  )

  it.skipIf(
    unless(
      'the superuser can read every folder, and Windows has no modes',
      isWindows || process.getuid?.() === 0,
    ),
  )('reports a folder that cannot be read, and goes on', async () => {
    await put('locked/a.jpg')
    await put('open/b.jpg')
    await chmod(join(root, 'locked'), 0o000)
    try {
      const { rels, unread } = await walked()
      expect(rels).toEqual(['open/b.jpg'])
      expect(unread).toEqual(['locked: EACCES'])
    } finally {
      await chmod(join(root, 'locked'), 0o700)
    }
  })

  it('reports a root that is not there', async () => {
    const files: FoundFile[] = []
    const unread: string[] = []
    const events = { onUnread: (folder: string, code: string) => unread.push(`${folder}|${code}`) }
    const signal = new AbortController().signal
    for await (const file of walk(Buffer.from(join(root, 'gone')), events, signal)) files.push(file)
    expect({ files, unread }).toEqual({ files: [], unread: ['|ENOENT'] })
  })

  it.skipIf(unless('Windows limits whole paths to 260 characters', isWindows))(
    'finds names of 250 characters in nested folders of such names',
    async () => {
      const long = 'l'.repeat(250)
      const rel = `${long}/${long}/${'n'.repeat(246)}.jpg`
      await put(rel)
      expect((await walked()).rels).toEqual([rel])
    },
  )

  it.skipIf(unless('only Linux keeps names that are no UTF-8', !isLinux))(
    'finds names that are no UTF-8, byte for byte',
    async () => {
      const name = Buffer.from([0xff, 0xe9, 0x2e, 0x6a, 0x70, 0x67])
      await writeFile(Buffer.concat([Buffer.from(`${root}/`), name]), jpeg)
      expect((await walked()).files).toMatchObject([
        { rel: new Uint8Array(name), name: '\ufffd\ufffd.jpg', sizeBytes: 7 },
      ])
    },
  )

  it('stops when it is aborted', async () => {
    for (let i = 0; i < 5; i++) await put(`${i}.jpg`)
    const controller = new AbortController()
    const files: FoundFile[] = []
    const run = async (): Promise<void> => {
      const events = { onUnread: () => {} }
      for await (const file of walk(Buffer.from(root), events, controller.signal)) {
        files.push(file)
        controller.abort(new Error('enough'))
      }
    }
    await expect(run()).rejects.toThrow('enough')
    expect(files).toHaveLength(1)
  })

  it('does not go deeper than 64 folders', async () => {
    const at = (depth: number): string => `${'d/'.repeat(depth)}x.jpg`
    await put(at(66))
    await put(at(64))
    expect((await walked()).rels).toEqual([at(64)])
  })
})

describe('singleFile', () => {
  it('is a root of its own, with an empty rest', async () => {
    await put('a b.jpg')
    expect(await singleFile(Buffer.from(join(root, 'a b.jpg')))).toMatchObject({
      rel: new Uint8Array(),
      name: 'a b.jpg',
      folder: '',
      sizeBytes: 7,
    })
  })

  it('is nothing for a folder and for what is not there', async () => {
    expect(await singleFile(Buffer.from(root))).toBeUndefined()
    expect(await singleFile(Buffer.from(join(root, 'gone.jpg')))).toBeUndefined()
  })
})
