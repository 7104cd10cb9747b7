// Long sums in one thread let its messages in now and then: that is how a cancellation arrives.
import { setImmediate as nextTurn } from 'node:timers/promises'

export interface Watch {
  readonly signal: AbortSignal
  /** How much of the work is done, 0 to 1. */
  readonly onProgress?: (fraction: number) => void
}

/** Shorter than a person notices, longer than a turn of the loop costs. */
const turnEveryMs = 30

/**
 * Calls `work` for `first`, `first + step`, ... below `end`, and gives way to messages in between.
 *
 * @param step so many that a call takes some milliseconds
 * @throws the signal's reason
 */
export async function inTurns(
  end: number,
  step: number,
  { signal, onProgress }: Watch,
  work: (from: number, to: number) => void,
): Promise<void> {
  signal.throwIfAborted()
  let sinceMs = performance.now()
  for (let from = 0; from < end; from += step) {
    work(from, Math.min(end, from + step))
    if (performance.now() - sinceMs < turnEveryMs) continue
    onProgress?.(from / end)
    await nextTurn()
    signal.throwIfAborted()
    sinceMs = performance.now()
  }
}

/** Lets messages in. @throws the signal's reason */
export async function turn(signal: AbortSignal): Promise<void> {
  await nextTurn()
  signal.throwIfAborted()
}
