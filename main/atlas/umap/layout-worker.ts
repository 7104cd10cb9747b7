// Entry of a thread that lays points out.
import { parentPort, workerData } from 'node:worker_threads'
import type { LayoutState } from './layout-state.ts'
import { runLayoutThread } from './layout-thread.ts'

export interface LayoutWorkerData {
  readonly state: LayoutState
  readonly threads: number
}

if (parentPort !== null) {
  const { state, threads } = workerData as LayoutWorkerData
  runLayoutThread(state, threads)
}
