// Entry of a decoder thread: one image after the other, answers with buffers that are handed over.
import { parentPort } from 'node:worker_threads'
import { encode, loadSharp } from './decode.ts'
import {
  analyseFile,
  cropFile,
  type DecodeOutcome,
  type DecodeTask,
  renderFile,
} from './decode-task.ts'
import { lowerThreadPriority } from './lower-thread-priority.ts'
import { type Ordered, oneAtATime } from './one-at-a-time.ts'

export type DecodeReply =
  | { readonly kind: 'analysed'; readonly outcome: DecodeOutcome }
  | { readonly kind: 'rendered'; readonly file: Uint8Array }
  | { readonly kind: 'failed'; readonly reason: string }

export interface ToDecoder extends Ordered {
  readonly id: number
  readonly task: DecodeTask
}

export type FromDecoder = 'ready' | { readonly id: number; readonly reply: DecodeReply }

if (parentPort !== null) serve(parentPort)

function serve(port: NonNullable<typeof parentPort>): void {
  // Who waits is the network, which runs beside: photos are decoded where it leaves time.
  lowerThreadPriority()
  const sharp = loadSharp()
  port.on('message', oneAtATime(answer))
  port.postMessage('ready')

  async function answer({ id, task }: ToDecoder): Promise<void> {
    const send = (reply: DecodeReply, arrays: readonly (Uint8Array | undefined)[]): void =>
      post({ id, reply }, arrays)
    try {
      if (task.kind !== 'analyse') {
        const file = await fileOf(task)
        send({ kind: 'rendered', file }, [file])
      } else {
        const outcome = await analyseFile(sharp, task.source, task.inputSizePx)
        const { pixels, picture } = outcome
        send({ kind: 'analysed', outcome }, [pixels, picture?.thumbnail, picture?.tile])
      }
    } catch (error) {
      send({ kind: 'failed', reason: error instanceof Error ? error.message : String(error) }, [])
    }
  }

  function fileOf(task: Exclude<DecodeTask, { kind: 'analyse' }>): Promise<Uint8Array> {
    switch (task.kind) {
      case 'render':
        return renderFile(sharp, task.source, task.maxSidePx)
      case 'crop':
        return cropFile(sharp, task.source, task.crops)
      default:
        return encode(sharp, task.raster, task.as)
    }
  }

  function post(message: FromDecoder, arrays: readonly (Uint8Array | undefined)[]): void {
    const buffers = arrays.flatMap((array) =>
      array?.buffer instanceof ArrayBuffer ? [array.buffer] : [],
    )
    port.postMessage(message, [...new Set(buffers)])
  }
}
