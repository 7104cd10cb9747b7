import { afterEach, describe, expect, it } from 'vitest'
import type { EngineStatus } from '../../preload/contract/domain.ts'
import {
  type AnalyseOptions,
  type ChildEvents,
  type EngineChild,
  EngineHost,
  EngineUnavailableError,
  type ForkEngine,
} from './host.ts'
import {
  type AnalyseRequest,
  type Analysis,
  type LoadRequest,
  type ModelSpec,
  type ToEngine,
  type Tuning,
  unknownFacts,
} from './protocol.ts'
import { TuningCache } from './tuning-cache.ts'

const model: ModelSpec = {
  id: 'tiny',
  onnxPath: 'tiny.onnx',
  sha256: 'ab'.repeat(32),
  inputSizePx: 32,
  classCount: 2,
  embeddingDim: 4,
}
const tuning: Tuning = { provider: 'cpu', trials: [], threads: 1, batchSize: 2, decodeWorkers: 2 }

const analysisOf = (name: string): Analysis => ({
  status: 'ok',
  reason: name,
  facts: unknownFacts,
  picture: undefined,
  prediction: undefined,
  decodeMs: 1,
  inferMs: 1,
})

/** A process that does nothing by itself: the test plays its part. */
class FakeProcess implements EngineChild {
  readonly sent: ToEngine[] = []
  killed = false

  constructor(readonly events: ChildEvents) {}

  send(message: ToEngine): void {
    this.sent.push(message)
  }

  kill(): void {
    this.killed = true
    this.events.onExit(null)
  }

  get analyses(): readonly AnalyseRequest[] {
    return this.sent.filter((message) => message.type === 'analyse')
  }

  get loads(): readonly LoadRequest[] {
    return this.sent.filter((message) => message.type === 'load')
  }

  die(code = 139): Promise<void> {
    this.events.onExit(code)
    return settled()
  }

  async load(measured = false): Promise<void> {
    this.events.onMessage({ type: 'hello', runtime: 'fake' })
    await settled()
    this.events.onMessage({ type: 'loaded', id: 0, tuning, measured })
    await settled()
  }

  start(id: number): void {
    this.events.onMessage({ type: 'started', id })
  }

  finish(id: number, name = `done ${id}`): void {
    this.events.onMessage({ type: 'analysed', id, analysis: analysisOf(name) })
  }
}

/** A cache in memory with the contract of the real one. */
class FakeTunings extends TuningCache {
  entry: Tuning | undefined

  constructor() {
    super('', '')
  }

  override read(): Promise<Tuning | undefined> {
    return Promise.resolve(this.entry)
  }

  override write(_model: ModelSpec, _only: readonly string[], written: Tuning): Promise<void> {
    this.entry = written
    return Promise.resolve()
  }

  override forget(): Promise<void> {
    this.entry = undefined
    return Promise.resolve()
  }
}

/** Lets every promise that can settle do so. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

const hosts: EngineHost[] = []
afterEach(() => {
  for (const host of hosts.splice(0)) host.dispose()
})

function setUp(onlyProviders: readonly string[] = []) {
  const processes: FakeProcess[] = []
  const statuses: EngineStatus[] = []
  const tunings = new FakeTunings()
  const fork: ForkEngine = (events) => {
    const child = new FakeProcess(events)
    processes.push(child)
    return child
  }
  const host = new EngineHost({
    fork,
    model,
    modelName: 'Tiny',
    tunings,
    onlyProviders,
    onStatus: (status) => statuses.push(status),
  })
  hosts.push(host)
  /** The process that runs now. */
  const current = (): FakeProcess => {
    const child = processes.at(-1)
    if (child === undefined) throw new Error('Expected a process but none was forked')
    return child
  }
  const analyse = (name: string, options: Partial<AnalyseOptions> = {}): Promise<Analysis> =>
    host.analyse({ kind: 'file', path: name }, { urgent: false, topCount: 5, ...options })
  return { host, processes, statuses, tunings, current, analyse }
}

const nameOf = ({ source }: AnalyseRequest): string =>
  source.kind === 'file' ? String(source.path) : source.name

