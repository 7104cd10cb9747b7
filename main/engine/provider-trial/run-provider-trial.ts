// Gives one execution provider to a process of its own and ends that when it takes too long.
import type { Fork } from '../child-process.ts'
import { plainReason } from './plain-reason.ts'
import type {
  FromProviderTrial,
  ProfileRequest,
  ProviderTrialOutcome,
  ProviderTrialRequest,
} from './protocol.ts'

export type ProviderTrialFork = Fork<ProviderTrialRequest | ProfileRequest, FromProviderTrial>

/** Until it was refused by name, a GPU may compile for a minute; a CPU has nothing to compile. */
export const trialTimeoutMs = (provider: string): number => (provider === 'cpu' ? 30_000 : 60_000)

/** Always resolves, and the process has been told to end by then. */
export function runProviderTrial(
  fork: ProviderTrialFork,
  request: ProviderTrialRequest,
  timeoutMs: number,
  signal?: AbortSignal,
): Promise<ProviderTrialOutcome> {
  return new Promise((resolve) => {
    let stage = 'while its process started'
    let offered = true
    let isOver = false
    const finish = (outcome: ProviderTrialOutcome): void => {
      if (isOver) return
      isOver = true
      clearTimeout(deadline)
      signal?.removeEventListener('abort', interrupt)
      child.kill()
      resolve(outcome)
    }
    const refuse = (reason: string): void => finish({ ok: false, offered, reason })
    const interrupt = (): void => refuse('It was interrupted.')
    const deadline = setTimeout(
      () => refuse(`It took more than ${timeoutMs / 1000} s ${stage}.`),
      timeoutMs,
    )
    const child = fork({
      onMessage: (message) => {
        switch (message.type) {
          case 'hello':
            offered = message.offered.includes(request.provider)
            if (offered) child.send(request)
            else refuse('This build of ONNX Runtime does not offer it.')
            return
          case 'stage':
            stage = message.stage
            return
          case 'refused':
            refuse(plainReason(message.reason))
            return
          case 'done':
            finish({ ok: true, run: message.run })
            return
          case 'profiled':
          // Nobody asked for it here.
        }
      },
      onExit: (code) => refuse(`Its process crashed ${stage} (exit code ${code ?? 'unknown'}).`),
    })
    signal?.addEventListener('abort', interrupt)
    if (signal?.aborted === true) interrupt()
  })
}
