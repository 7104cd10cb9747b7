import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Fork } from '../engine/child-process.ts'
import { forkWithNode } from '../engine/fork-node.ts'
import { residentBytes } from './resident-bytes.ts'
import { checkInTrial, type TrialOptions } from './run-trial.ts'
import type { CheckRequest, FromTrial, TrialRequest } from './trial-protocol.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'latent-trial-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const request: CheckRequest = {
  type: 'check',
  examplePath: '',
  spec: {
    id: 'a',
    onnxPath: '',
    sha256: '',
    inputSizePx: 16,
    classCount: 2,
    embeddingDim: 2,
    unitCount: 0,
  },
}
const run = { top: [], msPerPhoto: 1, batchDifference: 0, notes: [] }

interface Watched {
  readonly fork: Fork<TrialRequest, FromTrial>
  readonly pids: number[]
}

/** A process that says hello and then does what `body` says with each message. */
async function processOf(body: string): Promise<Watched> {
  const entry = join(folder, `${Math.random()}.mjs`)
  const hello = `process.send({ type: 'hello', pid: process.pid })`
  const onDisconnect = `process.on('disconnect', () => process.exit(0))`
  const onMessage = `process.on('message', (message) => { ${body} })`
  await writeFile(entry, [hello, onDisconnect, onMessage].join('\n'))
  const pids: number[] = []
  const fork: Fork<TrialRequest, FromTrial> = ({ onMessage: hear, onExit }) =>
    forkWithNode<TrialRequest, FromTrial>(entry)({
      onExit,
      onMessage: (message) => {
        if (message.type === 'hello') pids.push(message.pid)
        hear(message)
      },
    })
  return { fork, pids }
}

const limits = { timeoutMs: 4_000, memoryBytes: 400 * 2 ** 20 }
const options = (fork: Watched['fork'], more: Partial<TrialOptions> = {}): TrialOptions => ({
  fork,
  residentBytes,
  limits,
  ...more,
})

async function hasEnded(pid: number | undefined): Promise<boolean> {
  for (let tries = 0; tries < 100; tries++) {
    try {
      process.kill(pid ?? 0, 0)
    } catch {
      return true
    }
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  return false
}

describe('a trial', () => {
  it('gives the answer and ends its process', async () => {
    const { fork, pids } = await processOf(
      `process.send({ type: 'checked', run: ${JSON.stringify(run)} })`,
    )
    expect(await checkInTrial(request, options(fork))).toEqual({ ok: true, value: run })
    expect(await hasEnded(pids[0])).toBe(true)
  })

  it('hands on a refusal', async () => {
    const { fork } = await processOf(`process.send({ type: 'refused', reason: 'No.' })`)
    expect(await checkInTrial(request, options(fork))).toEqual({ ok: false, reason: 'No.' })
  })

  it('ends what never answers, and says what it was at', async () => {
    const { fork, pids } = await processOf(
      `process.send({ type: 'stage', stage: 'while it was read' }, () => { for (;;); })`,
    )
    const start = performance.now()
    const quick = { ...limits, timeoutMs: 1_000 }
    const outcome = await checkInTrial(request, options(fork, { limits: quick }))
    expect(outcome).toEqual({ ok: false, reason: 'It took more than 1 s while it was read.' })
    expect(performance.now() - start).toBeLessThan(3_000)
    expect(await hasEnded(pids[0])).toBe(true)
  })

  // Where processes are no files, the app asks Electron.
  it.skipIf(!existsSync('/proc/self/status'))('ends what takes too much memory', async () => {
    const { fork, pids } = await processOf(
      `const held = []; for (;;) held.push(Buffer.alloc(2 ** 24, 1))`,
    )
    const outcome = await checkInTrial(request, options(fork))
    expect(outcome).toMatchObject({ ok: false, reason: expect.stringContaining('GB of memory') })
    expect(await hasEnded(pids[0])).toBe(true)
  })

  it('tells when the process dies by itself', async () => {
    const { fork } = await processOf(`process.exit(3)`)
    const outcome = await checkInTrial(request, options(fork))
    expect(outcome).toMatchObject({ ok: false, reason: expect.stringContaining('code 3') })
  })

  it('is over at once when it is interrupted', async () => {
    const { fork } = await processOf('')
    const abort = new AbortController()
    const outcome = checkInTrial(request, options(fork, { signal: abort.signal }))
    abort.abort()
    expect(await outcome).toEqual({ ok: false, reason: 'It was interrupted.' })
  })
})
