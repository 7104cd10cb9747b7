// Owns the engine: starts its process, loads the model into it, hands it work, starts it again.
import type { EngineStatus } from '../../preload/contract/domain.ts'
import type { Fork } from './child-process.ts'
import type {
  Analysis,
  FromEngine,
  ImageSource,
  LoadRequest,
  ModelSpec,
  ToEngine,
  Tuning,
} from './protocol.ts'
import { ProviderBlame } from './provider-blame.ts'
import type { ChooseProvider } from './providers.ts'
import { RenderCalls } from './render-calls.ts'
import type { TuningCache } from './tuning-cache.ts'
import { WatchedProcess } from './watched-process.ts'
import { type PromiseWithResolvers, withResolvers } from './with-resolvers.ts'
import { type AnalyseOptions, WorkQueue } from './work-queue.ts'

export interface HostOptions {
  readonly fork: Fork<ToEngine, FromEngine>
  readonly model: ModelSpec
  readonly modelName: string
  readonly tunings: TuningCache
  /** Restricts the execution providers that are tried; empty = all. */
  readonly onlyProviders: readonly string[]
  /** Taken before a faster one when it is correct; "auto" for none. */
  readonly preferredProvider?: (() => string) | undefined
  readonly choose: ChooseProvider
  /** Folder for optimised graphs; none are kept when absent. */
  readonly keptGraphs?: string | undefined
  readonly onStatus: (status: EngineStatus) => void
}

type Switched = Extract<FromEngine, { type: 'switched' }>

const respawnsWithoutProgress = 5

/** Raised for everything still open when the engine cannot be had any more. */
export class EngineUnavailableError extends Error {}

export class EngineHost {
  private readonly process: WatchedProcess
  private readonly work = new WorkQueue()
  private readonly renders = new RenderCalls()
  private readonly blame: ProviderBlame
  private loaded = false
  private fruitlessRespawns = 0
  private readonly whenReady: PromiseWithResolvers<EngineStatus>
  private current: EngineStatus
  private runtime = ''
  /** What was just measured, for the process that is to work by it. */
  private measured: Tuning | undefined
  private hasMeasured = false
  /** What the engine works by. */
  private tuning: Tuning | undefined
  /** Ends trials when the host ends, or when others are asked for. */
  private trials = new AbortController()

  constructor(private readonly options: HostOptions) {
    this.whenReady = withResolvers()
    // A host that is only asked for its status must not raise an unhandled rejection.
    this.whenReady.promise.catch(() => {})
    this.current = {
      state: 'starting',
      model: options.modelName,
      modelId: options.model.id,
      executionProvider: '',
      inFloats: false,
      whyProvider: '',
      trials: [],
      threads: 0,
      batchSize: 0,
      decodeWorkers: 0,
      reason: '',
    }
    this.blame = new ProviderBlame(options.onlyProviders)
    this.process = new WatchedProcess(options.fork, {
      onMessage: (message) => void this.receive(message),
      onDeath: (code) => this.afterDeath(code),
      isBusy: () => this.work.isBusy || !this.loaded,
    })
    this.process.start()
  }

  get status(): EngineStatus {
    return this.current
  }

  /** "ONNX Runtime 1.30.0"; empty until the process has said so. */
  get inferenceRuntime(): string {
    return this.runtime
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
    return this.work.add(source, options)
  }

  /** An upright sRGB JPEG of at most `maxSidePx`, for formats a browser cannot show. */
  render(source: ImageSource, maxSidePx: number): Promise<Uint8Array> {
    if (!this.loaded) {
      return Promise.reject(new EngineUnavailableError('The engine is starting.'))
    }
    return this.renders.ask(this.process.send, source, maxSidePx)
  }

  /** Forgets what was measured and what failed, and tries every provider anew. */
  async tryProvidersAgain(): Promise<void> {
    if (this.current.state === 'failed') return
    this.blame.forgive()
    await this.options.tunings.forget(this.options.model, this.restriction)
    this.startOver()
  }

