import { createHash } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { seeded } from '../onnx/testing/seeded.ts'
import { type DownloadOptions, downloadFile, writeFileAt } from './download-file.ts'
import { type FileServer, type Misbehaviour, sendFrom, serveFile } from './testing/file-server.ts'

const random = seeded(11)
const contents = Uint8Array.from({ length: 3000 }, () => random.integer(0, 255))
const sha256 = createHash('sha256').update(contents).digest('hex')
const plenty = 2 ** 40

let folder: string
let server: FileServer | undefined
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'latent-download-'))
})
afterEach(async () => {
  await server?.close()
  server = undefined
  await rm(folder, { recursive: true, force: true })
})

const path = (): string => join(folder, 'file.onnx')
const present = (): Promise<string[]> => readdir(folder)

async function download(
  misbehave: Misbehaviour = () => undefined,
  change: Partial<DownloadOptions> = {},
  hash = sha256,
) {
  await server?.close()
  server = await serveFile(contents, misbehave)
  const progress: number[] = []
  const result = await downloadFile(
    {
      url: server.url,
      path: path(),
      bytes: contents.length,
      digest: { algorithm: 'sha256', hex: hash },
      instead: 'import the file from elsewhere',
    },
    {
      signal: new AbortController().signal,
      onProgress: (bytes) => progress.push(bytes),
      freeBytes: async () => plenty,
      write: writeFileAt,
      limits: { answerTimeoutMs: 300, stallTimeoutMs: 300, attempts: 3, pauseMs: 1 },
      ...change,
    },
  )
  return { result, progress, ranges: server.ranges }
}

const isWhole = async (): Promise<void> => {
  expect(await present()).toEqual(['file.onnx'])
  expect(new Uint8Array(await readFile(path()))).toEqual(contents)
}

describe('a download', () => {
  it('arrives whole, with its progress, and is not fetched twice', async () => {
    const { result, progress } = await download()
    expect(result.ok).toBe(true)
    expect(progress.at(-1)).toBe(contents.length)
    await isWhole()
    const again = await download()
    expect(again.result.ok).toBe(true)
    expect(again.ranges).toEqual([])
  })

  it('goes on from any byte at which the connection is cut', async () => {
    const cuts = [0, 1, 2, 17, 1023, 1024, 1500, contents.length - 1]
    for (const cut of cuts) {
      await rm(path(), { force: true })
      const { result, ranges } = await download((request, response, asked) => {
        if (request > 0) return undefined
        sendFrom(contents, asked, response, cut)
        return true
      })
      expect(result, `cut at ${cut}`).toMatchObject({ ok: true })
      expect(ranges, `cut at ${cut}`).toEqual(['', cut === 0 ? '' : `bytes=${cut}-`])
      await isWhole()
    }
  })

  it('goes on after many cuts, as long as each brings something', async () => {
    const { result, ranges } = await download((request, response, asked) => {
      sendFrom(contents, asked, response, (request + 1) * 250)
      return true
    })
    expect(result.ok).toBe(true)
    expect(ranges).toHaveLength(12)
    await isWhole()
  })

  it('goes on where an earlier run of the program was killed', async () => {
    await writeFile(`${path()}.part`, contents.subarray(0, 700))
    const { result, ranges } = await download()
    expect(result.ok).toBe(true)
    expect(ranges).toEqual(['bytes=700-'])
    await isWhole()
  })

  it('begins anew where the server knows no ranges', async () => {
    await writeFile(`${path()}.part`, contents.subarray(0, 700))
    const { result } = await download((_request, response) => {
      response.writeHead(200, { 'content-length': contents.length }).end(contents)
      return true
    })
    expect(result.ok).toBe(true)
    await isWhole()
  })

  it('begins anew where what there is cannot be its beginning', async () => {
    await writeFile(`${path()}.part`, new Uint8Array(contents.length + 5))
    expect((await download()).result.ok).toBe(true)
    await isWhole()
  })

  it('follows a redirect to another address', async () => {
    const elsewhere = await serveFile(contents)
    const { result } = await download((_request, response) => {
      response.writeHead(302, { location: elsewhere.url }).end()
      return true
    })
    await elsewhere.close()
    expect(result.ok).toBe(true)
    await isWhole()
  })

  it('keeps what has arrived when it is paused, and goes on later', async () => {
    const abort = new AbortController()
    const { result } = await download(
      (_request, response, asked) => {
        // The rest never comes.
        response.writeHead(200, { 'content-length': contents.length })
        response.write(contents.subarray(0, 1000))
        expect(asked.headers.range).toBeUndefined()
        return true
      },
      { signal: abort.signal, onProgress: () => setTimeout(() => abort.abort(), 20) },
    )
    expect(result).toMatchObject({ ok: false, error: { code: 'cancelled' } })
    expect(await present()).toEqual(['file.onnx.part'])
    const later = await download()
    expect(later.ranges).toEqual(['bytes=1000-'])
    await isWhole()
  })
})

