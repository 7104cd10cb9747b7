// How long this process's event loop keeps what waits for it waiting.
import { monitorEventLoopDelay } from 'node:perf_hooks'

/** Timers are due this often; the figure below includes it. */
const resolutionMs = 5
const nanosecondsPerMs = 1e6

/** @returns a function that ends the watch and gives the 99th percentile in milliseconds */
export function watchLoopDelay(): () => number {
  const delay = monitorEventLoopDelay({ resolution: resolutionMs })
  delay.enable()
  return () => {
    delay.disable()
    return delay.percentile(99) / nanosecondsPerMs
  }
}
