import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Dream } from '../../preload/contract/inspector.ts'
import type { ChildPort } from '../engine/child-port.ts'
import { CallClient } from './call-client.ts'
import { type CallHandlers, serveCalls } from './call-server.ts'
import type { FromCallee, ToCallee } from './calls.ts'
import { Dreams } from './dreams.ts'
import type { DreamRequest } from './protocol.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'latent-dreams-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

function dreamsWith(dream: CallHandlers[string]) {
  const seen: Dream[] = []
  const worker = new CallClient((events) => {
    let receive: (message: ToCallee) => void = () => {}
    const port: ChildPort<ToCallee, FromCallee> = {
      send: (message) => queueMicrotask(() => events.onMessage(message)),
      listen: (handle) => {
        receive = handle
      },
    }
    serveCalls(port, { dream })
    return { send: (message) => queueMicrotask(() => receive(message)), kill: () => {} }
  }, 60_000)
  const onChange = (change: Dream) => void seen.push(change)
  const dreams = new Dreams({ folder, onChange })
  const start = (request: DreamRequest, modelSha256 = 'abc'): Promise<Dream> =>
    dreams.start(request, { worker, modelSha256 })
  return { dreams, seen, start }
}

const request = {
  spec: { id: 'net', onnxPath: '', inputSizePx: 8 },
  layer: 'conv1',
  channel: 3,
  steps: 4,
  seed: 1,
}
const picture = (step: number) => ({ step, activation: step * 2, png: Uint8Array.of(step) })

describe('Dreams', () => {
  it('shows pictures on the way and keeps the last', async () => {
    const { dreams, seen, start } = dreamsWith(async (_: unknown, { progress }) => {
      progress(picture(2))
      return picture(4)
    })
    const { id, state } = await start(request)
    expect(state).toBe('running')
    await vi.waitFor(() => expect(seen.at(-1)?.state).toBe('done'))
    expect(seen.map(({ step, picture: number }) => [step, number])).toEqual([
      [2, 1],
      [4, 2],
    ])
    expect(dreams.picture(id)).toEqual(Uint8Array.of(4))
    await vi.waitFor(async () => expect(await readdir(folder)).toHaveLength(2))
    const later = await dreamsWith(() => Promise.reject(new Error('not again'))).start(request)
    expect(later).toMatchObject({ state: 'done', activation: 8, step: 4 })
  })

  it('makes another for another seed, and ends the one under way', async () => {
    const { seen, start } = dreamsWith(() => new Promise(() => {}))
    const first = await start(request)
    const second = await start({ ...request, seed: 2 })
    expect(second.id).not.toBe(first.id)
    await vi.waitFor(() => expect(seen.at(-1)).toMatchObject({ id: first.id, state: 'cancelled' }))
  })

  it('says why it failed and tries again when asked', async () => {
    let fails = true
    const { seen, start } = dreamsWith(async () => {
      if (fails) throw new Error('conv1 has no unit 3.')
      return picture(4)
    })
    await start(request)
    await vi.waitFor(() => expect(seen.at(-1)?.reason).toBe('conv1 has no unit 3.'))
    fails = false
    await start(request)
    await vi.waitFor(() => expect(seen.at(-1)?.state).toBe('done'))
  })
})