  /** Another provider was chosen: what is known of it counts. */
  preferenceChanged(): void {
    if (this.current.state !== 'failed') this.startOver()
  }

  dispose(): void {
    this.trials.abort(new Error('Latent is closing.'))
    this.process.dispose()
    this.failAll(new EngineUnavailableError('Latent is closing.'))
  }

  private async receive(message: FromEngine): Promise<void> {
    switch (message.type) {
      case 'hello':
        this.runtime = message.runtime
        return this.load()
      case 'pong':
        return
      case 'trying':
        this.blame.tries(message.provider)
        return
      case 'measuring':
        this.setStatus({ reason: 'Measuring this computer, once.' })
        return
      case 'switched':
        return this.onSwitched(message)
      case 'smaller-batch':
        this.setStatus({
          batchSize: message.batchSize,
          reason: `The device's memory holds no more than ${message.batchSize} photos at a time.`,
        })
        return
      case 'loaded':
        return this.onLoaded(message.tuning, message.measured)
      case 'started':
        this.work.started(message.id)
        return
      case 'analysed':
        if (!this.work.analysed(message.id, message.analysis)) return
        this.fruitlessRespawns = 0
        this.blame.analysed()
        return
      case 'rendered':
        this.renders.rendered(message.id, message.jpeg)
        return
      case 'failed':
        if (!this.renders.failed(message.id, message.reason)) {
          await this.onLoadFailed(message.reason)
        }
        return
    }
  }

  private async load(): Promise<void> {
    const { model, tunings } = this.options
    const { benched } = this.blame
    const remembered = this.measured ?? (await tunings.read(model, this.restriction))
    this.measured = undefined
    const isBenched = benched.some(({ provider }) => provider === remembered?.provider)
    if (remembered !== undefined && !isBenched) {
      const plan = { kind: 'remembered', tuning: remembered } as const
      this.sendLoad(model, plan)
      return
    }
    await this.loadByTrial()
  }

  /** The process waits, and answers pings, while others try the providers. */
  private async loadByTrial(): Promise<void> {
    const { model, onlyProviders: only, choose } = this.options
    this.trials.abort(new Error('Others are asked for.'))
    this.trials = new AbortController()
    const { signal } = this.trials
    this.setStatus({ reason: 'Trying what this computer offers, once.' })
    try {
      const { benched } = this.blame
      const choice = await choose(model, { benched, only, preferred: this.preferred, signal })
      if (signal.aborted) return
      this.sendLoad(model, { kind: 'measure', choice })
    } catch (error) {
      if (signal.aborted) return
      this.giveUp(error instanceof Error ? error.message : String(error))
    }
  }

  private sendLoad(model: ModelSpec, plan: LoadRequest['plan']): void {
    const { keptGraphs } = this.options
    this.process.send({ type: 'load', id: 0, model, plan, keptGraphs })
  }

  private async onLoaded(tuning: Tuning, measured: boolean): Promise<void> {
    const { reason } = this.blame
    if (measured && !this.hasMeasured) {
      // Measuring leaves a heap that does not shrink again, and work has no use for: once a new
      // process does. A second time something is wrong already, and starting it might not help.
      this.hasMeasured = true
      this.measured = tuning
      this.process.restart()
    } else {
      this.goToWork(tuning, reason)
    }
    // Also what a provider's bad day led to: it is tried again when the person asks for it.
    if (measured) await this.options.tunings.write(this.options.model, this.restriction, tuning)
  }

  private goToWork(tuning: Tuning, reason: string): void {
    this.blame.worksOn(tuning.provider)
    this.loaded = true
    this.tuning = tuning
    this.setStatus({
      state: 'ready',
      executionProvider: tuning.provider,
      inFloats: tuning.floatOn.includes(tuning.provider),
      whyProvider: tuning.why,
      trials: tuning.trials,
      threads: tuning.threads,
      batchSize: tuning.batchSize,
      decodeWorkers: tuning.decodeWorkers,
      reason,
    })
    this.whenReady.resolve(this.current)
    this.work.open(this.process.send)
  }

