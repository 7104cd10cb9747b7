// Watches the event loop of the real main process.
import type { ElectronApplication } from '@playwright/test'

export interface LoopDelay {
  readonly p99Ms: number
  readonly maxMs: number
}

interface Watched {
  latentLoopDelay?: import('node:perf_hooks').IntervalHistogram
}

const nanosecondsPerMs = 1e6

export const watchMainLoop = (electron: ElectronApplication): Promise<void> =>
  electron.evaluate(() => {
    const { monitorEventLoopDelay } = process.getBuiltinModule('perf_hooks')
    const histogram = monitorEventLoopDelay({ resolution: 5 })
    histogram.enable()
    const watched = globalThis as Watched
    watched.latentLoopDelay = histogram
  })

/** Since {@link watchMainLoop}; it includes the 5 ms that timers are apart. */
export async function mainLoopDelay(electron: ElectronApplication): Promise<LoopDelay> {
  const { p99, max } = await electron.evaluate(() => {
    const histogram = (globalThis as Watched).latentLoopDelay
    return { p99: histogram?.percentile(99) ?? Number.NaN, max: histogram?.max ?? Number.NaN }
  })
  return { p99Ms: p99 / nanosecondsPerMs, maxMs: max / nanosecondsPerMs }
}