/** Starts what was sent, in the order that it was sent. */
const idOf = (child: FakeProcess, name: string): number => {
  const request = child.analyses.find((candidate) => nameOf(candidate) === name)
  if (request === undefined) throw new Error(`Expected ${name} to have been sent`)
  return request.id
}

describe('EngineHost, starting', () => {
  it('loads the model after the process says hello, and is ready when it is loaded', async () => {
    const { host, current, statuses } = setUp()
    expect(host.status.state).toBe('starting')
    expect(current().sent).toEqual([])
    await current().load()
    expect(current().loads).toEqual([
      { type: 'load', id: 0, model, tuning: undefined, benched: [], only: [] },
    ])
    expect(await host.ready()).toMatchObject({ state: 'ready', executionProvider: 'cpu' })
    expect(statuses.at(-1)).toEqual(host.status)
  })

  it('remembers what was measured and gives it back at the next start', async () => {
    const { tunings, current } = setUp()
    await current().load(true)
    expect(tunings.entry).toEqual(tuning)
    await current().die()
    current().events.onMessage({ type: 'hello', runtime: 'fake' })
    await settled()
    expect(current().loads[0]?.tuning).toEqual(tuning)
  })

  it('forgets a remembered choice that does not load, and measures anew', async () => {
    const { host, tunings, current } = setUp()
    tunings.entry = tuning
    current().events.onMessage({ type: 'hello', runtime: 'fake' })
    await settled()
    current().events.onMessage({ type: 'failed', id: 0, reason: 'The driver changed.' })
    await settled()
    expect(current().loads.map((load) => load.tuning)).toEqual([tuning, undefined])
    current().events.onMessage({ type: 'failed', id: 0, reason: 'No provider works.' })
    await expect(host.ready()).rejects.toThrow('No provider works.')
    expect(host.status).toMatchObject({ state: 'failed', reason: 'No provider works.' })
  })

  it('benches a GPU provider that takes the process down while it is tried', async () => {
    const { host, processes, current } = setUp()
    current().events.onMessage({ type: 'hello', runtime: 'fake' })
    await settled()
    current().events.onMessage({ type: 'trying', provider: 'cuda' })
    await current().die(139)
    await current().load()
    expect(processes).toHaveLength(2)
    expect(current().loads[0]?.benched).toEqual([
      { provider: 'cuda', ok: false, reason: expect.stringContaining('139') },
    ])
    expect(host.status.state).toBe('ready')
  })

  it('does not load a remembered provider that was benched', async () => {
    const { tunings, current } = setUp()
    tunings.entry = { ...tuning, provider: 'dml' }
    current().events.onMessage({ type: 'hello', runtime: 'fake' })
    await settled()
    current().events.onMessage({ type: 'trying', provider: 'dml' })
    await current().die()
    current().events.onMessage({ type: 'hello', runtime: 'fake' })
    await settled()
    expect(current().loads[0]).toMatchObject({ tuning: undefined, benched: [{ provider: 'dml' }] })
  })
})

