// Has a network profiled in a disposable process, and ends that when it takes too long.

import type { ProfileRequest } from '../provider-trial/protocol.ts'
import type { ProviderTrialFork } from '../provider-trial/run-provider-trial.ts'
import type { ProfiledRun } from './profile-trace.ts'

const timeoutMs = 120_000

/** @throws Error with the reason why there is none */
export function runNetworkProfile(
  fork: ProviderTrialFork,
  request: ProfileRequest,
): Promise<ProfiledRun> {
  return new Promise((resolve, reject) => {
    const end = (settle: () => void): void => {
      clearTimeout(deadline)
      settle()
      child.kill()
    }
    const refuse = (reason: string): void => end(() => reject(new Error(reason)))
    const deadline = setTimeout(() => refuse(`It took more than ${timeoutMs / 1000} s.`), timeoutMs)
    const child = fork({
      onMessage: (message) => {
        if (message.type === 'hello') child.send(request)
        if (message.type === 'profiled') end(() => resolve(message.run))
        if (message.type === 'refused') refuse(message.reason)
      },
      onExit: (code) => refuse(`Its process stopped (exit code ${code ?? 'unknown'}).`),
    })
  })
}
