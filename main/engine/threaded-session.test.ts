import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { SteadySession } from './steady-session.ts'
import { model } from './testing/fake-engine.ts'
import { ThreadedSession } from './threaded-session.ts'

/** Answers as its first pixel says: 0 with a batch, 1 with a reason, 2 never, 3 by ending, 4 slowly. */
const thread = `
import { parentPort } from 'node:worker_threads'
let hangs = false
parentPort.on('message', (message) => {
  if (hangs) return
  if (message.type === 'load') {
    const isThere = message.provider !== 'absent'
    parentPort.postMessage(isThere ? { type: 'loaded' } : { type: 'failed', reason: 'No such device.' })
  } else if (message.type === 'dispose') {
    parentPort.postMessage({ type: 'disposed' })
  } else {
    const [what] = message.pixelsNhwc
    hangs = what === 2
    const ran = (ms) => parentPort.postMessage({ type: 'ran', batch: { size: message.size, ms } })
    if (what === 0) ran(1)
    if (what === 4) setTimeout(ran, 200, 200)
    if (what === 1) parentPort.postMessage({ type: 'failed', reason: 'It is out of memory.' })
    if (what === 3) process.exit(1)
  }
})
`

let folder: string
let entry: URL
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'latent-thread-'))
  const file = join(folder, 'thread.mjs')
  await writeFile(file, thread)
  entry = pathToFileURL(file)
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const open = (provider = 'webgpu'): Promise<ThreadedSession> =>
  ThreadedSession.open({
    entry,
    model,
    provider,
    threads: 1,
    patience: { firstMs: 2_000, runMs: 100 },
  })
const pixels = (what: number): Uint8Array => Uint8Array.of(what)

describe('ThreadedSession', () => {
  it('runs batches in their order, and tells what went wrong with one', async () => {
    const session = await open()
    const sizes = [session.run(pixels(0), 3), session.run(pixels(0), 2)]
    expect((await Promise.all(sizes)).map(({ size }) => size)).toEqual([3, 2])
    await expect(session.run(pixels(1), 3)).rejects.toThrow('It is out of memory.')
    expect((await session.run(pixels(0), 4)).size).toBe(4)
    await session.dispose()
    await expect(session.run(pixels(0), 1)).rejects.toThrow('It was closed.')
  })

  it('does not open on a device that is not there', async () => {
    await expect(open('absent')).rejects.toThrow('No such device.')
  })

  it('gives up what does not answer, and what waits behind it, and ends all the same', async () => {
    const session = await open()
    await session.run(pixels(0), 8)
    const hung = session.run(pixels(2), 8)
    const behind = session.run(pixels(0), 8)
    const outcomes = await Promise.allSettled([hung, behind])
    for (const outcome of outcomes) {
      expect(String(outcome.status === 'rejected' && outcome.reason)).toContain(
        'It did not answer within 0.1 seconds.',
      )
    }
    await expect(session.run(pixels(0), 8)).rejects.toThrow('It did not answer')
    await session.dispose()
  })

  it('has more patience with the first batch of a size', async () => {
    const session = await open()
    const hung = session.run(pixels(2), 8)
    const first = await Promise.race([hung.catch(() => 'given up'), later(400)])
    expect(first).toBe('still waiting')
    await expect(hung).rejects.toThrow('within 2 seconds')
  })

  it('waits for a device that has always been slow', async () => {
    const session = await open()
    await session.run(pixels(4), 1)
    expect((await session.run(pixels(4), 1)).size).toBe(1)
    await session.dispose()
  })

  it('lets another provider do what it left undone', async () => {
    const said: string[][] = []
    const steady = await SteadySession.open(model, ['webgpu', 'cpu'], {
      load: async (provider) => {
        const session = await open(provider)
        // The device answers until its memory is taken.
        const { run } = session
        if (provider === 'webgpu')
          session.run = (_pixels, size) => run.call(session, pixels(2), size)
        return session
      },
      largestBatchOn: () => 8,
      onSwitch: (...what) => said.push(what),
      onSmallerBatch: () => {},
    })
    const two = await Promise.all([steady.run(pixels(0), 8), steady.run(pixels(0), 5)])
    expect(two.map(({ size }) => size)).toEqual([8, 5])
    expect(said).toEqual([['webgpu', 'cpu', 'It did not answer within 2 seconds.']])
    await steady.dispose()
  })

  it('tells when its thread ends', async () => {
    const session = await open()
    await expect(session.run(pixels(3), 8)).rejects.toThrow('Its thread ended.')
  })

  it('takes an answer that came in time, however late it is read', async () => {
    const session = await open()
    await session.run(pixels(0), 8)
    const answer = session.run(pixels(0), 8)
    const busyUntilMs = performance.now() + 300
    while (performance.now() < busyUntilMs);
    expect((await answer).size).toBe(8)
    await session.dispose()
  })
})

const later = (ms: number): Promise<string> =>
  new Promise((resolve) => setTimeout(resolve, ms, 'still waiting'))
