// An engine process and a tuning cache whose parts a test plays.
import { onTestFinished } from 'vitest'
import type { EngineStatus } from '../../../preload/contract/domain.ts'
import type { Child, ChildEvents, Fork } from '../child-process.ts'
import { EngineHost } from '../host.ts'
import {
  type AnalyseRequest,
  type Analysis,
  type FromEngine,
  type LoadRequest,
  type ModelSpec,
  type ToEngine,
  type Tuning,
  unknownFacts,
} from '../protocol.ts'
import type { ProviderChoice, ProviderWishes } from '../providers.ts'
import { TuningCache } from '../tuning-cache.ts'
import type { AnalyseOptions } from '../work-queue.ts'

export const model: ModelSpec = {
  id: 'tiny',
  onnxPath: 'tiny.onnx',
  sha256: 'ab'.repeat(32),
  inputSizePx: 32,
  classCount: 2,
  embeddingDim: 4,
  unitCount: 0,
}
export const tuning: Tuning = {
  provider: 'cpu',
  why: 'It is the only one that works here.',
  trials: [],
  substitutes: [],
  floatOn: [],
  threads: 1,
  batchSize: 2,
  decodeWorkers: 2,
}

export const choice: ProviderChoice = {
  provider: tuning.provider,
  why: tuning.why,
  trials: [],
  substitutes: [],
  floatOn: [],
}

export const analysisOf = (name: string): Analysis => ({
  status: 'ok',
  reason: name,
  facts: unknownFacts,
  picture: undefined,
  prediction: undefined,
  decodeMs: 1,
  inferMs: 1,
})

/** A process that does nothing by itself: the test plays its part. */
export class FakeProcess implements Child<ToEngine> {
  readonly sent: ToEngine[] = []
  killed = false

  constructor(readonly events: ChildEvents<FromEngine>) {}

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

  /** Plays the start of a process: its hello, and the model loaded on a provider. */
  async load(measured = false, provider = tuning.provider): Promise<void> {
    this.events.onMessage({ type: 'hello', runtime: 'fake' })
    await settled()
    this.events.onMessage({ type: 'loaded', id: 0, tuning: { ...tuning, provider }, measured })
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
export class FakeTunings extends TuningCache {
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
export const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

export function setUpHost(onlyProviders: readonly string[] = []) {
  const processes: FakeProcess[] = []
  const statuses: EngineStatus[] = []
  const tunings = new FakeTunings()
  const wishesSeen: ProviderWishes[] = []
  const preferred = { provider: 'auto' }
  const fork: Fork<ToEngine, FromEngine> = (events) => {
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
    preferredProvider: () => preferred.provider,
    choose: (_model, wishes) => {
      wishesSeen.push(wishes)
      return Promise.resolve(choice)
    },
    onStatus: (status) => statuses.push(status),
  })
  onTestFinished(() => host.dispose())
  /** The process that runs now. */
  const current = (): FakeProcess => {
    const child = processes.at(-1)
    if (child === undefined) throw new Error('Expected a process but none was forked')
    return child
  }
  const analyse = (name: string, options: Partial<AnalyseOptions> = {}): Promise<Analysis> =>
    host.analyse({ kind: 'file', path: name }, { urgent: false, topCount: 5, ...options })
  return { host, processes, statuses, tunings, current, analyse, wishesSeen, preferred }
}

export const nameOf = ({ source }: AnalyseRequest): string =>
  source.kind === 'file' ? String(source.path) : source.name

/** Starts what was sent, in the order that it was sent. */
export const idOf = (child: FakeProcess, name: string): number => {
  const request = child.analyses.find((candidate) => nameOf(candidate) === name)
  if (request === undefined) throw new Error(`Expected ${name} to have been sent`)
  return request.id
}