describe('a download that fails leaves no wrong file', () => {
  it('when another file is sent', async () => {
    const other = 'ab'.repeat(32)
    const { result } = await download(undefined, {}, other)
    expect(result).toMatchObject({ ok: false, error: { code: 'refused' } })
    expect(await present()).toEqual([])
  })

  it('when there is not enough room, before anything is fetched', async () => {
    const { result, ranges } = await download(undefined, { freeBytes: async () => 10_000 })
    expect(result).toMatchObject({ ok: false, error: { code: 'disk-full' } })
    expect(ranges).toEqual([])
    expect(await present()).toEqual([])
  })

  it('when the disk is full all the same', async () => {
    const full = (): Writable =>
      new Writable({
        write(_chunk, _encoding, done) {
          done(Object.assign(new Error('no space left'), { code: 'ENOSPC' }))
        },
      })
    const { result, ranges } = await download(undefined, { write: full })
    expect(result).toMatchObject({ ok: false, error: { code: 'disk-full' } })
    // Asking again would not help.
    expect(ranges).toHaveLength(1)
    expect(await present()).toEqual([])
  })

  it('when the server never answers', async () => {
    const { result, ranges } = await download(() => true)
    expect(result).toMatchObject({ ok: false, error: { code: 'unreachable' } })
    expect(ranges).toHaveLength(3)
    expect(await present()).toEqual([])
  })

  it('when the server falls silent, having kept what it sent', async () => {
    const { result } = await download((_request, response, asked) => {
      const from = Number(/\d+/.exec(asked.headers.range ?? '')?.[0] ?? 0)
      response.writeHead(from > 0 ? 206 : 200, {
        'content-length': contents.length - from,
        ...(from > 0 && { 'content-range': `bytes ${from}-2999/3000` }),
      })
      if (from === 0) response.write(contents.subarray(0, 500))
      else response.flushHeaders()
      return true
    })
    expect(result).toMatchObject({ ok: false, error: { code: 'unreachable' } })
    expect(result.ok ? '' : result.error.message).toContain('fell silent')
    expect(await present()).toEqual(['file.onnx.part'])
  })

  it('when there is nobody at the address', async () => {
    const gone = await serveFile(contents)
    await gone.close()
    const result = await downloadFile(
      {
        url: gone.url,
        path: path(),
        bytes: contents.length,
        digest: { algorithm: 'sha256', hex: sha256 },
        instead: 'wait',
      },
      {
        signal: new AbortController().signal,
        onProgress: () => {},
        freeBytes: async () => plenty,
        write: writeFileAt,
        limits: { answerTimeoutMs: 300, stallTimeoutMs: 300, attempts: 2, pauseMs: 1 },
      },
    )
    const message = `This computer cannot reach ${new URL(gone.url).host}.`
    expect(result).toMatchObject({ ok: false, error: { code: 'unreachable', message } })
    expect(await present()).toEqual([])
  })

  it('when the server refuses, without asking again', async () => {
    const { result, ranges } = await download((_request, response) => {
      response.writeHead(404).end()
      return true
    })
    expect(result).toMatchObject({ ok: false, error: { code: 'unreachable' } })
    expect(ranges).toHaveLength(1)
  })

  it('when the server is busy, after asking again', async () => {
    const { result, ranges } = await download((request, response) => {
      if (request === 1) return undefined
      response.writeHead(503).end()
      return true
    })
    expect(result.ok).toBe(true)
    expect(ranges).toHaveLength(2)
    await isWhole()
  })

  it('when more is sent than the file has', async () => {
    const { result } = await download((_request, response) => {
      response.writeHead(200).end(new Uint8Array(contents.length + 1))
      return true
    })
    expect(result.ok).toBe(false)
    expect(await present()).not.toContain('file.onnx')
  })
})
