// Decoder threads: one task a thread, a time limit on each, replacement of those that hang or die.
import { Worker } from 'node:worker_threads'
import type { DecodeTask } from './decode-task.ts'
import type { DecodeReply } from './decode-worker.ts'

export type PoolReply =
  | DecodeReply
  | { readonly kind: 'timeout'; readonly afterMs: number }
  | { readonly kind: 'crashed'; readonly reason: string }

const mostStartFailures = 4
/**
 * WebAssembly memory only grows, and under Electron it creeps up with every few images: a thread
 * that decoded 6,000 photos held 590 MB. A new one starts in a third of a second.
 */
const defaultTasksPerThread = 1500

interface Slot {
  worker: Worker
  ready: boolean
  /** Until the thread is renewed. */
  tasksLeft: number
  /** Answers the task in hand; undefined while idle. */
  settle: ((reply: PoolReply) => void) | undefined
  timer: NodeJS.Timeout | undefined
}

interface Waiting {
  readonly task: DecodeTask
  readonly resolve: (reply: PoolReply) => void
}

/** Rejecting decode errors is the worker's job: `run` always resolves. */
export class DecodePool {
  private readonly slots: Slot[] = []
  private readonly waiting: Waiting[] = []
  private disposed = false

  /** Deaths in a row of threads that had not even started. */
  private startFailures = 0

  /**
   * @param onIdle called whenever a thread can take a task
   * @param onBroken called when threads cannot be started at all
   * @param tasksPerThread after which a thread is renewed
   */
  constructor(
    private readonly workerUrl: URL,
    size: number,
    private readonly timeoutMs: number,
    private readonly onIdle: () => void,
    private readonly onBroken: (reason: string) => void,
    private readonly tasksPerThread: number = defaultTasksPerThread,
  ) {
    // Spread out, so that the threads are not all renewed at once.
    for (let i = 0; i < size; i++) {
      this.slots.push(this.spawn(Math.ceil((tasksPerThread * (i + 1)) / size)))
    }
  }

  get hasIdle(): boolean {
    return this.slots.some((slot) => slot.ready && slot.settle === undefined)
  }

  get size(): number {
    return this.slots.length
  }

  /** Runs a task on the next idle thread; those that wait come before any new work. */
  run(task: DecodeTask): Promise<PoolReply> {
    return new Promise((resolve) => {
      this.waiting.push({ task, resolve })
      this.assign()
    })
  }

  private assign(): void {
    while (this.hasIdle && this.waiting.length > 0) {
      const next = this.waiting.shift()
      const slot = this.slots.find(({ ready, settle }) => ready && settle === undefined)
      if (next !== undefined && slot !== undefined) this.start(slot, next)
    }
  }

  private start(slot: Slot, { task, resolve }: Waiting): void {
    slot.settle = (reply) => {
      clearTimeout(slot.timer)
      slot.settle = undefined
      slot.tasksLeft--
      if (slot.tasksLeft <= 0) this.replace(slot)
      resolve(reply)
      this.offer()
    }
    slot.timer = setTimeout(() => {
      this.replace(slot)
      slot.settle?.({ kind: 'timeout', afterMs: this.timeoutMs })
    }, this.timeoutMs)
    slot.worker.postMessage(task)
  }

  /** A thread became free: first for who waits here, then for new work. */
  private offer(): void {
    this.assign()
    if (this.hasIdle) this.onIdle()
  }

  async dispose(): Promise<void> {
    this.disposed = true
    for (const slot of this.slots) clearTimeout(slot.timer)
    await Promise.all(this.slots.map(({ worker }) => worker.terminate()))
  }

  private spawn(tasksLeft: number): Slot {
    const slot: Slot = {
      worker: this.newWorker(),
      ready: false,
      tasksLeft,
      settle: undefined,
      timer: undefined,
    }
    this.listen(slot)
    return slot
  }

  private newWorker(): Worker {
    return new Worker(this.workerUrl, { stdout: false, stderr: false })
  }

  private listen(slot: Slot): void {
    const { worker } = slot
    worker.on('message', (message: 'ready' | DecodeReply) => {
      if (message !== 'ready') slot.settle?.(message)
      else {
        slot.ready = true
        this.startFailures = 0
        this.offer()
      }
    })
    let reason = 'The decoder stopped.'
    worker.on('error', (error) => {
      reason = error instanceof Error ? error.message : String(error)
    })
    worker.on('exit', () => {
      if (this.disposed || slot.worker !== worker) return
      if (!slot.ready && ++this.startFailures > mostStartFailures) {
        this.onBroken(reason)
        return
      }
      this.replace(slot)
      slot.settle?.({ kind: 'crashed', reason })
    })
  }

  /** Ending a thread inside a WebAssembly decoder is safe: it shares nothing. */
  private replace(slot: Slot): void {
    const old = slot.worker
    slot.worker = this.newWorker()
    slot.ready = false
    slot.tasksLeft = this.tasksPerThread
    this.listen(slot)
    void old.terminate()
  }
}
