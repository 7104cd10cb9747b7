import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { DecodePool, type PoolReply } from './decode-pool.ts'
import type { DecodeTask } from './decode-task.ts'

/** Answers with the number of its thread, hangs on "hang" and dies on "die". */
const script = `
import { parentPort, threadId } from 'node:worker_threads'
parentPort.on('message', ({ id, task }) => {
  const { name } = task.source
  if (name === 'die') process.exit(1)
  if (name !== 'hang') {
    parentPort.postMessage({ id, reply: { kind: 'failed', reason: String(threadId) } })
  }
})
parentPort.postMessage('ready')
`

let folder: string
let pool: DecodePool | undefined
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'latent-pool-'))
  writeFileSync(join(folder, 'worker.mjs'), script)
})
afterEach(async () => {
  await pool?.dispose()
  rmSync(folder, { recursive: true })
})

function open(size: number, timeoutMs: number, tasksPerThread: number): DecodePool {
  const url = pathToFileURL(join(folder, 'worker.mjs'))
  pool = new DecodePool(url, {
    size,
    most: size + 1,
    timeoutMs,
    onBroken: () => {},
    tasksPerThread,
  })
  return pool
}

const task = (name: string): DecodeTask => ({
  kind: 'render',
  source: { kind: 'bytes', name, bytes: new Uint8Array() },
  maxSidePx: 1,
})
const thread = (reply: PoolReply): string => (reply.kind === 'failed' ? reply.reason : reply.kind)

describe('DecodePool', () => {
  it('renews a thread after its share of tasks and loses none', async () => {
    const open1 = open(1, 5_000, 3)
    const replies = await Promise.all(Array.from({ length: 8 }, () => open1.run(task('photo'))))
    const threads = replies.map(thread)
    const counts = [...new Set(threads)].map((id) => threads.filter((other) => other === id).length)
    expect(counts).toEqual([3, 3, 2])
  })

  it('renews each of several threads', async () => {
    const two = open(2, 5_000, 4)
    const replies = await Promise.all(Array.from({ length: 40 }, () => two.run(task('photo'))))
    expect(replies.every(({ kind }) => kind === 'failed')).toBe(true)
    expect(new Set(replies.map(thread)).size).toBeGreaterThanOrEqual(9)
  })

  it('lets a thread go on with its next task by itself', async () => {
    const one = open(1, 5_000, 100)
    await one.run(task('photo'))
    void one.run(task('hang'))
    await expect(one.run(task('photo'))).resolves.toMatchObject({ kind: 'failed' })
    expect(one.hasRoom).toBe(true)
    void one.run(task('hang'))
    expect(one.hasRoom).toBe(false)
  })

  it('grows by a thread when it is told to, and no further than it may', async () => {
    const one = open(1, 5_000, 100)
    one.grow()
    one.grow()
    expect(one.size).toBe(2)
    const threads = new Set<string>()
    // The second one needs a moment to start.
    await vi.waitFor(async () => {
      const two = [one.run(task('photo')), one.run(task('photo'))]
      for (const reply of await Promise.all(two)) threads.add(thread(reply))
      expect(threads.size).toBe(2)
    })
  })

  it('takes an urgent task though its threads have enough', async () => {
    const one = open(1, 5_000, 100)
    await one.run(task('photo'))
    for (let i = 0; i < 3; i++) void one.run(task('hang'))
    const urgent = one.run(task('photo'), { urgent: true })
    await expect(urgent).resolves.toMatchObject({ kind: 'failed' })
  })

  it('takes an answer that came in time, however late it is read', async () => {
    const one = open(1, 100, 100)
    await one.run(task('photo'))
    const answer = one.run(task('photo'))
    const busyUntilMs = performance.now() + 300
    while (performance.now() < busyUntilMs);
    await expect(answer).resolves.toMatchObject({ kind: 'failed' })
  })

  it('does what a dead or hung thread had not begun, on its successor', async () => {
    const one = open(1, 200, 100)
    await one.run(task('photo'))
    const replies = await Promise.all(
      ['die', 'photo', 'hang', 'photo'].map((n) => one.run(task(n))),
    )
    expect(replies.map(({ kind }) => kind)).toEqual(['crashed', 'failed', 'timeout', 'failed'])
  })

  it('replaces a thread that hangs or dies and goes on', async () => {
    const one = open(1, 200, 100)
    await expect(one.run(task('hang'))).resolves.toMatchObject({ kind: 'timeout', afterMs: 200 })
    await expect(one.run(task('die'))).resolves.toMatchObject({ kind: 'crashed' })
    await expect(one.run(task('photo'))).resolves.toMatchObject({ kind: 'failed' })
  })
})
