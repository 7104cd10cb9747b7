// Runs a task on request: one at a time, and no oftener than its own cost allows.

export interface Pace {
  /** Asks for one more run, soon. */
  request(): void
  /** Asks for one more run as early as possible: at once, or right after the running one. */
  requestNow(): void
  dispose(): void
}

export interface PaceOptions {
  /** From the start of one run to the start of the next. */
  readonly gapMs: number
  /** The gap grows to this many times the last run's duration, so that slow runs leave room. */
  readonly gapPerDuration: number
  readonly now: () => number
}

export function createPace(task: () => Promise<void>, options: PaceOptions): Pace {
  let timer: ReturnType<typeof setTimeout> | null = null
  let running = false
  let wanted: 'no' | 'soon' | 'now' = 'no'
  let earliestMs = Number.NEGATIVE_INFINITY
  let disposed = false

  const schedule = (): void => {
    if (disposed || running || wanted === 'no') return
    if (timer !== null) clearTimeout(timer)
    timer = null
    const waitMs = wanted === 'now' ? 0 : earliestMs - options.now()
    if (waitMs > 0) timer = setTimeout(() => void run(), waitMs)
    else void run()
  }

  const run = async (): Promise<void> => {
    timer = null
    running = true
    wanted = 'no'
    const startedMs = options.now()
    try {
      await task()
    } finally {
      const durationMs = options.now() - startedMs
      earliestMs = startedMs + Math.max(options.gapMs, durationMs * options.gapPerDuration)
      running = false
      schedule()
    }
  }

  return {
    request: () => {
      if (wanted === 'no') wanted = 'soon'
      schedule()
    },
    requestNow: () => {
      wanted = 'now'
      schedule()
    },
    dispose: () => {
      disposed = true
      if (timer !== null) clearTimeout(timer)
    },
  }
}
