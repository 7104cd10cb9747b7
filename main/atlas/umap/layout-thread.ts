// One thread's part of a layout: threads take chunks of points and meet after every epoch.
import { control, type LayoutState } from './layout-state.ts'
import { movePoints } from './move-points.ts'

/** Some milliseconds of work: how long a thread takes to hear that it should stop. */
const chunkPoints = 1024

/** Blocks its thread until the layout is done or stopped; every thread calls it. */
export function runLayoutThread(state: LayoutState, threads: number): void {
  const { control: shared, graph, epochs } = state
  const { count } = graph
  const chunks = Math.ceil(count / chunkPoints)
  for (let epoch = Atomics.load(shared, control.epoch); epoch < epochs; epoch++) {
    while (Atomics.load(shared, control.stop) === 0) {
      const chunk = Atomics.add(shared, control.chunk, 1)
      if (chunk >= chunks) break
      movePoints(state, epoch, chunk * chunkPoints, Math.min(count, (chunk + 1) * chunkPoints))
    }
    meet(shared, threads, () => {
      const stop = Atomics.load(shared, control.stop)
      Atomics.store(shared, control.stopped, stop)
      Atomics.store(shared, control.chunk, 0)
      // An epoch that is not complete does not count: it is done again when the layout goes on.
      if (stop === 0) Atomics.store(shared, control.epoch, epoch + 1)
    })
    if (Atomics.load(shared, control.stopped) !== 0) return
  }
}

/** Waits until all threads are here; the last one does `last` before they go on. */
function meet(shared: Int32Array, threads: number, last: () => void): void {
  const meeting = Atomics.load(shared, control.meeting)
  if (Atomics.add(shared, control.waiting, 1) + 1 === threads) {
    Atomics.store(shared, control.waiting, 0)
    last()
    Atomics.add(shared, control.meeting, 1)
    Atomics.notify(shared, control.meeting)
    return
  }
  while (Atomics.load(shared, control.meeting) === meeting) {
    Atomics.wait(shared, control.meeting, meeting)
  }
}
