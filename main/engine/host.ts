// Owns the engine process: queue, back-pressure, watchdog, respawn, quarantine of deadly files.
import type { EngineStatus, ProviderTrial } from '../../preload/contract/domain.ts'
import type { Analysis, FromEngine, ImageSource, ModelSpec, ToEngine, Tuning } from './protocol.ts'
import { unknownFacts } from './protocol.ts'
import type { TuningCache } from './tuning-cache.ts'

/** A running engine process, whatever started it. */
export interface EngineChild {
  send(message: ToEngine): void
  kill(): void
}

export interface ChildEvents {
  readonly onMessage: (message: FromEngine) => void
  readonly onExit: (code: number | null) => void
}

export type ForkEngine = (events: ChildEvents) => EngineChild

export interface HostOptions {
  readonly fork: ForkEngine
  readonly model: ModelSpec
  readonly modelName: string
  readonly tunings: TuningCache
  /** Restricts the execution providers that are tried; empty = all. */
  readonly onlyProviders: readonly string[]
  readonly onStatus: (status: EngineStatus) => void
}

export interface AnalyseOptions {
  readonly urgent: boolean
  readonly topCount: number
  readonly signal?: AbortSignal
}

interface Pending {
  readonly id: number
  readonly source: ImageSource
  readonly options: AnalyseOptions
  readonly settle: (analysis: Analysis) => void
  readonly abort: (reason: Error) => void
  /** A decoder of the current process has taken it. */
  started: boolean
  /** Processes that died while it was in hand. */
  deaths: number
}

/** Enough to keep decoders and batches full; the rest waits here, where it can be dropped. */
const mostInFlight = 48
const pingIntervalMs = 5_000
/** The engine answers a ping between two batches; a longer silence is a hang. */
const silenceLimitMs = 60_000
const deathsToQuarantine = 2
const respawnsWithoutProgress = 5

/** Raised for everything still open when the engine cannot be had any more. */
export class EngineUnavailableError extends Error {}

export class EngineHost {
  private child: EngineChild | undefined
  private loaded = false
  private nextId = 1
  private readonly queue: Pending[] = []
  private readonly inFlight = new Map<number, Pending>()
  private readonly renders = new Map<
    number,
    { resolve: (jpeg: Uint8Array) => void; reject: (error: Error) => void }
  >()
  private readonly benched: ProviderTrial[] = []
  private trying: string | undefined
  /** Files that were in hand when a process died: they run one at a time until cleared. */
  private readonly suspects = new Set<Pending>()
  private fruitlessRespawns = 0
  private lastHeardMs = 0
  private readonly watchdog: NodeJS.Timeout
  private disposed = false
  private readonly whenReady: PromiseWithResolvers<EngineStatus>
  private current: EngineStatus

  constructor(private readonly options: HostOptions) {
    this.whenReady = withResolvers()
    // A host that is only asked for its status must not raise an unhandled rejection.
    this.whenReady.promise.catch(() => {})
    this.current = {
      state: 'starting',
      model: options.modelName,
      modelId: options.model.id,
      executionProvider: '',
      trials: [],
      threads: 0,
      batchSize: 0,
      decodeWorkers: 0,
      reason: '',
    }
    this.watchdog = setInterval(() => this.watch(), pingIntervalMs)
    this.watchdog.unref()
    void this.spawn()
  }

  get status(): EngineStatus {
    return this.current
  }

  /** Resolves when the model is loaded; rejects when it cannot be. */
  ready(): Promise<EngineStatus> {
    return this.whenReady.promise
  }

  /**
   * Decodes and classifies one image. Resolves with a status for whatever is the file's fault.
   *
   * @throws EngineUnavailableError when there is no engine, or the signal's reason when aborted
   */
  analyse(source: ImageSource, options: AnalyseOptions): Promise<Analysis> {
    if (this.current.state === 'failed') {
      return Promise.reject(new EngineUnavailableError(this.current.reason))
    }
    return new Promise((resolve, reject) => {
      const { signal } = options
      signal?.throwIfAborted()
      const onAbort = (): void => this.drop(pending, signal?.reason)
      const done = (): void => signal?.removeEventListener('abort', onAbort)
      const pending: Pending = {
        id: this.nextId++,
        source,
        options,
        started: false,
        deaths: 0,
        settle: (analysis) => {
          done()
          resolve(analysis)
        },
        abort: (reason) => {
          done()
          reject(reason)
        },
      }
      signal?.addEventListener('abort', onAbort, { once: true })
      if (options.urgent) this.queue.unshift(pending)
      else this.queue.push(pending)
      this.pump()
    })
  }

