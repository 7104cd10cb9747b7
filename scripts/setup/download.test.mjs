import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, readFile, stat, writeFile } from 'node:fs/promises'
import http from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { DownloadRefused, download, IntegrityMismatch } from './download.mjs'

const body = randomBytes(300_000)
const integrity = `sha512-${createHash('sha512').update(body).digest('base64')}`
let file
let server
let ranges

beforeEach(async () => {
  file = join(await mkdtemp(join(tmpdir(), 'latent-download-')), 'deep', 'file.bin')
  ranges = []
})
afterEach(() => server?.close())

/** Serves `body`; `cutAfter` bytes into each answer the connection breaks. */
async function serve({ cutAfter = Infinity, ignoreRange = false, status, content = body } = {}) {
  server = http.createServer((request, response) => {
    const { range } = request.headers
    ranges.push(range)
    if (status) return response.writeHead(status).end()
    const start = range && !ignoreRange ? Number(/bytes=(\d+)-/.exec(range)[1]) : 0
    if (start >= content.length) {
      return response.writeHead(416, { 'content-range': `bytes */${content.length}` }).end()
    }
    response.writeHead(start > 0 ? 206 : 200, {
      'content-length': content.length - start,
      ...(start > 0 && {
        'content-range': `bytes ${start}-${content.length - 1}/${content.length}`,
      }),
    })
    const rest = content.subarray(start)
    if (rest.length <= cutAfter) return response.end(rest)
    response.write(rest.subarray(0, cutAfter), () => setTimeout(() => response.destroy(), 20))
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${server.address().port}/file`
}

it('fetches a file, tells how far it is, and leaves no part behind', async () => {
  const url = await serve()
  const seen = []
  await download({ url, file, integrity, onProgress: (done, total) => seen.push([done, total]) })
  expect(await readFile(file)).toEqual(body)
  expect(seen.at(-1)).toEqual([body.length, body.length])
  await expect(stat(`${file}.part`)).rejects.toThrow('ENOENT')
})

it('goes on where a connection broke, as often as each try brings something', async () => {
  const url = await serve({ cutAfter: 70_000 })
  await download({ url, file, integrity, attempts: 1, pauseMs: 1 })
  expect(await readFile(file)).toEqual(body)
  expect(ranges).toEqual([
    undefined,
    'bytes=70000-',
    'bytes=140000-',
    'bytes=210000-',
    'bytes=280000-',
  ])
})

it('goes on with what an earlier run left', async () => {
  const url = await serve({ status: 503 })
  await expect(download({ url, file, integrity, attempts: 1, pauseMs: 1 })).rejects.toThrow('503')
  await writeFile(`${file}.part`, body.subarray(0, 1234))
  server.close()
  await download({ url: await serve(), file, integrity })
  expect(ranges.at(-1)).toBe('bytes=1234-')
  expect(await readFile(file)).toEqual(body)
})

it('starts again when the server cannot send a part', async () => {
  const url = await serve({ ignoreRange: true })
  await download({ url, file, integrity }) // creates the folder
  await writeFile(`${file}.part`, body.subarray(0, 1234))
  await download({ url, file, integrity })
  expect(await readFile(file)).toEqual(body)
})

it('needs no byte more when the part was whole', async () => {
  const url = await serve()
  await download({ url, file, integrity })
  await writeFile(`${file}.part`, body)
  await download({ url, file, integrity })
  expect(ranges.at(-1)).toBe(`bytes=${body.length}-`)
})

it('refuses a file that is not the pinned one, and keeps nothing of it', async () => {
  const url = await serve({ content: Buffer.from('something else') })
  await expect(download({ url, file, integrity })).rejects.toThrow(IntegrityMismatch)
  await expect(stat(file)).rejects.toThrow('ENOENT')
  await expect(stat(`${file}.part`)).rejects.toThrow('ENOENT')
})

it('does not ask again when the server says no', async () => {
  const url = await serve({ status: 401 })
  await expect(download({ url, file, integrity })).rejects.toThrow(DownloadRefused)
  expect(ranges).toHaveLength(1)
})

it('gives up when several tries in a row bring nothing', async () => {
  const url = await serve({ status: 500 })
  await expect(download({ url, file, integrity, attempts: 3, pauseMs: 1 })).rejects.toThrow('500')
  expect(ranges).toHaveLength(3)
})
