// The child's side of the calls: looks up the handler, hands it a signal, sends back what it gives.
import type { ChildPort } from '../engine/child-port.ts'
import { CallError, type FromCallee, type ToCallee } from './calls.ts'

export interface CallContext {
  readonly signal: AbortSignal
  readonly progress: (progress: unknown) => void
}

/** Handlers by name; each is given input of its own type by a caller typed with the same table. */
export type CallHandlers = Readonly<
  Record<string, (input: never, context: CallContext) => Promise<unknown>>
>

export function serveCalls(port: ChildPort<ToCallee, FromCallee>, handlers: CallHandlers): void {
  const running = new Map<number, AbortController>()
  port.listen((message) => {
    if (message.type === 'cancel') {
      running.get(message.id)?.abort(new CallError('cancelled', 'The work was cancelled.'))
      return
    }
    void answer(message.id, message.name, message.input)
  })

  async function answer(id: number, name: string, input: unknown): Promise<void> {
    const abort = new AbortController()
    running.set(id, abort)
    try {
      const handler = handlers[name]
      if (handler === undefined) throw new Error(`Expected a known call but received ${name}`)
      const value = await handler(input as never, {
        signal: abort.signal,
        progress: (progress) => port.send({ type: 'progress', id, progress }),
      })
      port.send({ type: 'value', id, value })
    } catch (error) {
      const code = error instanceof CallError ? error.code : 'internal'
      const message = error instanceof Error ? error.message : String(error)
      port.send({ type: 'failure', id, code, message })
    } finally {
      running.delete(id)
    }
  }
}
