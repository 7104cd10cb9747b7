// Which execution providers this build of ONNX Runtime has, asked of a process that loads it.
import type { ProviderTrialFork } from './run-provider-trial.ts'

const timeoutMs = 20_000

/** @throws Error when the process does not say */
export function offeredByThisBuild(fork: ProviderTrialFork): Promise<readonly string[]> {
  return new Promise((resolve, reject) => {
    const deadline = setTimeout(() => {
      child.kill()
      reject(new Error('ONNX Runtime did not start.'))
    }, timeoutMs)
    const child = fork({
      onMessage: (message) => {
        if (message.type !== 'hello') return
        clearTimeout(deadline)
        child.kill()
        resolve(message.offered)
      },
      onExit: (code) => {
        clearTimeout(deadline)
        reject(new Error(`ONNX Runtime cannot be loaded (exit code ${code ?? 'unknown'}).`))
      },
    })
  })
}
