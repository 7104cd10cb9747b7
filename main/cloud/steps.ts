// Does steps one after the other while there is something to do, and rests between them.
import { setTimeout as pause } from 'node:timers/promises'

/** What comes in is gathered for so long at least and at most, */
const gatherMs = { least: 500, most: 10_000 }
/** else for so many times what the last step took: it kept the store from those who index. */
const gatherPerStep = 4

export interface StepsOptions {
  /** Does one thing. Tells whether there may be more to do. */
  readonly step: (signal: AbortSignal) => Promise<boolean>
  readonly onError: (error: unknown) => void
  /** After every step. */
  readonly onRest: () => void
  /** Somebody waits for the next step. */
  readonly isUrgent: () => boolean
  readonly onDone: () => void
}

export class Steps {
  private wanted = false
  private running = false
  private disposed = false
  private abort = new AbortController()

  constructor(private readonly options: StepsOptions) {}

  get isRunning(): boolean {
    return this.running
  }

  /** There may be something to do. */
  wake(): void {
    this.wanted = true
    if (!this.running) void this.run()
  }

  /** Ends the step or the rest. */
  interrupt(reason: Error): void {
    this.abort.abort(reason)
  }

  dispose(reason: Error): void {
    this.disposed = true
    this.interrupt(reason)
  }

  private async run(): Promise<void> {
    const { step, onError, onRest, isUrgent, onDone } = this.options
    this.running = true
    while (this.wanted && !this.disposed) {
      this.wanted = false
      this.abort = new AbortController()
      const { signal } = this.abort
      const startMs = performance.now()
      try {
        if (await step(signal)) this.wanted = true
      } catch (error) {
        if (!this.disposed) onError(error)
      }
      onRest()
      if (this.disposed) break
      const wantedMs = (performance.now() - startMs) * gatherPerStep
      const restMs = Math.min(gatherMs.most, Math.max(gatherMs.least, wantedMs))
      if (!isUrgent()) await pause(restMs, undefined, { ref: false, signal }).catch(() => {})
    }
    this.running = false
    onDone()
  }
}