describe('EngineHost, working', () => {
  it('holds files back until the model is loaded, then analyses them in order', async () => {
    const { current, analyse } = setUp()
    const both = Promise.all([analyse('a'), analyse('b')])
    expect(current().analyses).toEqual([])
    await current().load()
    expect(current().analyses.map(nameOf)).toEqual(['a', 'b'])
    for (const { id } of current().analyses) current().finish(id, `analysis ${id}`)
    expect((await both).map(({ reason }) => reason)).toEqual(['analysis 1', 'analysis 2'])
  })

  it('has at most 48 files in flight, and sends one more for each that ends', async () => {
    const { current, analyse } = setUp()
    await current().load()
    const all = Array.from({ length: 60 }, (_, i) => analyse(`${i}`))
    expect(current().analyses).toHaveLength(48)
    current().finish(1)
    expect(current().analyses).toHaveLength(49)
    for (let i = 1; i < 60; i++) current().finish(current().analyses[i]?.id ?? 0)
    expect(await Promise.all(all)).toHaveLength(60)
    expect(current().analyses).toHaveLength(60)
  })

  it('sends an urgent file at once, even when 48 are in flight', async () => {
    const { current, analyse } = setUp()
    await current().load()
    for (let i = 0; i < 60; i++) void analyse(`${i}`).catch(() => {})
    void analyse('now', { urgent: true }).catch(() => {})
    expect(current().analyses).toHaveLength(49)
    expect(current().analyses.at(-1)).toMatchObject({ urgent: true, source: { path: 'now' } })
  })

  it('drops an aborted file: from the queue silently, from the engine by a message', async () => {
    const { current, analyse } = setUp()
    await current().load()
    const flying = new AbortController()
    const waiting = new AbortController()
    const first = analyse('first', { signal: flying.signal })
    for (let i = 0; i < 47; i++) void analyse(`${i}`).catch(() => {})
    const last = analyse('last', { signal: waiting.signal })
    waiting.abort(new Error('no longer wanted'))
    await expect(last).rejects.toThrow('no longer wanted')
    expect(current().sent.some(({ type }) => type === 'forget')).toBe(false)
    flying.abort(new Error('nor this'))
    await expect(first).rejects.toThrow('nor this')
    expect(current().sent.at(-1)).toEqual({ type: 'forget', ids: [1] })
    expect(current().analyses.map(nameOf)).not.toContain('last')
  })

  it('refuses a file whose signal was aborted before', async () => {
    const { current, analyse } = setUp()
    await current().load()
    await expect(
      analyse('a', { signal: AbortSignal.abort(new Error('too late')) }),
    ).rejects.toThrow('too late')
    expect(current().analyses).toEqual([])
  })

  it('hands renders out by id, and passes on why one failed', async () => {
    const { host, current } = setUp()
    await expect(host.render({ kind: 'file', path: 'a' }, 100)).rejects.toThrow(
      EngineUnavailableError,
    )
    await current().load()
    const good = host.render({ kind: 'file', path: 'a' }, 100)
    const bad = host.render({ kind: 'file', path: 'b' }, 100)
    current().events.onMessage({ type: 'failed', id: 2, reason: 'The image is broken.' })
    current().events.onMessage({ type: 'rendered', id: 1, jpeg: Uint8Array.of(1) })
    expect(await good).toEqual(Uint8Array.of(1))
    await expect(bad).rejects.toThrow('The image is broken.')
    expect(host.status.state).toBe('ready')
  })
})

