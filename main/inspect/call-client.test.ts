import { describe, expect, it, vi } from 'vitest'
import type { ChildEvents } from '../engine/child-process.ts'
import { CallClient } from './call-client.ts'
import type { CallHandlers } from './call-server.ts'
import { serveCalls } from './call-server.ts'
import type { FromCallee, ToCallee } from './calls.ts'

const idleLimitMs = 5000

/** A child in this very process, which can be made to die. */
function inProcess(handlers: CallHandlers) {
  const children: ChildEvents<FromCallee>[] = []
  const killed: ChildEvents<FromCallee>[] = []
  const client = new CallClient((events) => {
    children.push(events)
    let receive: (message: ToCallee) => void = () => {}
    serveCalls(
      {
        send: (message) => queueMicrotask(() => events.onMessage(message)),
        listen: (handle) => {
          receive = handle
        },
      },
      handlers,
    )
    const kill = () => void killed.push(events)
    return { send: (message) => queueMicrotask(() => receive(message)), kill }
  }, idleLimitMs)
  return { client, children, killed }
}

const options = { silenceLimitMs: 1000 }
const forever = () => new Promise<never>(() => {})

describe('calls to a child', () => {
  it('give back the value of the handler, and its progress on the way', async () => {
    const seen: unknown[] = []
    const { client } = inProcess({
      double: async (x: number, { progress }) => {
        progress(0.5)
        return x * 2
      },
    })
    const onProgress = (progress: unknown) => seen.push(progress)
    await expect(client.call('double', 21, { ...options, onProgress })).resolves.toBe(42)
    expect(seen).toEqual([0.5])
  })

  it('start no child before the first and keep it for the next', async () => {
    const { client, children } = inProcess({ one: async () => 1 })
    expect(children).toHaveLength(0)
    await client.call('one', undefined, options)
    await client.call('one', undefined, options)
    expect(children).toHaveLength(1)
  })

  it('carry an error with its sentence', async () => {
    const { client } = inProcess({
      fail: async () => {
        throw new Error('No such layer.')
      },
    })
    await expect(client.call('fail', 0, options)).rejects.toThrow('No such layer.')
  })

  it('end when their signal aborts, in the child too', async () => {
    const aborted = vi.fn()
    const { client } = inProcess({
      wait: (_: unknown, { signal }) => {
        signal.addEventListener('abort', aborted)
        return forever()
      },
    })
    const abort = new AbortController()
    const call = client.call('wait', 0, { ...options, signal: abort.signal })
    await Promise.resolve()
    abort.abort()
    await expect(call).rejects.toMatchObject({ code: 'cancelled' })
    await vi.waitFor(() => expect(aborted).toHaveBeenCalled())
  })

  it('fail when the child dies, and the next call gets a new one', async () => {
    const { client, children } = inProcess({ wait: forever, one: async () => 1 })
    const call = client.call('wait', 0, options)
    children[0]?.onExit(139)
    await expect(call).rejects.toMatchObject({ code: 'crashed' })
    await expect(client.call('one', 0, options)).resolves.toBe(1)
    expect(client.ensureChild()).toBe(2)
  })

  it('give up on a child that says nothing', async () => {
    vi.useFakeTimers()
    const { client } = inProcess({ wait: forever })
    const call = client.call('wait', 0, options)
    const failed = expect(call).rejects.toMatchObject({ code: 'timeout' })
    await vi.advanceTimersByTimeAsync(1001)
    await failed
    vi.useRealTimers()
  })

  it('let a child go that has had no work for long', async () => {
    vi.useFakeTimers()
    const { client, children, killed } = inProcess({ one: async () => 1 })
    await client.call('one', 0, options)
    await vi.advanceTimersByTimeAsync(idleLimitMs - 1)
    await client.call('one', 0, options)
    await vi.advanceTimersByTimeAsync(idleLimitMs - 1)
    expect(killed).toHaveLength(0)
    await vi.advanceTimersByTimeAsync(1)
    expect(killed).toHaveLength(1)
    await client.call('one', 0, options)
    expect(children).toHaveLength(2)
    vi.useRealTimers()
  })
})
