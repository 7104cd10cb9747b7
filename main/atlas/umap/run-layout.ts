// Runs a layout to its end, on threads or, when it is small, here.
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { turn } from '../turns.ts'
import { control, type LayoutState } from './layout-state.ts'
import type { LayoutWorkerData } from './layout-worker.ts'
import { movePoints } from './move-points.ts'

export interface LayoutWatch {
  readonly signal: AbortSignal
  /** Epochs done; see {@link positionsOf} for where the points are. */
  readonly onEpoch?: (epoch: number) => void
}

export interface LayoutThreads {
  readonly workerUrl: URL
  readonly threads: number
}

/** Below it, threads take longer to start than the layout. */
const fewPoints = 2_000
const lookEveryMs = 40
const turnEveryMs = 30

/**
 * On return all epochs are done. When the signal aborts, the state is that of the last complete epoch
 * and can be run again to go on from there; the outcome is the same.
 *
 * @param on none: everything happens in this thread, in turns
 * @throws the signal's reason; Error when a thread died
 */
export async function runLayout(
  state: LayoutState,
  on: LayoutThreads | undefined,
  watch: LayoutWatch,
): Promise<void> {
  watch.signal.throwIfAborted()
  if (on === undefined || state.graph.count < fewPoints) await runHere(state, watch)
  else await runOnThreads(state, on, watch)
}

async function runHere(state: LayoutState, { signal, onEpoch }: LayoutWatch): Promise<void> {
  const { count } = state.graph
  const places = state.control
  let sinceMs = performance.now()
  for (let epoch = places[control.epoch] ?? 0; epoch < state.epochs; epoch++) {
    movePoints(state, epoch, 0, count)
    places[control.epoch] = epoch + 1
    if (performance.now() - sinceMs < turnEveryMs) continue
    onEpoch?.(epoch + 1)
    await turn(signal)
    sinceMs = performance.now()
  }
}

async function runOnThreads(
  state: LayoutState,
  { workerUrl, threads }: LayoutThreads,
  { signal, onEpoch }: LayoutWatch,
): Promise<void> {
  const places = state.control
  Atomics.store(places, control.stop, 0)
  Atomics.store(places, control.chunk, 0)
  Atomics.store(places, control.waiting, 0)
  const workers = Array.from({ length: threads }, () => {
    const workerData: LayoutWorkerData = { state, threads }
    return new Worker(workerUrl, { workerData })
  })
  let running = true
  const ended = Promise.all(
    workers.map(async (worker) => {
      const [code] = await once(worker, 'exit')
      if (code !== 0) throw new Error('Expected the threads of the layout to stay alive')
    }),
  ).finally(() => {
    running = false
  })
  // It is awaited below; until then a rejection must not count as unhandled.
  ended.catch(() => {})
  let told = -1
  try {
    while (running) {
      if (signal.aborted) Atomics.store(places, control.stop, 1)
      const epoch = Atomics.load(places, control.epoch)
      if (epoch !== told && !signal.aborted) onEpoch?.(epoch)
      told = epoch
      await Promise.race([ended.catch(() => {}), sleep(lookEveryMs)])
    }
    await ended
  } finally {
    // One that died leaves the others waiting for it; they hold no native code.
    await Promise.all(workers.map((worker) => worker.terminate()))
  }
  signal.throwIfAborted()
}
