// Gives a network to the disposable process that quantises it, and ends that when told to.
import type { Fork } from '../engine/child-process.ts'
import type { FromQuantiser, QuantiseReport, QuantiseRequest } from './quantise-protocol.ts'

export type QuantiserFork = Fork<QuantiseRequest, FromQuantiser>

/** @throws Error with the reason why there is no quantised network, or the signal's reason */
export function runQuantiser(
  fork: QuantiserFork,
  request: QuantiseRequest,
  signal: AbortSignal,
  onProgress: (text: string, share: number) => void,
): Promise<QuantiseReport> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted()
    const stop = (): void => {
      reject(signal.reason)
      child.kill()
    }
    const child = fork({
      onMessage: (message) => {
        switch (message.type) {
          case 'progress':
            onProgress(message.text, message.share)
            return
          case 'refused':
            reject(new Error(`It cannot be quantised: ${message.reason}`))
            child.kill()
            return
          case 'done':
            resolve(message.report)
            child.kill()
        }
      },
      onExit: (code) => {
        signal.removeEventListener('abort', stop)
        reject(new Error(`The process that quantised it stopped (exit code ${code ?? 'unknown'}).`))
      },
    })
    signal.addEventListener('abort', stop, { once: true })
    child.send(request)
  })
}
