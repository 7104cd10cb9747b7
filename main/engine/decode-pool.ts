// Decoder threads: a time limit on each task, replacement of those that hang or die.
import { Worker } from 'node:worker_threads'
import type { DecodeTask } from './decode-task.ts'
import type { DecodeReply, FromDecoder, ToDecoder } from './decode-worker.ts'

export type PoolReply =
  | DecodeReply
  | { readonly kind: 'timeout'; readonly afterMs: number }
  | { readonly kind: 'crashed'; readonly reason: string }

const mostStartFailures = 4
/** One in hand and one that a thread goes on with by itself, until it gets another. */
const mostTasksOfThread = 2
/**
 * WebAssembly memory only grows, and under Electron it creeps up with every few images: a thread
 * that decoded 6,000 photos held 590 MB. A new one starts in a third of a second.
 */
const defaultTasksPerThread = 1500

export interface DecodePoolOptions {
  /** Threads to begin with. */
  readonly size: number
  /** Threads that {@link DecodePool.grow} may bring it to; none more when absent. */
  readonly most?: number
  /** For one task. */
  readonly timeoutMs: number
  /** Called whenever a thread can take a task. */
  readonly onRoom?: () => void
  /** Called when threads cannot be started at all. */
  readonly onBroken: (reason: string) => void
  /** After which a thread is renewed. */
  readonly tasksPerThread?: number
}

export interface TaskOptions {
  readonly urgent?: boolean
}

interface Slot {
  worker: Worker
  ready: boolean
  /** Until the thread is renewed. */
  tasksLeft: number
  /** The task in hand and those to come, in the order in which the thread takes them. */
  tasks: readonly Waiting[]
  /** Of the task in hand. */
  timer: NodeJS.Timeout | undefined
}

interface Waiting {
  readonly id: number
  readonly task: DecodeTask
  readonly urgent: boolean
  readonly resolve: (reply: PoolReply) => void
}

/** Rejecting decode errors is the worker's job: `run` always resolves. */
export class DecodePool {
  private readonly slots: Slot[] = []
  private readonly waiting: Waiting[] = []
  private lastId = 0
  private disposed = false

  /** Deaths in a row of threads that had not even started. */
  private startFailures = 0

  constructor(
    private readonly workerUrl: URL,
    private readonly options: DecodePoolOptions,
  ) {
    const { size } = options
    // Spread out, so that the threads are not all renewed at once.
    for (let i = 0; i < size; i++) {
      this.slots.push(this.spawn(Math.ceil((this.tasksPerThread * (i + 1)) / size)))
    }
  }

  private get tasksPerThread(): number {
    return this.options.tasksPerThread ?? defaultTasksPerThread
  }

  /** Whether a thread can take another task, at once or next. */
  get hasRoom(): boolean {
    return this.slots.some(hasRoom)
  }

  get size(): number {
    return this.slots.length
  }

  /** Starts one thread more, where there may be more: each holds memory that not all work needs. */
  grow(): void {
    const { size, most = size } = this.options
    if (!this.disposed && this.slots.length < most) this.slots.push(this.spawn(this.tasksPerThread))
  }

  /** Those that wait come before any new work; an urgent one waits for no task but those in hand. */
  run(task: DecodeTask, { urgent = false }: TaskOptions = {}): Promise<PoolReply> {
    return new Promise((resolve) => {
      const wanted = { id: ++this.lastId, task, urgent, resolve }
      const firstOfOthers = this.waiting.findIndex((other) => !other.urgent)
      if (urgent && firstOfOthers >= 0) this.waiting.splice(firstOfOthers, 0, wanted)
      else this.waiting.push(wanted)
      this.assign()
    })
  }

  private assign(): void {
    for (;;) {
      const [next] = this.waiting
      const slot = next === undefined ? undefined : this.slotFor(next)
      if (next === undefined || slot === undefined) return
      this.waiting.shift()
      this.give(slot, next)
    }
  }

  /** An idle thread before one that is at work. */
  private slotFor({ urgent }: Waiting): Slot | undefined {
    const idle = this.slots.find(({ ready, tasks }) => ready && tasks.length === 0)
    if (idle !== undefined) return idle
    if (!urgent) return this.slots.find(hasRoom)
    return this.slots.find(({ ready, tasks }) => ready && !tasks.some((task) => task.urgent))
  }

  private give(slot: Slot, next: Waiting): void {
    const [inHand, ...others] = slot.tasks
    if (inHand === undefined) slot.tasks = [next]
    else slot.tasks = next.urgent ? [inHand, next, ...others] : [...slot.tasks, next]
    const { id, task, urgent } = next
    slot.worker.postMessage({ id, task, urgent } satisfies ToDecoder)
    if (inHand === undefined) this.watch(slot)
  }

  /** Gives the task in hand its time. */
  private watch(slot: Slot): void {
    clearTimeout(slot.timer)
    const [inHand] = slot.tasks
    if (inHand === undefined) return
    const { timeoutMs } = this.options
    slot.timer = setTimeout(() => {
      // Its answer may lie there unread, when this thread was busy for so long.
      setImmediate(() => {
        if (slot.tasks[0] !== inHand) return
        this.renew(slot)
        this.settle(slot, inHand.id, { kind: 'timeout', afterMs: timeoutMs })
      })
    }, timeoutMs)
  }

  private settle(slot: Slot, id: number | undefined, reply: PoolReply): void {
    const settled = slot.tasks.find((task) => task.id === id)
    if (settled === undefined) return
    slot.tasks = slot.tasks.filter((task) => task !== settled)
    slot.tasksLeft--
    this.watch(slot)
    if (slot.tasksLeft <= 0) this.renew(slot)
    // A new thread starts with nothing: what the old one had not begun waits again.
    if (!slot.ready) this.waitAgain(slot)
    settled.resolve(reply)
    this.offer()
  }

  private waitAgain(slot: Slot): void {
    this.waiting.unshift(...slot.tasks)
    slot.tasks = []
    this.watch(slot)
  }

  /** A thread became free: first for who waits here, then for new work. */
  private offer(): void {
    this.assign()
    if (this.hasRoom) this.options.onRoom?.()
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
      tasks: [],
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
    worker.on('message', (message: FromDecoder) => {
      if (message !== 'ready') this.settle(slot, message.id, message.reply)
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
        this.options.onBroken(reason)
        return
      }
      this.renew(slot)
      this.settle(slot, slot.tasks[0]?.id, { kind: 'crashed', reason })
    })
  }

  /** Ending a thread inside a WebAssembly decoder is safe: it shares nothing. */
  private renew(slot: Slot): void {
    const old = slot.worker
    slot.worker = this.newWorker()
    slot.ready = false
    slot.tasksLeft = this.tasksPerThread
    this.listen(slot)
    void old.terminate()
  }
}

/** Nothing is given to a thread whose share of tasks it has. */
function hasRoom({ ready, tasks, tasksLeft }: Slot): boolean {
  return ready && tasks.length < Math.min(mostTasksOfThread, tasksLeft)
}