  /** An upright sRGB JPEG of at most `maxSidePx`, for formats a browser cannot show. */
  render(source: ImageSource, maxSidePx: number): Promise<Uint8Array> {
    const { child } = this
    if (child === undefined || !this.loaded) {
      return Promise.reject(new EngineUnavailableError('The engine is starting.'))
    }
    return new Promise((resolve, reject) => {
      const id = this.nextId++
      this.renders.set(id, { resolve, reject })
      child.send({ type: 'render', id, source, maxSidePx })
    })
  }

  dispose(): void {
    this.disposed = true
    clearInterval(this.watchdog)
    this.child?.kill()
    this.failAll(new EngineUnavailableError('Latent is closing.'))
  }

  private spawn(): void {
    this.loaded = false
    this.lastHeardMs = Date.now()
    const child = this.options.fork({
      onMessage: (message) => {
        if (this.child === child) void this.receive(message)
      },
      onExit: (code) => {
        if (this.child === child) void this.afterDeath(code)
      },
    })
    this.child = child
  }

  private async receive(message: FromEngine): Promise<void> {
    this.lastHeardMs = Date.now()
    switch (message.type) {
      case 'hello':
        return this.load()
      case 'pong':
        return
      case 'trying':
        this.trying = message.provider
        return
      case 'measuring':
        this.setStatus({ reason: 'Measuring this computer, once.' })
        return
      case 'loaded':
        return this.onLoaded(message.tuning, message.measured)
      case 'started': {
        const pending = this.inFlight.get(message.id)
        if (pending !== undefined) pending.started = true
        return
      }
      case 'analysed':
        this.onAnalysed(message.id, message.analysis)
        return
      case 'rendered':
        this.renders.get(message.id)?.resolve(message.jpeg)
        this.renders.delete(message.id)
        return
      case 'failed': {
        const render = this.renders.get(message.id)
        this.renders.delete(message.id)
        if (render !== undefined) render.reject(new Error(message.reason))
        else await this.onLoadFailed(message.reason)
        return
      }
    }
  }

  private async load(): Promise<void> {
    const { model, tunings, onlyProviders } = this.options
    const remembered = await tunings.read(model, onlyProviders)
    const usable = this.benched.some(({ provider }) => provider === remembered?.provider)
      ? undefined
      : remembered
    this.child?.send({
      type: 'load',
      id: 0,
      model,
      tuning: usable,
      benched: this.benched,
      only: onlyProviders,
    })
  }

  private async onLoaded(tuning: Tuning, measured: boolean): Promise<void> {
    const { model, tunings, onlyProviders } = this.options
    this.trying = undefined
    this.loaded = true
    this.setStatus({
      state: 'ready',
      executionProvider: tuning.provider,
      trials: tuning.trials,
      threads: tuning.threads,
      batchSize: tuning.batchSize,
      decodeWorkers: tuning.decodeWorkers,
      reason: '',
    })
    this.whenReady.resolve(this.current)
    this.pump()
    if (measured) await tunings.write(model, onlyProviders, tuning)
  }

  /** A remembered choice that no longer loads (another driver, a moved file) is measured anew. */
  private async onLoadFailed(reason: string): Promise<void> {
    const { model, tunings, onlyProviders } = this.options
    const remembered = await tunings.read(model, onlyProviders)
    if (remembered !== undefined) {
      await tunings.forget(model, onlyProviders)
      return this.load()
    }
    this.giveUp(reason)
  }

  private onAnalysed(id: number, analysis: Analysis): void {
    const pending = this.inFlight.get(id)
    if (pending === undefined) return
    this.inFlight.delete(id)
    this.suspects.delete(pending)
    this.fruitlessRespawns = 0
    pending.settle(analysis)
    this.pump()
  }

  /** While there are suspects, one of them runs alone, so that a second death has one culprit. */
  private pump(): void {
    const { child } = this
    if (!this.loaded || child === undefined) return
    if (this.suspects.size > 0) {
      const [suspect] = this.suspects
      if (this.inFlight.size === 0 && suspect !== undefined) this.dispatch(child, suspect)
      return
    }
    while (
      this.queue.length > 0 &&
      (this.inFlight.size < mostInFlight || this.queue[0]?.options.urgent)
    ) {
      const next = this.queue.shift()
      if (next !== undefined) this.dispatch(child, next)
    }
  }

