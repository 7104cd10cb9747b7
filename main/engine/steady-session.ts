// A session that survives its provider: halves a batch that memory cannot hold, goes on with another.
import type { BatchRunner } from './pipeline.ts'
import type { ModelSpec } from './protocol.ts'
import type { Batch } from './sessions.ts'

export interface DisposableRunner extends BatchRunner {
  dispose(): Promise<void>
}

export interface SteadyOptions {
  readonly load: (provider: string) => Promise<DisposableRunner>
  /** Past which batches bring a provider nothing. */
  readonly largestBatchOn: (provider: string) => number
  /** A provider failed at work, and what is left goes on with another. */
  readonly onSwitch: (from: string, to: string, reason: string) => void
  readonly onSmallerBatch: (batchSize: number) => void
}

const outOfMemory =
  /out[ _]of[ _]((device|host)[ _])?memory|failed to allocate|bad_?alloc|allocation failed|CUDA_ERROR_OUT_OF_MEMORY|E_OUTOFMEMORY/i

/** Owns the session that it runs on. */
export class SteadySession implements DisposableRunner {
  private most = Number.POSITIVE_INFINITY
  private switching: Promise<void> | undefined

  private constructor(
    readonly model: ModelSpec,
    private session: DisposableRunner,
    private provider: string,
    private substitutes: readonly string[],
    private readonly options: SteadyOptions,
  ) {}

  /**
   * @param providers the one to run on, and what to go on with, the best first
   * @throws Error with the reason when the first one cannot be loaded
   */
  static async open(
    model: ModelSpec,
    [provider = 'cpu', ...substitutes]: readonly string[],
    options: SteadyOptions,
  ): Promise<SteadySession> {
    const session = await options.load(provider)
    return new SteadySession(model, session, provider, substitutes, options)
  }

  get mostInFlight(): number {
    return this.session.mostInFlight
  }

  get largestBatch(): number {
    return this.most
  }

  /**
   * @param pixelsNhwc sRGB uint8 [size, inputSizePx, inputSizePx, 3]
   * @throws Error with the last provider's reason, when none is left
   */
  async run(pixelsNhwc: Uint8Array, size: number): Promise<Batch> {
    if (size > this.most) return this.runHalves(pixelsNhwc, size)
    const { session } = this
    try {
      return await session.run(pixelsNhwc, size)
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      if (outOfMemory.test(reason) && size > 1) {
        const half = Math.ceil(size / 2)
        if (half < this.most) {
          this.most = half
          this.options.onSmallerBatch(half)
        }
        return this.runHalves(pixelsNhwc, size)
      }
      // Of two batches under way the other may have told first.
      if (this.session === session) {
        this.switching ??= this.goOnWithNext(reason, error).finally(() => {
          this.switching = undefined
        })
        await this.switching
      }
      // Once: should the substitute fail on this very batch, the batch may be to blame.
      return this.session.run(pixelsNhwc, size)
    }
  }

  async dispose(): Promise<void> {
    await this.session.dispose()
  }

  private async goOnWithNext(reason: string, error: unknown): Promise<void> {
    const [next, ...rest] = this.substitutes
    if (next === undefined) throw error
    const failed = this.provider
    await this.session.dispose().catch(() => {
      // A device that was lost cannot be given back.
    })
    this.session = await this.options.load(next)
    this.provider = next
    this.substitutes = rest
    // What was made ready for a device would keep a processor from whoever waits for one photo.
    this.most = this.options.largestBatchOn(next)
    this.options.onSwitch(failed, next, reason)
  }

  private async runHalves(pixelsNhwc: Uint8Array, size: number): Promise<Batch> {
    const photoBytes = pixelsNhwc.byteLength / size
    const half = Math.ceil(size / 2)
    const first = await this.run(pixelsNhwc.subarray(0, half * photoBytes), half)
    const second = await this.run(pixelsNhwc.subarray(half * photoBytes), size - half)
    return {
      size,
      probabilities: joined(Float32Array, first.probabilities, second.probabilities),
      embeddings: joined(Uint16Array, first.embeddings, second.embeddings),
      unitMaxima: joined(Uint16Array, first.unitMaxima, second.unitMaxima),
      ms: first.ms + second.ms,
    }
  }
}

function joined<T extends Float32Array | Uint16Array>(
  Kind: new (length: number) => T,
  first: T,
  second: T,
): T {
  const all = new Kind(first.length + second.length)
  all.set(first)
  all.set(second, first.length)
  return all
}
