// Fetches one file over HTTP(S) and checks it. A cut download goes on from where it stopped, in
// this run or the next.
import { createWriteStream } from 'node:fs'
import { mkdir, rename, rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { SetupFailure } from './failure.mjs'
import { httpGet } from './http-get.mjs'
import { matchesIntegrity } from './integrity.mjs'

const ANSWER_TIMEOUT_MS = 15_000
const STALL_TIMEOUT_MS = 30_000

/** The server will not give us this file however often we ask. */
export class DownloadRefused extends Error {
  name = 'DownloadRefused'
}

/** The file arrived whole and is not the one we pinned. */
export class IntegrityMismatch extends Error {
  name = 'IntegrityMismatch'
}

/** The sentence for a download that ended early for good. */
export const brokenOff = (what, error) =>
  new SetupFailure(
    `the download of ${what} broke off (${error.message}); run the command again to go on from where it stopped.`,
  )

/**
 * @param {object} options
 * @param {string} options.url
 * @param {string} options.file where the finished file goes; `<file>.part` holds the beginning
 * @param {string} options.integrity see matchesIntegrity
 * @param {(doneBytes: number, totalBytes: number) => void} [options.onProgress]
 * @param {number} [options.attempts] tries in a row that may bring no new byte
 * @param {number} [options.pauseMs] wait before the next try, doubled each time
 * @throws {DownloadRefused | IntegrityMismatch | Error}
 */
export async function download({
  url,
  file,
  integrity,
  onProgress = () => {},
  attempts = 4,
  pauseMs = 500,
}) {
  const partFile = `${file}.part`
  await mkdir(dirname(file), { recursive: true })
  for (let fruitless = 0; ; ) {
    const before = await sizeOf(partFile)
    try {
      await fetchRest(url, partFile, before, onProgress)
      break
    } catch (error) {
      if (error instanceof DownloadRefused) throw error
      fruitless = (await sizeOf(partFile)) > before ? 0 : fruitless + 1
      if (fruitless >= attempts) throw error
      await sleep(pauseMs * 2 ** fruitless)
    }
  }
  if (!(await matchesIntegrity(partFile, integrity))) {
    await rm(partFile, { force: true })
    throw new IntegrityMismatch(`Expected ${integrity} but received another file from the server`)
  }
  await rename(partFile, file)
}

const sizeOf = (file) =>
  stat(file).then(
    ({ size }) => size,
    () => 0,
  )

/** Appends what is missing after the first `haveBytes` bytes. Throws when the stream ends early. */
async function fetchRest(url, partFile, haveBytes, onProgress) {
  const response = await httpGet(url, {
    headers: haveBytes > 0 ? { range: `bytes=${haveBytes}-` } : {},
    timeoutMs: ANSWER_TIMEOUT_MS,
  })
  const status = response.statusCode ?? 0
  const { start, totalBytes } = spanOf(response, haveBytes)
  if (status === 416 || (status === 206 && start !== haveBytes)) {
    response.destroy()
    // Nothing left to send means that we have it all; any other answer means that we hold
    // something else than the server does.
    if (totalBytes === haveBytes) return
    await rm(partFile, { force: true })
    throw new Error(`the server could not go on from byte ${haveBytes}`)
  }
  if (status !== 200 && status !== 206) {
    response.destroy()
    const message = `the server answered ${status}`
    throw status >= 400 && status < 500 && status !== 408 && status !== 429
      ? new DownloadRefused(message)
      : new Error(message)
  }
  let doneBytes = start
  let stallTimer = setTimeout(() => {}, 0)
  const counted = new Transform({
    transform(chunk, _encoding, done) {
      clearTimeout(stallTimer)
      stallTimer = setTimeout(() => response.destroy(new Error('stalled')), STALL_TIMEOUT_MS)
      doneBytes += chunk.length
      onProgress(doneBytes, totalBytes)
      done(null, chunk)
    },
  })
  try {
    await pipeline(response, counted, createWriteStream(partFile, { flags: start > 0 ? 'a' : 'w' }))
  } finally {
    clearTimeout(stallTimer)
  }
  if (totalBytes > 0 && doneBytes !== totalBytes) throw new Error('the download was cut short')
}

/** Which bytes the answer holds: 206 and 416 say so in Content-Range, 200 starts at the beginning. */
function spanOf(response, haveBytes) {
  const range = /^bytes (?:(\d+)-\d+|\*)\/(\d+)$/.exec(response.headers['content-range'] ?? '')
  if (range) return { start: Number(range[1] ?? haveBytes), totalBytes: Number(range[2]) }
  return { start: 0, totalBytes: Number(response.headers['content-length'] ?? 0) }
}
