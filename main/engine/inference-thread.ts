// Entry of a thread that holds one network on one execution provider: ONNX Runtime runs a batch in one
// go, and who waits for it has other things to do.
import { parentPort } from 'node:worker_threads'
import type { ModelSpec } from './protocol.ts'
import { type Batch, ClassifierSession } from './sessions.ts'

export type ToInference =
  | {
      readonly type: 'load'
      readonly model: ModelSpec
      readonly provider: string
      readonly threads: number
      readonly keptGraphs: string | undefined
    }
  | { readonly type: 'run'; readonly pixelsNhwc: Uint8Array; readonly size: number }
  | { readonly type: 'dispose' }

/** One for each message, in their order. */
export type FromInference =
  | { readonly type: 'loaded' }
  | { readonly type: 'ran'; readonly batch: Batch }
  | { readonly type: 'disposed' }
  | { readonly type: 'failed'; readonly reason: string }

if (parentPort !== null) serve(parentPort)

function serve(port: NonNullable<typeof parentPort>): void {
  let session: ClassifierSession | undefined
  let before: Promise<void> = Promise.resolve()
  port.on('message', (message: ToInference) => {
    before = before.then(async () => port.postMessage(await answer(message)))
  })

  async function answer(message: ToInference): Promise<FromInference> {
    try {
      switch (message.type) {
        case 'load': {
          const { model, provider, threads, keptGraphs } = message
          session = await ClassifierSession.create(model, provider, threads, { keptGraphs })
          return { type: 'loaded' }
        }
        case 'run':
          if (session === undefined) throw new Error('Expected a network to be loaded')
          return { type: 'ran', batch: await session.run(message.pixelsNhwc, message.size) }
        case 'dispose':
          await session?.dispose()
          return { type: 'disposed' }
      }
    } catch (error) {
      return { type: 'failed', reason: error instanceof Error ? error.message : String(error) }
    }
  }
}
