// Fetches one file whose size and hash are known; what there is of it is kept for another time.
import { createWriteStream } from 'node:fs'
import { mkdir, rename, rm, stat } from 'node:fs/promises'
import type { IncomingMessage } from 'node:http'
import { dirname } from 'node:path'
import type { Writable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { fail, ok, type Result } from '../../preload/contract/errors.ts'
import { httpGet } from '../../scripts/setup/http-get.mjs'
import { type FileDigest, hashOfFile } from './file-hash.ts'

export interface WantedFile {
  readonly url: string
  /** Where it goes once it is whole; `<path>.part` holds its beginning. */
  readonly path: string
  readonly bytes: number
  readonly digest: FileDigest
  /** What a person can do when it is not to be had: "import the file from elsewhere". */
  readonly instead: string
  /** Room for what is made of it; as much again when absent. */
  readonly madeOfItBytes?: number
}

export interface DownloadOptions {
  /** Ends the download; what there is stays. */
  readonly signal: AbortSignal
  readonly onProgress: (doneBytes: number) => void
  /** Room on the disk of a folder. */
  readonly freeBytes: (folder: string) => Promise<number>
  readonly write: (path: string, append: boolean) => Writable
  readonly limits: DownloadLimits
}

export interface DownloadLimits {
  readonly answerTimeoutMs: number
  /** Longest silence of a server that has begun to send. */
  readonly stallTimeoutMs: number
  /** Tries in a row that bring no new byte. */
  readonly attempts: number
  /** Before the next try; doubled each time. */
  readonly pauseMs: number
}

export const downloadLimits: DownloadLimits = {
  answerTimeoutMs: 20_000,
  stallTimeoutMs: 30_000,
  attempts: 4,
  pauseMs: 1_000,
}

export const writeFileAt = (path: string, append: boolean): Writable =>
  createWriteStream(path, { flags: append ? 'a' : 'w', flush: true })

/** Left free beside the file, for what is made of it. */
const spareBytes = 64 * 2 ** 20

/** The server will not give the file however often it is asked. */
class RefusedError extends Error {}

/** Never leaves anything but the right file at its path. */
export async function downloadFile(
  wanted: WantedFile,
  options: DownloadOptions,
): Promise<Result<void>> {
  const { path, bytes, digest, instead, madeOfItBytes = bytes } = wanted
  const { signal } = options
  const host = new URL(wanted.url).host
  const part = `${path}.part`
  try {
    await mkdir(dirname(path), { recursive: true })
    if ((await sizeOf(path)) === bytes) return ok(undefined)
    // More than the whole is something else.
    if ((await sizeOf(part)) > bytes) await rm(part)
    const missing = bytes - (await sizeOf(part))
    // A network that is made of a file is as large again, and so is its twin for a while.
    const needed = missing + madeOfItBytes + spareBytes
    const free = await options.freeBytes(dirname(path))
    if (free < needed) return noRoom(needed, free)
    await fetchAll(wanted, part, options)
    signal.throwIfAborted()
    if ((await hashOfFile(part, digest.algorithm)) !== digest.hex) {
      await rm(part, { force: true })
      return fail(
        'refused',
        `${host} sent another file than the one that Latent knows.`,
        `It was removed. Try again, or ${instead}.`,
      )
    }
    await rename(part, path)
    return ok(undefined)
  } catch (error) {
    if (signal.aborted) return fail('cancelled', 'The download was stopped.')
    const { code, message } = error as NodeJS.ErrnoException
    if (code === 'ENOSPC') return noRoom(bytes, 0)
    if (error instanceof RefusedError) {
      const hint = `${instead.charAt(0).toUpperCase()}${instead.slice(1)}.`
      return fail('unreachable', `${host} does not give this file: ${message}.`, hint)
    }
    if (isOffline(code)) {
      const hint = `Try again when it is online, or ${instead}.`
      return fail('unreachable', `This computer cannot reach ${host}.`, hint)
    }
    const hint =
      (await sizeOf(part)) > 0
        ? 'What has arrived is kept: try again to go on from there.'
        : 'Try again later.'
    return fail('unreachable', `The download from ${host} broke off: ${message}.`, hint)
  }
}

async function fetchAll(wanted: WantedFile, part: string, options: DownloadOptions): Promise<void> {
  const { attempts, pauseMs } = options.limits
  const { signal } = options
  for (let fruitless = 0; ; ) {
    const before = await sizeOf(part)
    if (before === wanted.bytes) return
    try {
      await fetchRest(wanted, part, before, options)
      if ((await sizeOf(part)) === before) throw new Error('nothing arrived')
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (signal.aborted || error instanceof RefusedError || code === 'ENOSPC') throw error
      fruitless = (await sizeOf(part)) > before ? 0 : fruitless + 1
      if (fruitless >= attempts) throw error
      await sleep(pauseMs * 2 ** fruitless, undefined, { signal })
    }
  }
}

/** Appends what is missing after the first `haveBytes` bytes. */
async function fetchRest(
  { url, bytes }: WantedFile,
  part: string,
  haveBytes: number,
  { signal, onProgress, write, limits }: DownloadOptions,
): Promise<void> {
  const range = haveBytes > 0 ? { range: `bytes=${haveBytes}-` } : {}
  const response = await httpGet(url, {
    headers: { 'user-agent': 'latent', ...range },
    timeoutMs: limits.answerTimeoutMs,
  })
  const start = startOf(response, haveBytes)
  if (start === undefined) {
    response.destroy()
    await rm(part, { force: true })
    throw new Error(`the server could not go on from byte ${haveBytes}`)
  }
  let doneBytes = start
  const stalled = (): void => {
    response.destroy(new Error(`the server fell silent for ${limits.stallTimeoutMs / 1000} s`))
  }
  const stop = (): void => void response.destroy(new Error('stopped'))
  signal.addEventListener('abort', stop, { once: true })
  let timer = setTimeout(stalled, limits.stallTimeoutMs)
  const take = (chunk: Uint8Array): void => {
    clearTimeout(timer)
    timer = setTimeout(stalled, limits.stallTimeoutMs)
    doneBytes += chunk.length
    if (doneBytes > bytes) throw new RefusedError('the server sent more than the file has')
    onProgress(doneBytes)
  }
  try {
    await appendAll(response, write(part, start > 0), take)
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', stop)
  }
  if (doneBytes < bytes) throw new Error('the connection was cut')
}

/**
 * Writes all that arrives; a stream that breaks off leaves everything that came before in the file,
 * which a pipeline would not.
 */
async function appendAll(
  response: IncomingMessage,
  file: Writable,
  take: (chunk: Uint8Array) => void,
): Promise<void> {
  try {
    await new Promise<void>((resolve, reject) => {
      file.on('error', reject)
      file.on('drain', () => response.resume())
      response.on('error', reject)
      response.on('close', () => reject(new Error('the connection was cut')))
      response.on('end', resolve)
      response.on('data', (chunk: Uint8Array) => {
        try {
          take(chunk)
        } catch (error) {
          reject(error)
          return
        }
        if (!file.write(chunk)) response.pause()
      })
    })
  } finally {
    response.destroy()
    await new Promise<void>((closed) => {
      if (file.closed) closed()
      file.once('close', () => closed())
      file.end()
    })
  }
  // What was not written yet when the last byte came may not have found room.
  if (file.errored !== null) throw file.errored
}

/**
 * Which byte the answer begins at; undefined when it cannot be joined to what there is.
 *
 * @throws RefusedError for an answer that will stay the same, Error for one that may not
 */
function startOf(response: IncomingMessage, haveBytes: number): number | undefined {
  const { statusCode: status = 0, headers } = response
  if (status === 200) return 0
  if (status === 206) {
    const from = /^bytes (\d+)-/.exec(headers['content-range'] ?? '')?.[1]
    return Number(from) === haveBytes ? haveBytes : undefined
  }
  if (status === 416) return undefined
  response.destroy()
  const message = `the server answered ${status}`
  const isFinal = status >= 400 && status < 500 && status !== 408 && status !== 429
  throw isFinal ? new RefusedError(message) : new Error(message)
}

/** What the system says when there is no way to a host. */
const isOffline = (code: string | undefined): boolean =>
  ['ENOTFOUND', 'EAI_AGAIN', 'ENETUNREACH', 'EHOSTUNREACH', 'ECONNREFUSED'].includes(code ?? '')

const sizeOf = async (path: string): Promise<number> =>
  (await stat(path).catch(() => undefined))?.size ?? 0

function noRoom(neededBytes: number, freeBytes: number): Result<never> {
  const megabytes = (bytes: number): string => `${Math.ceil(bytes / 1e6)} MB`
  const message =
    freeBytes > 0
      ? `There is not enough room: ${megabytes(neededBytes)} are needed, ${megabytes(freeBytes)} are free.`
      : 'The disk is full.'
  return fail('disk-full', message, 'Make room, then go on.')
}
