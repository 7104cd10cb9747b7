// Owns the engine: starts its process, loads the model into it, hands it work, starts it again.
import type { EngineStatus } from '../../preload/contract/domain.ts'
import type { Fork } from './child-process.ts'
import type { Analysis, FromEngine, ImageSource, ModelSpec, ToEngine, Tuning } from './protocol.ts'
import { ProviderBlame } from './provider-blame.ts'
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
  readonly onStatus: (status: EngineStatus) => void
}

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

  dispose(): void {
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
    const { model, tunings, onlyProviders } = this.options
    const { benched } = this.blame
    const remembered = this.measured ?? (await tunings.read(model, onlyProviders))
    this.measured = undefined
    const isBenched = benched.some(({ provider }) => provider === remembered?.provider)
    this.process.send({
      type: 'load',
      id: 0,
      model,
      tuning: isBenched ? undefined : remembered,
      benched,
      only: onlyProviders,
    })
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
    // Not what a provider's bad day led to: the next start of the program tries it again.
    if (measured && reason === '') {
      const { model, tunings, onlyProviders } = this.options
      await tunings.write(model, onlyProviders, tuning)
    }
  }

  private goToWork(tuning: Tuning, reason: string): void {
    this.blame.worksOn(tuning.provider)
    this.loaded = true
    this.setStatus({
      state: 'ready',
      executionProvider: tuning.provider,
      trials: tuning.trials,
      threads: tuning.threads,
      batchSize: tuning.batchSize,
      decodeWorkers: tuning.decodeWorkers,
      reason,
    })
    this.whenReady.resolve(this.current)
    this.work.open(this.process.send)
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

  private afterDeath(code: number | null): void {
    this.loaded = false
    this.renders.failAll(new Error('The engine stopped.'))
    const culprit = this.blame.died(code)
    if (culprit !== 'provider-in-trial') this.fruitlessRespawns++
    const setAside = this.work.close(culprit !== 'files')
    // It ran on what had replaced the provider, and died just the same.
    if (setAside) this.blame.pardon()
    if (this.fruitlessRespawns > respawnsWithoutProgress) {
      this.giveUp(
        `The engine stopped ${this.fruitlessRespawns} times in a row (exit code ${code}).`,
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
