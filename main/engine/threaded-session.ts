// A session in a thread of its own, given up when it does not answer.
import { Worker } from 'node:worker_threads'
import type { FromInference, ToInference } from './inference-thread.ts'
import type { ModelSpec } from './protocol.ts'
import type { Batch } from './sessions.ts'
import type { DisposableRunner } from './steady-session.ts'

export interface ThreadedOptions {
  /** The built inference-thread.js. */
  readonly entry: URL
  readonly model: ModelSpec
  readonly provider: string
  /** Of ONNX Runtime for one operator. */
  readonly threads: number
  /** Where optimised graphs are kept; nowhere when absent. */
  readonly keptGraphs?: string | undefined
  readonly patience?: Patience
}

/** Milliseconds until what does not answer is given up. */
export interface Patience {
  /** For loading, and for the first run of a batch size, for which a GPU compiles. */
  readonly firstMs: number
  /** For any other run; longer for a device that was slow before. */
  readonly runMs: number
}

/** A device is not silent before it takes so many times as long as it took at its slowest. */
const slowness = 5

/** A busy machine may hold up its processor for long; a GPU that is silent has lost its device. */
const usualPatience = (provider: string): Patience => ({
  firstMs: 60_000,
  runMs: provider === 'cpu' ? 60_000 : 20_000,
})

interface Call {
  readonly limitMs: number
  readonly resolve: (answer: FromInference) => void
  readonly reject: (reason: Error) => void
}

export class ThreadedSession implements DisposableRunner {
  readonly model: ModelSpec
  /** A GPU is given the next batch before it has done with this one; somebody may wait for a CPU. */
  readonly mostInFlight: number
  private readonly worker: Worker
  private readonly patience: Patience
  /** In the order in which they are answered. */
  private readonly calls: Call[] = []
  private readonly knownSizes = new Set<number>()
  private slowestMsOfPhoto = 0
  private timer: NodeJS.Timeout | undefined
  private broken: Error | undefined

  private constructor({ entry, model, provider, patience }: ThreadedOptions) {
    this.model = model
    this.mostInFlight = provider === 'cpu' ? 1 : 2
    this.patience = patience ?? usualPatience(provider)
    this.worker = new Worker(entry)
    this.worker.on('message', (answer: FromInference) => this.answered(answer))
    this.worker.on('error', (error) => this.giveUp(String(error)))
    this.worker.on('exit', () => this.giveUp('Its thread ended.'))
  }

  /** @throws Error with ONNX Runtime's reason */
  static async open(options: ThreadedOptions): Promise<ThreadedSession> {
    const session = new ThreadedSession(options)
    const { model, provider, threads, keptGraphs } = options
    try {
      const load = { type: 'load', model, provider, threads, keptGraphs } as const
      await session.call(load, session.patience.firstMs)
      return session
    } catch (error) {
      await session.dispose()
      throw error
    }
  }

  /**
   * @param pixelsNhwc sRGB uint8 [size, inputSizePx, inputSizePx, 3]
   * @throws Error with the reason, also when there is no answer in time: then it answers no more
   */
  async run(pixelsNhwc: Uint8Array, size: number): Promise<Batch> {
    const { firstMs, runMs } = this.patience
    const usualMs = this.knownSizes.has(size) ? runMs : firstMs
    const limitMs = Math.max(usualMs, slowness * this.slowestMsOfPhoto * size)
    const answer = await this.call({ type: 'run', pixelsNhwc, size }, limitMs)
    if (answer.type !== 'ran') throw new Error('Expected a batch from the inference thread')
    this.knownSizes.add(size)
    this.slowestMsOfPhoto = Math.max(this.slowestMsOfPhoto, answer.batch.ms / size)
    return answer.batch
  }

  /** Waits for the network to be released, unless it does not answer. */
  async dispose(): Promise<void> {
    if (this.broken === undefined) {
      await this.call({ type: 'dispose' }, this.patience.runMs).catch(() => {})
    }
    this.giveUp('It was closed.')
    // Native code that hangs cannot be ended: nobody waits for it.
    void this.worker.terminate()
  }

  private call(message: ToInference, limitMs: number): Promise<FromInference> {
    if (this.broken !== undefined) return Promise.reject(this.broken)
    return new Promise((resolve, reject) => {
      this.calls.push({ limitMs, resolve, reject })
      // Not handed over: another provider may have to run the same pixels.
      this.worker.postMessage(message)
      if (this.calls.length === 1) this.watch()
    })
  }

  private answered(answer: FromInference): void {
    const call = this.calls.shift()
    this.watch()
    if (answer.type === 'failed') call?.reject(new Error(answer.reason))
    else call?.resolve(answer)
  }

  /** Gives the call in hand its time. */
  private watch(): void {
    clearTimeout(this.timer)
    const [inHand] = this.calls
    if (inHand === undefined) return
    this.timer = setTimeout(() => {
      // Its answer may lie there unread, when this thread was busy for so long.
      setImmediate(() => {
        if (this.calls[0] !== inHand) return
        this.giveUp(
          `It did not answer within ${Number((inHand.limitMs / 1000).toPrecision(3))} seconds.`,
        )
      })
    }, inHand.limitMs)
  }

  private giveUp(reason: string): void {
    clearTimeout(this.timer)
    this.broken ??= new Error(reason)
    for (const { reject } of this.calls.splice(0)) reject(this.broken)
  }
}
