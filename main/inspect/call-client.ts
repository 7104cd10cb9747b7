// Main's side of the calls: owns the child, starts it when it is first needed, replaces it when it
// dies or says nothing, and fails what it had in hand with a reason.
import type { Child, Fork } from '../engine/child-process.ts'
import { CallError, type FromCallee, type ToCallee } from './calls.ts'

export interface CallOptions {
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: unknown) => void
  /** Longest time without an answer or progress before the child counts as hung. */
  readonly silenceLimitMs: number
}

interface OpenCall {
  readonly resolve: (value: unknown) => void
  readonly reject: (error: Error) => void
  readonly options: CallOptions
  timer: NodeJS.Timeout | undefined
}

export class CallClient {
  private child: Child<ToCallee> | undefined
  private readonly open = new Map<number, OpenCall>()
  private nextId = 1
  private generation = 0
  private idleTimer: NodeJS.Timeout | undefined

  /** @param idleLimitMs a child without work for so long is let go, with the memory it holds */
  constructor(
    private readonly fork: Fork<ToCallee, FromCallee>,
    private readonly idleLimitMs: number,
  ) {}

  /**
   * Makes sure that there is a child.
   *
   * @returns its number: what an earlier one held is gone with it
   */
  ensureChild(): number {
    this.child ??= this.spawn()
    return this.generation
  }

  /**
   * @throws CallError from the handler; `crashed` when the child died, `timeout` when it hung,
   *   `cancelled` when the signal aborted
   */
  call(name: string, input: unknown, options: CallOptions): Promise<unknown> {
    const { signal } = options
    if (signal?.aborted) return Promise.reject(cancelled())
    this.child ??= this.spawn()
    const { child } = this
    clearTimeout(this.idleTimer)
    const id = this.nextId++
    return new Promise((resolve, reject) => {
      const onAbort = (): void => {
        this.child?.send({ type: 'cancel', id })
        this.close(id)?.reject(cancelled())
      }
      const ended = (): void => signal?.removeEventListener('abort', onAbort)
      const call: OpenCall = {
        options,
        timer: undefined,
        resolve: (value) => {
          ended()
          resolve(value)
        },
        reject: (error) => {
          ended()
          reject(error)
        },
      }
      signal?.addEventListener('abort', onAbort, { once: true })
      this.open.set(id, call)
      this.expectWord(call)
      child.send({ type: 'call', id, name, input })
    })
  }

  dispose(): void {
    this.end()
    this.failAll(cancelled())
  }

  private end(): void {
    clearTimeout(this.idleTimer)
    const { child } = this
    this.child = undefined
    child?.kill()
  }

  private spawn(): Child<ToCallee> {
    this.generation++
    const child = this.fork({
      onMessage: (message) => {
        if (this.child === child) this.receive(message)
      },
      onExit: () => {
        if (this.child !== child) return
        this.child = undefined
        this.failAll(new CallError('crashed', 'The network stopped while it was looked into.'))
      },
    })
    this.child = child
    return child
  }

  private receive(message: FromCallee): void {
    if (message.type === 'progress') {
      const call = this.open.get(message.id)
      if (call === undefined) return
      this.expectWord(call)
      call.options.onProgress?.(message.progress)
      return
    }
    const call = this.close(message.id)
    if (message.type === 'value') call?.resolve(message.value)
    else call?.reject(new CallError(message.code, message.message))
  }

  private expectWord(call: OpenCall): void {
    clearTimeout(call.timer)
    call.timer = setTimeout(() => {
      // A native call cannot be interrupted; ending its process is the only sure way.
      this.end()
      this.failAll(new CallError('timeout', 'The network took too long and was stopped.'))
    }, call.options.silenceLimitMs)
    call.timer.unref()
  }

  private close(id: number): OpenCall | undefined {
    const call = this.open.get(id)
    clearTimeout(call?.timer)
    this.open.delete(id)
    if (this.open.size === 0) {
      clearTimeout(this.idleTimer)
      this.idleTimer = setTimeout(() => this.end(), this.idleLimitMs)
      this.idleTimer.unref()
    }
    return call
  }

  private failAll(error: Error): void {
    for (const id of [...this.open.keys()]) this.close(id)?.reject(error)
  }
}

const cancelled = (): CallError => new CallError('cancelled', 'The work was cancelled.')
