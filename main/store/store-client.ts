// Main's end of the store thread.
import { Worker } from 'node:worker_threads'
import { fail, ok, type Result } from '../../preload/contract/errors.ts'
import type { StoreModel } from './library-store.ts'
import {
  type FromStore,
  type Store,
  type StoreCallName,
  storeCalls,
  type ToStore,
} from './store-calls.ts'

/** An open library's store; close it before its folder is opened again. */
export interface OpenStore extends Store {
  close(): Promise<void>
}

interface Waiting {
  readonly resolve: (value: unknown) => void
  readonly reject: (error: Error) => void
}

/** A failure inside the thread; `name` tells which. */
export class StoreError extends Error {
  constructor(
    override readonly name: string,
    message: string,
  ) {
    super(message)
  }
}

/** Opens a library, making it when the folder is empty. */
export async function openStore(
  workerUrl: URL,
  folder: string,
  model: StoreModel,
): Promise<Result<OpenStore>> {
  const worker = new Worker(workerUrl, { workerData: { folder, model } })
  const waiting = new Map<number, Waiting>()
  let nextId = 1
  const opened = new Promise<unknown>((resolve, reject) => waiting.set(0, { resolve, reject }))
  worker.on('message', (message: FromStore) => {
    const waiter = waiting.get(message.id)
    waiting.delete(message.id)
    if (message.ok) waiter?.resolve(message.value)
    else waiter?.reject(new StoreError(message.name, message.message))
  })
  const failAll = (error: Error): void => {
    for (const { reject } of waiting.values()) reject(error)
    waiting.clear()
  }
  worker.on('error', (error) => failAll(error instanceof Error ? error : new Error(String(error))))
  worker.on('exit', () => failAll(new Error('The library was closed.')))

  const send = (message: { call: StoreCallName; input: readonly unknown[] } | { call: 'close' }) =>
    new Promise<unknown>((resolve, reject) => {
      const id = nextId++
      waiting.set(id, { resolve, reject })
      worker.postMessage({ id, ...message } as ToStore)
    })
  try {
    await opened
  } catch (error) {
    return openFailure(folder, error)
  }
  const calls = Object.fromEntries(
    (Object.keys(storeCalls) as StoreCallName[]).map((call) => [
      call,
      (...input: unknown[]) => send({ call, input }),
    ]),
    // The keys and argument lists are those of storeCalls.
  ) as unknown as Store
  return ok({ ...calls, close: async () => void (await send({ call: 'close' })) })
}

function openFailure(folder: string, error: unknown): Result<never> {
  const { name, message } = error instanceof Error ? error : new Error(String(error))
  switch (name) {
    case 'LockedLibraryError':
      return fail(
        'library-locked',
        'This library is open in another Latent.',
        'Close it there and try again.',
      )
    case 'NewerLibraryError':
      return fail(
        'library-newer',
        'This library was written by a newer version of Latent.',
        'Update Latent, then open it again.',
      )
    case 'DamagedLibraryError':
    case 'ForeignFileError':
      return fail(
        'library-damaged',
        `The library's data in ${folder} is damaged: ${message}`,
        'Your photos are untouched. Restore a file from its snapshots folder, or remove the folder to index anew.',
      )
    default:
      return fail('internal', `The library in ${folder} cannot be opened: ${message}`)
  }
}
