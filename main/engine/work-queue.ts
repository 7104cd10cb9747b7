// Photos on their way through the engine: which wait, which it has, which are suspected of killing it.
import type { Analysis, ImageSource, ToEngine } from './protocol.ts'
import { unknownFacts } from './protocol.ts'

export interface AnalyseOptions {
  readonly urgent: boolean
  readonly topCount: number
  /** Whether to return the greatest activation of every unit. */
  readonly unitMaxima?: boolean
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
const deathsToQuarantine = 2

/** Outlives processes: what one takes with it is handed to the next. */
export class WorkQueue {
  private send: ((message: ToEngine) => void) | undefined
  private nextId = 1
  private readonly waiting: Pending[] = []
  private readonly inFlight = new Map<number, Pending>()
  /** Files that were in hand when a process died: they run one at a time until cleared. */
  private readonly suspects = new Set<Pending>()

  /** Whether the process owes an answer. */
  get isBusy(): boolean {
    return this.inFlight.size > 0
  }

  /** A process is there that takes work. */
  open(send: (message: ToEngine) => void): void {
    this.send = send
    this.pump()
  }

  /** Rejects with the signal's reason when it is aborted, or with the error of {@link failAll}. */
  add(source: ImageSource, options: AnalyseOptions): Promise<Analysis> {
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
      if (options.urgent) this.waiting.unshift(pending)
      else this.waiting.push(pending)
      this.pump()
    })
  }

  started(id: number): void {
    const pending = this.inFlight.get(id)
    if (pending !== undefined) pending.started = true
  }

  /** @returns whether anybody waited for it */
  analysed(id: number, analysis: Analysis): boolean {
    const pending = this.inFlight.get(id)
    if (pending === undefined) return false
    this.inFlight.delete(id)
    this.suspects.delete(pending)
    pending.settle(analysis)
    this.pump()
    return true
  }

  /**
   * The process has died. What it had in hand is suspect; what was only sent goes back to the
   * front. A file that was in hand alone at its second death is set aside.
   *
   * @param filesAreSpared something else is to blame: nothing is set aside this time
   * @returns whether a file was set aside
   */
  close(filesAreSpared: boolean): boolean {
    this.send = undefined
    const flown = [...this.inFlight.values()]
    this.inFlight.clear()
    const inHand = flown.filter(({ started }) => started)
    for (const pending of flown.filter(({ started }) => !started).reverse()) {
      // A suspect is kept in its own list: in the queue as well, it would run twice.
      if (!this.suspects.has(pending)) this.waiting.unshift(pending)
    }
    for (const pending of inHand) {
      pending.deaths++
      this.suspects.add(pending)
    }
    const [only] = inHand
    if (filesAreSpared || only === undefined || inHand.length > 1) return false
    if (only.deaths < deathsToQuarantine) return false
    this.suspects.delete(only)
    only.settle(quarantined)
    return true
  }

  /** Its process is ended with nobody to blame: everything goes back to the front. */
  recall(): void {
    this.send = undefined
    const flown = [...this.inFlight.values()].filter((pending) => !this.suspects.has(pending))
    this.inFlight.clear()
    this.waiting.unshift(...flown)
  }

  failAll(error: Error): void {
    const open = [...this.waiting, ...this.inFlight.values(), ...this.suspects]
    this.waiting.length = 0
    this.inFlight.clear()
    this.suspects.clear()
    for (const pending of new Set(open)) pending.abort(error)
  }

  /** While there are suspects, one of them runs alone, so that a second death has one culprit. */
  private pump(): void {
    const { send } = this
    if (send === undefined) return
    if (this.suspects.size > 0) {
      const [suspect] = this.suspects
      if (this.inFlight.size === 0 && suspect !== undefined) this.dispatch(send, suspect)
      return
    }
    while (
      this.waiting.length > 0 &&
      (this.inFlight.size < mostInFlight || this.waiting[0]?.options.urgent)
    ) {
      const next = this.waiting.shift()
      if (next !== undefined) this.dispatch(send, next)
    }
  }

  private dispatch(send: (message: ToEngine) => void, pending: Pending): void {
    pending.started = false
    this.inFlight.set(pending.id, pending)
    const { id, source, options } = pending
    send({
      type: 'analyse',
      id,
      source,
      urgent: options.urgent || this.suspects.has(pending),
      topCount: options.topCount,
      unitMaxima: options.unitMaxima,
    })
  }

  private drop(pending: Pending, reason: unknown): void {
    const at = this.waiting.indexOf(pending)
    if (at >= 0) this.waiting.splice(at, 1)
    if (this.inFlight.delete(pending.id)) this.send?.({ type: 'forget', ids: [pending.id] })
    this.suspects.delete(pending)
    pending.abort(reason instanceof Error ? reason : new Error('The work was cancelled.'))
    this.pump()
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
