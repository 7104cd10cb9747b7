// The engine's process: one at a time, ended when it falls silent over its work.
import type { Child, Fork } from './child-process.ts'
import type { FromEngine, ToEngine } from './protocol.ts'

export interface ProcessEvents {
  readonly onMessage: (message: FromEngine) => void
  /** Also when it was killed for its silence, but not after {@link WatchedProcess.dispose}. */
  readonly onDeath: (code: number | null) => void
  /** Whether an answer is due. */
  readonly isBusy: () => boolean
}

const pingIntervalMs = 5_000
/** The engine answers a ping between two batches; a longer silence is a hang. */
const silenceLimitMs = 60_000

export class WatchedProcess {
  private child: Child<ToEngine> | undefined
  private lastHeardMs = 0
  private readonly watchdog: NodeJS.Timeout

  constructor(
    private readonly fork: Fork<ToEngine, FromEngine>,
    private readonly events: ProcessEvents,
  ) {
    this.watchdog = setInterval(() => this.watch(), pingIntervalMs)
    this.watchdog.unref()
  }

  /** What a process of before still says counts no more. */
  start(): void {
    this.lastHeardMs = Date.now()
    const child = this.fork({
      onMessage: (message) => {
        if (this.child !== child) return
        this.lastHeardMs = Date.now()
        this.events.onMessage(message)
      },
      onExit: (code) => {
        if (this.child !== child) return
        this.child = undefined
        this.events.onDeath(code)
      },
    })
    this.child = child
  }

  /** Ends the process, which is no death to tell, and starts another. */
  restart(): void {
    this.end()
    this.start()
  }

  /** Nothing happens when there is no process. */
  readonly send = (message: ToEngine): void => this.child?.send(message)

  dispose(): void {
    clearInterval(this.watchdog)
    this.end()
  }

  private end(): void {
    const { child } = this
    this.child = undefined
    child?.kill()
  }

  private watch(): void {
    if (this.events.isBusy() && Date.now() - this.lastHeardMs > silenceLimitMs) this.child?.kill()
    else this.send({ type: 'ping' })
  }
}