describe('EngineHost, after a death', () => {
  it('sends again, in order, what no decoder had taken', async () => {
    const { processes, current, analyse, statuses } = setUp()
    await current().load()
    const all = ['a', 'b', 'c'].map((name) => analyse(name))
    await current().die()
    expect(statuses.at(-1)?.state).toBe('restarting')
    await current().load()
    expect(processes).toHaveLength(2)
    expect(current().analyses.map(nameOf)).toEqual(['a', 'b', 'c'])
    for (const { id } of current().analyses) current().finish(id)
    expect((await Promise.all(all)).map(({ status }) => status)).toEqual(['ok', 'ok', 'ok'])
  })

  it('quarantines the file that was in hand alone at two deaths; the others complete', async () => {
    const { processes, current, analyse } = setUp()
    await current().load()
    const names = ['good 1', 'deadly', 'good 2', 'queued']
    const all = Promise.all(names.map((name) => analyse(name)))
    for (const name of ['good 1', 'deadly', 'good 2']) current().start(idOf(current(), name))
    await current().die()

    // All three are suspects now: each runs alone.
    await current().load()
    expect(current().analyses.map(nameOf)).toEqual(['good 1'])
    current().start(idOf(current(), 'good 1'))
    current().finish(idOf(current(), 'good 1'))
    expect(current().analyses.map(nameOf)).toEqual(['good 1', 'deadly'])
    current().start(idOf(current(), 'deadly'))
    await current().die()

    await current().load()
    expect(current().analyses.map(nameOf)).toEqual(['good 2'])
    current().start(idOf(current(), 'good 2'))
    current().finish(idOf(current(), 'good 2'))
    expect(current().analyses.map(nameOf)).toEqual(['good 2', 'queued'])
    current().finish(idOf(current(), 'queued'))

    expect((await all).map(({ status }) => status)).toEqual(['ok', 'crashed', 'ok', 'ok'])
    expect(processes).toHaveLength(3)
  })

  it('clears a suspect that completes, whatever was in hand with it', async () => {
    const { current, analyse } = setUp()
    await current().load()
    const only = analyse('unlucky')
    current().start(1)
    await current().die()
    await current().load()
    current().start(1)
    current().finish(1)
    expect((await only).status).toBe('ok')
    const next = analyse('next')
    expect(current().analyses.map(nameOf)).toEqual(['unlucky', 'next'])
    current().finish(2)
    expect((await next).status).toBe('ok')
  })

  it('does not run a suspect twice that a death caught before a decoder had taken it', async () => {
    const { current, analyse } = setUp()
    await current().load()
    const unlucky = analyse('unlucky')
    const other = analyse('other')
    current().start(idOf(current(), 'unlucky'))
    await current().die()
    await current().load()
    expect(current().analyses.map(nameOf)).toEqual(['unlucky'])
    await current().die()
    await current().load()
    current().finish(idOf(current(), 'unlucky'))
    current().finish(idOf(current(), 'other'))
    expect((await unlucky).status).toBe('ok')
    expect((await other).status).toBe('ok')
    expect(current().analyses.map(nameOf)).toEqual(['unlucky', 'other'])
  })

  it('fails renders that were under way', async () => {
    const { host, current } = setUp()
    await current().load()
    const render = host.render({ kind: 'file', path: 'a' }, 100)
    await Promise.all([expect(render).rejects.toThrow('The engine stopped.'), current().die()])
  })

  it('ignores what a dead process still says', async () => {
    const { processes, current, analyse } = setUp()
    await current().load()
    const open = analyse('a')
    await current().die()
    processes[0]?.finish(1, 'too late')
    processes[0]?.events.onExit(0)
    expect(processes).toHaveLength(2)
    await current().load()
    current().finish(1, 'in time')
    expect((await open).reason).toBe('in time')
  })

  it('gives up after six deaths in a row without a result, and rejects all that is open', async () => {
    const { host, processes, current, analyse } = setUp()
    const open = [analyse('a'), analyse('b')].map((analysis) =>
      expect(analysis).rejects.toThrow(EngineUnavailableError),
    )
    for (let death = 0; death < 6; death++) await current().die(1)
    expect(processes).toHaveLength(6)
    await Promise.all(open)
    await expect(host.ready()).rejects.toThrow(EngineUnavailableError)
    expect(host.status).toMatchObject({
      state: 'failed',
      reason: expect.stringContaining('6 times'),
    })
    await expect(analyse('later')).rejects.toThrow(EngineUnavailableError)
  })

  it('ends the process of a failed engine, and starts no other', async () => {
    const { host, processes, current } = setUp()
    current().events.onMessage({ type: 'hello', runtime: 'fake' })
    await settled()
    current().events.onMessage({ type: 'failed', id: 0, reason: 'No provider works.' })
    await settled()
    expect(current().killed).toBe(true)
    await current().die()
    expect(processes).toHaveLength(1)
    expect(host.status).toMatchObject({ state: 'failed', reason: 'No provider works.' })
  })

  it('starts counting again after a result', async () => {
    const { host, current, analyse } = setUp()
    for (let round = 0; round < 8; round++) {
      await current().load()
      const work = analyse(`${round}`)
      current().finish(round + 1)
      await work
      await current().die()
    }
    expect(host.status.state).toBe('restarting')
  })

  it('stays down and rejects what is open once it is disposed', async () => {
    const { host, processes, current, analyse } = setUp()
    await current().load()
    const open = analyse('a')
    host.dispose()
    await expect(open).rejects.toThrow(EngineUnavailableError)
    expect(current().killed).toBe(true)
    expect(processes).toHaveLength(1)
  })
})
