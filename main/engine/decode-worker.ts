// Entry of a decoder thread: one image at a time, answers with buffers that are handed over.
import { parentPort } from 'node:worker_threads'
import { encode, loadSharp } from './decode.ts'
import {
  analyseFile,
  cropFile,
  type DecodeOutcome,
  type DecodeTask,
  renderFile,
} from './decode-task.ts'

export type DecodeReply =
  | { readonly kind: 'analysed'; readonly outcome: DecodeOutcome }
  | { readonly kind: 'rendered'; readonly file: Uint8Array }
  | { readonly kind: 'failed'; readonly reason: string }

if (parentPort !== null) serve(parentPort)

function serve(port: NonNullable<typeof parentPort>): void {
  const sharp = loadSharp()
  port.on('message', (task: DecodeTask) => void answer(task))
  port.postMessage('ready')

  async function answer(task: DecodeTask): Promise<void> {
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

  function send(reply: DecodeReply, arrays: readonly (Uint8Array | undefined)[]): void {
    const buffers = arrays.flatMap((array) =>
      array?.buffer instanceof ArrayBuffer ? [array.buffer] : [],
    )
    port.postMessage(reply, [...new Set(buffers)])
  }
}
