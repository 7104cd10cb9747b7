// Entry of the thread that holds a library's store, so that no flush ever blocks main.
import { parentPort, workerData } from 'node:worker_threads'
import { LibraryStore, type StoreModel } from './library-store.ts'
import { type FromStore, storeCalls, type ToStore } from './store-calls.ts'

if (parentPort !== null) serve(parentPort, workerData as { folder: string; model: StoreModel })

function serve(
  port: NonNullable<typeof parentPort>,
  { folder, model }: { folder: string; model: StoreModel },
): void {
  const answer = (message: FromStore): void => port.postMessage(message)
  const refuse = (id: number, error: unknown): void => {
    const { name, message } = error instanceof Error ? error : new Error(String(error))
    answer({ id, ok: false, name: error?.constructor?.name ?? name, message })
  }
  let store: LibraryStore
  try {
    store = new LibraryStore(folder, model)
    answer({ id: 0, ok: true, value: undefined })
  } catch (error) {
    refuse(0, error)
    port.close()
    return
  }
  port.on('message', async (message: ToStore) => {
    try {
      if (message.call === 'close') {
        store.dispose()
        answer({ id: message.id, ok: true, value: undefined })
        port.close()
        return
      }
      const call = storeCalls[message.call] as (s: LibraryStore, ...rest: never[]) => unknown
      const value = await call(store, ...(message.input as never[]))
      answer({ id: message.id, ok: true, value })
    } catch (error) {
      refuse(message.id, error)
    }
  })
}
