import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ChildEvents } from '../child-process.ts'
import { model } from '../testing/fake-engine.ts'
import type {
  FromProviderTrial,
  ProfileRequest,
  ProviderRun,
  ProviderTrialRequest,
} from './protocol.ts'
import { runProviderTrial } from './run-provider-trial.ts'

const request: ProviderTrialRequest = {
  type: 'try',
  model,
  provider: 'webgpu',
  threads: 2,
  batchSizes: [1],
  examplePath: '',
}
const run: ProviderRun = {
  answers: [],
  facts: {
    photosPerSecond: [],
    loadMs: 1,
    firstRunMs: 1,
    nodes: { all: 0, onCpu: 0, operatorsOnCpu: [] },
  },
}

function setUp(signal?: AbortSignal) {
  const sent: (ProviderTrialRequest | ProfileRequest)[] = []
  let kills = 0
  let events: ChildEvents<FromProviderTrial> | undefined
  const outcome = runProviderTrial(
    (given) => {
      events = given
      return { send: (message) => sent.push(message), kill: () => kills++ }
    },
    request,
    60_000,
    signal,
  )
  const say = (message: FromProviderTrial): void => events?.onMessage(message)
  return { outcome, sent, say, die: (code: number) => events?.onExit(code), kills: () => kills }
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('runProviderTrial', () => {
  it('asks after the hello, and ends the process with its answer', async () => {
    const trial = setUp()
    expect(trial.sent).toEqual([])
    trial.say({ type: 'hello', offered: ['cpu', 'webgpu'] })
    expect(trial.sent).toEqual([request])
    trial.say({ type: 'done', run })
    expect(await trial.outcome).toEqual({ ok: true, run })
    expect(trial.kills()).toBe(1)
  })

  it('does not try what this build has not', async () => {
    const trial = setUp()
    trial.say({ type: 'hello', offered: ['cpu'] })
    expect(await trial.outcome).toMatchObject({ ok: false, offered: false })
    expect(trial.sent).toEqual([])
  })

  it('gives the reason in plain words, with the words of ONNX Runtime', async () => {
    const trial = setUp()
    trial.say({ type: 'hello', offered: ['webgpu'] })
    const raw =
      '/onnxruntime_src/onnxruntime/core/providers/webgpu/webgpu_context.cc:136 adapter_result was false. Failed to get a WebGPU adapter: No supported adapters'
    trial.say({ type: 'refused', reason: raw })
    const outcome = await trial.outcome
    expect(outcome).toMatchObject({ ok: false, offered: true })
    const reason = outcome.ok ? '' : outcome.reason
    expect(reason).toContain('no graphics device that WebGPU can use')
    expect(reason).toContain('No supported adapters')
    expect(reason).not.toContain('/onnxruntime_src')
  })

  it('ends a process that hangs, and says over what', async () => {
    const trial = setUp()
    trial.say({ type: 'hello', offered: ['webgpu'] })
    trial.say({ type: 'stage', stage: 'while it ran its first picture' })
    vi.advanceTimersByTime(59_999)
    expect(trial.kills()).toBe(0)
    vi.advanceTimersByTime(1)
    const reason = 'It took more than 60 s while it ran its first picture.'
    expect(await trial.outcome).toEqual({ ok: false, offered: true, reason })
    expect(trial.kills()).toBe(1)
  })

  it('takes a crash for a reason', async () => {
    const trial = setUp()
    trial.say({ type: 'hello', offered: ['webgpu'] })
    trial.say({ type: 'stage', stage: 'while it loaded the network' })
    trial.die(139)
    expect(await trial.outcome).toMatchObject({
      reason: 'Its process crashed while it loaded the network (exit code 139).',
    })
  })

  it('ends at once when it is interrupted', async () => {
    const abort = new AbortController()
    const trial = setUp(abort.signal)
    abort.abort()
    expect(await trial.outcome).toMatchObject({ ok: false, reason: 'It was interrupted.' })
    expect(trial.kills()).toBe(1)
  })
})
