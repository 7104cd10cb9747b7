// Keeps decoders and the network busy at once: queue -> decode -> batch -> predict.

import { assertNever } from '../../preload/contract/errors.ts'
import type { DecodePool, PoolReply } from './decode-pool.ts'
import type { DecodeOutcome, DecodeTask } from './decode-task.ts'
import { predictionAt } from './postprocess.ts'
import { type AnalyseRequest, type Analysis, type ModelSpec, unknownFacts } from './protocol.ts'
import type { Batch } from './sessions.ts'

/** A decoder that dies on a file gets one more go at it before the file is given up. */
const decodeAttempts = 2
/** So often in a row the network has to wait for photos before another decoder is started. */
const waitsToGrow = 3

interface Queued {
  readonly request: AnalyseRequest
  readonly attempt: number
}

interface Ready {
  readonly request: AnalyseRequest
  readonly outcome: DecodeOutcome
  readonly pixels: Uint8Array
}

export interface PipelineEvents {
  /** A decoder has taken the file. */
  readonly onStarted: (id: number) => void
  readonly onAnalysed: (id: number, analysis: Analysis) => void
  /** The network itself failed: nothing that is the files' fault. */
  readonly onBroken: (reason: string) => void
}

/** A session, or what stands for one in a test. */
export interface BatchRunner {
  readonly model: ModelSpec
  /** How many batches it may be given at a time. */
  readonly mostInFlight: number
  /** Larger batches bring nothing, or do not fit; it may change at work. Unknown when absent. */
  readonly largestBatch?: number
  /** @param pixelsNhwc sRGB uint8 [size, inputSizePx, inputSizePx, 3] */
  run(pixelsNhwc: Uint8Array, size: number): Promise<Batch>
}

/** Owns neither the session nor the pool. */
export class Pipeline {
  private readonly queue: Queued[] = []
  private readonly ready: Ready[] = []
  private decoding = 0
  private inFlight = 0
  private waits = 0

  constructor(
    private readonly session: BatchRunner,
    private readonly pool: Pick<DecodePool, 'run' | 'hasRoom' | 'grow'>,
    private readonly wantedBatch: number,
    private readonly events: PipelineEvents,
  ) {}

  private get batchSize(): number {
    return Math.min(this.wantedBatch, this.session.largestBatch ?? this.wantedBatch)
  }

  add(request: AnalyseRequest): void {
    if (request.urgent) this.queue.unshift({ request, attempt: 1 })
    else this.queue.push({ request, attempt: 1 })
    this.pump()
  }

  /** Drops requests that no decoder has taken yet. */
  forget(ids: ReadonlySet<number>): void {
    const kept = this.queue.filter(({ request }) => !ids.has(request.id))
    this.queue.splice(0, this.queue.length, ...kept)
  }

  /** Hands out work wherever there is room; called after everything that makes room. */
  pump(): void {
    // Decoded photos wait in memory: stop decoding when two batches lie ready.
    for (let [next] = this.queue; next !== undefined; [next] = this.queue) {
      const room = this.pool.hasRoom && this.ready.length < this.batchSize * 2
      if (!room && !next.request.urgent) break
      this.queue.shift()
      void this.decode(next)
    }
    while (this.inFlight < this.session.mostInFlight && this.shouldInfer()) void this.infer()
  }

  /** A batch runs when it is full, when somebody waits for it, or when nothing more will join it. */
  private shouldInfer(): boolean {
    if (this.ready.length === 0) return false
    return (
      this.ready.length >= this.batchSize ||
      this.ready.some(({ request }) => request.urgent) ||
      (this.decoding === 0 && this.queue.length === 0)
    )
  }

  private async decode({ request, attempt }: Queued): Promise<void> {
    const task: DecodeTask = {
      kind: 'analyse',
      source: request.source,
      inputSizePx: this.session.model.inputSizePx,
    }
    this.decoding++
    this.events.onStarted(request.id)
    const reply = await this.pool.run(task, { urgent: request.urgent })
    this.decoding--
    if (reply.kind === 'crashed' && attempt < decodeAttempts) {
      this.queue.push({ request, attempt: attempt + 1 })
    } else {
      this.take(request, reply)
    }
    this.pump()
  }

  private take(request: AnalyseRequest, reply: PoolReply): void {
    if (reply.kind !== 'analysed') {
      this.events.onAnalysed(request.id, failedDecode(reply))
      return
    }
    const { outcome } = reply
    if (outcome.pixels === undefined) {
      this.events.onAnalysed(request.id, {
        ...withoutPixels(outcome),
        prediction: undefined,
        inferMs: 0,
      })
    } else if (request.urgent) {
      this.ready.unshift({ request, outcome, pixels: outcome.pixels })
    } else {
      this.ready.push({ request, outcome, pixels: outcome.pixels })
    }
  }

  private async infer(): Promise<void> {
    this.inFlight++
    // Somebody who waits gets a batch of one: others would only make it slower.
    const size = this.ready[0]?.request.urgent ? 1 : this.batchSize
    const taken = this.ready.splice(0, size)
    try {
      const batch = await this.session.run(concatenated(taken), taken.length)
      this.inFlight--
      this.growWhenStarved()
      // The decoders go on while results are packed up.
      this.pump()
      this.deliver(taken, batch)
    } catch (error) {
      this.events.onBroken(error instanceof Error ? error.message : String(error))
    }
  }

  /** A network that finds too few photos for its next batch, time and again, lacks decoders. */
  private growWhenStarved(): void {
    const mustWait = this.ready.length < this.batchSize && this.queue.length > 0
    this.waits = mustWait ? this.waits + 1 : 0
    if (this.waits < waitsToGrow) return
    this.waits = 0
    this.pool.grow()
  }

  private deliver(taken: readonly Ready[], batch: Batch): void {
    taken.forEach(({ request, outcome }, i) => {
      this.events.onAnalysed(request.id, {
        ...withoutPixels(outcome),
        prediction: predictionAt(batch, i, this.session.model, request),
        inferMs: batch.ms / batch.size,
      })
    })
  }
}

function concatenated(taken: readonly Ready[]): Uint8Array {
  const length = taken[0]?.pixels.byteLength ?? 0
  if (taken.length === 1 && taken[0] !== undefined) return taken[0].pixels
  const all = new Uint8Array(length * taken.length)
  taken.forEach(({ pixels }, i) => {
    all.set(pixels, i * length)
  })
  return all
}

function withoutPixels({ pixels: _pixels, ...rest }: DecodeOutcome): Omit<DecodeOutcome, 'pixels'> {
  return rest
}

function failedDecode(reply: Exclude<PoolReply, { kind: 'analysed' }>): Analysis {
  return {
    status: reply.kind === 'timeout' ? 'timeout' : 'crashed',
    reason: reasonOf(reply),
    facts: unknownFacts,
    picture: undefined,
    prediction: undefined,
    decodeMs: 0,
    inferMs: 0,
  }
}

function reasonOf(reply: Exclude<PoolReply, { kind: 'analysed' }>): string {
  switch (reply.kind) {
    case 'timeout':
      return `It was not read within ${reply.afterMs / 1000} seconds and was given up.`
    case 'crashed':
      return 'The decoder stopped twice while reading it.'
    case 'failed':
      return `The decoder could not handle it. ${reply.reason}`
    case 'rendered':
      return 'The decoder answered something else.'
    default:
      return assertNever(reply)
  }
}
