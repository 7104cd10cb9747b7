// One thread's part of a layout: threads take chunks of points and meet after every step.
import { control, type LayoutState, stepsPerEpoch } from './layout-state.ts'
import { movePoints, publishPoints } from './move-points.ts'

/** Some milliseconds of work: how long a thread takes to hear that it should stop. */
const chunkPoints = 1024

/** Blocks its thread until the layout is done or stopped; every thread calls it. */
export function runLayoutThread(state: LayoutState, thread: number, threads: number): void {
  const { control: shared, graph, epochs } = state
  const { count } = graph
  const chunks = Math.ceil(count / chunkPoints)
  const ownFrom = Math.floor((count * thread) / threads)
  const ownTo = Math.floor((count * (thread + 1)) / threads)
  for (let step = Atomics.load(shared, control.step); step < epochs * stepsPerEpoch; step++) {
    for (;;) {
      if (Atomics.load(shared, control.stop) !== 0) break
      const chunk = Atomics.add(shared, control.chunk, 1)
      if (chunk >= chunks) break
      movePoints(state, step, chunk * chunkPoints, Math.min(count, (chunk + 1) * chunkPoints))
    }
    meet(shared, threads, () => {
      Atomics.store(shared, control.chunk, 0)
      Atomics.store(shared, control.stopped, Atomics.load(shared, control.stop))
    })
    // A step that is not complete is not published: it is done again when the layout is taken up.
    if (Atomics.load(shared, control.stopped) !== 0) return
    publishPoints(state, step, ownFrom, ownTo)
    meet(shared, threads, () => Atomics.store(shared, control.step, step + 1))
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