  /** The engine went on by itself; the next start is to begin there. */
  private async onSwitched({ from, to, reason, batchSize }: Switched): Promise<void> {
    const before = this.tuning
    if (before === undefined) return
    this.blame.switched(from, to, reason)
    const trials = before.trials.map((trial) => {
      const isUsed = (trial.form === 'float') === before.floatOn.includes(trial.provider)
      if (trial.provider === to && isUsed) return { ...trial, ok: true, reason: '' }
      if (trial.provider !== from || !isUsed) return trial
      return { ...trial, ok: false, reason: `It failed while it worked: ${reason}` }
    })
    const why = `It took over from ${from}.`
    const substitutes = before.substitutes.filter((provider) => provider !== to)
    this.tuning = { ...before, provider: to, why, trials, substitutes, batchSize }
    this.setStatus({
      executionProvider: to,
      inFloats: before.floatOn.includes(to),
      whyProvider: why,
      trials,
      batchSize,
      reason: this.blame.reason,
    })
    await this.options.tunings.write(this.options.model, this.restriction, this.tuning)
  }

  /** A remembered choice that no longer loads (another driver, a moved file) is measured anew. */
  private async onLoadFailed(reason: string): Promise<void> {
    const { model, tunings } = this.options
    const remembered = await tunings.read(model, this.restriction)
    if (remembered !== undefined) {
      await tunings.forget(model, this.restriction)
      return this.load()
    }
    if (this.blame.failedToLoad(reason)) return this.load()
    this.giveUp(reason)
  }

  private get preferred(): string | undefined {
    const preferred = this.options.preferredProvider?.() ?? 'auto'
    return preferred === 'auto' ? undefined : preferred
  }

  /** What a measurement holds for. */
  private get restriction(): readonly string[] {
    const { onlyProviders } = this.options
    if (onlyProviders.length > 0 || this.preferred === undefined) return onlyProviders
    return [`prefer ${this.preferred}`]
  }

  /** Work under way is done again by the next process. */
  private startOver(): void {
    this.trials.abort(new Error('Others are asked for.'))
    this.loaded = false
    this.hasMeasured = false
    this.measured = undefined
    this.renders.failAll(new Error('The engine is starting again.'))
    this.work.recall()
    this.setStatus({ state: 'restarting', reason: 'Another provider is taken.' })
    this.process.restart()
  }

  private afterDeath(code: number | null): void {
    this.loaded = false
    this.renders.failAll(new Error('The engine stopped.'))
    const culprit = this.blame.died(code)
    if (culprit !== 'provider-in-trial') this.fruitlessRespawns++
    const setAside = this.work.close(culprit !== 'files')
    // It ran on what had replaced the provider, and died just the same.
    if (setAside && this.blame.reason !== '') {
      this.blame.pardon()
      void this.options.tunings.forget(this.options.model, this.restriction)
    }
    if (this.fruitlessRespawns > respawnsWithoutProgress) {
      this.giveUp(
        `The engine stopped ${this.fruitlessRespawns} times in a row (exit code ${code ?? 'unknown'}).`,
      )
      return
    }
    this.setStatus({ state: 'restarting', reason: this.blame.reason || restarting })
    this.process.start()
  }

  private giveUp(reason: string): void {
    this.setStatus({ state: 'failed', reason })
    this.process.dispose()
    const error = new EngineUnavailableError(reason)
    this.whenReady.reject(error)
    this.failAll(error)
  }

  private failAll(error: Error): void {
    this.work.failAll(error)
    this.renders.failAll(error)
  }

  private setStatus(change: Partial<EngineStatus>): void {
    this.current = { ...this.current, ...change }
    this.options.onStatus(this.current)
  }
}

const restarting = 'The engine stopped and is starting again.'