  private dispatch(child: EngineChild, pending: Pending): void {
    pending.started = false
    this.inFlight.set(pending.id, pending)
    const { id, source, options } = pending
    child.send({
      type: 'analyse',
      id,
      source,
      urgent: options.urgent || this.suspects.has(pending),
      topCount: options.topCount,
    })
  }

  private drop(pending: Pending, reason: unknown): void {
    const at = this.queue.indexOf(pending)
    if (at >= 0) this.queue.splice(at, 1)
    if (this.inFlight.delete(pending.id)) this.child?.send({ type: 'forget', ids: [pending.id] })
    this.suspects.delete(pending)
    pending.abort(reason instanceof Error ? reason : new Error('The work was cancelled.'))
    this.pump()
  }

  private watch(): void {
    if (this.child === undefined) return
    const busy = this.inFlight.size > 0 || !this.loaded
    if (busy && Date.now() - this.lastHeardMs > silenceLimitMs) {
      this.child.kill()
      return
    }
    this.child.send({ type: 'ping' })
  }

  private async afterDeath(code: number | null): Promise<void> {
    if (this.disposed || this.current.state === 'failed') return
    this.child = undefined
    for (const { reject } of this.renders.values()) reject(new Error('The engine stopped.'))
    this.renders.clear()
    if (this.trying !== undefined && this.trying !== 'cpu') {
      this.benched.push({
        provider: this.trying,
        ok: false,
        reason: `It stopped the engine while it was tried (exit code ${code}).`,
      })
      this.trying = undefined
    } else {
      this.fruitlessRespawns++
    }
    this.blame()
    if (this.fruitlessRespawns > respawnsWithoutProgress) {
      this.giveUp(
        `The engine stopped ${this.fruitlessRespawns} times in a row (exit code ${code}).`,
      )
      return
    }
    this.setStatus({ state: 'restarting', reason: 'The engine stopped and is starting again.' })
    this.spawn()
  }

  /** What was in hand is suspect; what was only sent goes back to the queue's front. */
  private blame(): void {
    const flown = [...this.inFlight.values()]
    this.inFlight.clear()
    const inHand = flown.filter(({ started }) => started)
    for (const pending of flown.filter(({ started }) => !started).reverse()) {
      // A suspect is kept in its own list: in the queue as well, it would run twice.
      if (!this.suspects.has(pending)) this.queue.unshift(pending)
    }
    for (const pending of inHand) {
      pending.deaths++
      if (pending.deaths >= deathsToQuarantine && inHand.length === 1) {
        this.suspects.delete(pending)
        pending.settle(quarantined)
      } else {
        this.suspects.add(pending)
      }
    }
  }

  private giveUp(reason: string): void {
    this.setStatus({ state: 'failed', reason })
    this.child?.kill()
    const error = new EngineUnavailableError(reason)
    this.whenReady.reject(error)
    this.failAll(error)
  }

  private failAll(error: Error): void {
    const open = [...this.queue, ...this.inFlight.values(), ...this.suspects]
    this.queue.length = 0
    this.inFlight.clear()
    this.suspects.clear()
    for (const pending of new Set(open)) pending.abort(error)
    for (const { reject } of this.renders.values()) reject(error)
    this.renders.clear()
  }

  private setStatus(change: Partial<EngineStatus>): void {
    this.current = { ...this.current, ...change }
    this.options.onStatus(this.current)
  }
}

const quarantined: Analysis = {
  status: 'crashed',
  reason: 'The engine stopped twice while reading it.',
  facts: unknownFacts,
  picture: undefined,
  prediction: undefined,
  decodeMs: 0,
  inferMs: 0,
}

function withResolvers<T>(): PromiseWithResolvers<T> {
  let resolve!: PromiseWithResolvers<T>['resolve']
  let reject!: PromiseWithResolvers<T>['reject']
  const promise = new Promise<T>((onResolve, onReject) => {
    resolve = onResolve
    reject = onReject
  })
  return { promise, resolve, reject }
}

interface PromiseWithResolvers<T> {
  readonly promise: Promise<T>
  readonly resolve: (value: T) => void
  readonly reject: (error: Error) => void
}
