// A failure that the person can act on: its message is the one sentence they are shown.
import { say } from './progress.mjs'

export class SetupFailure extends Error {
  name = 'SetupFailure'
}

/** What the system itself refuses: its message says which path, and is no bug of ours. */
const SYSTEM_REFUSALS = {
  EACCES: 'permission was denied',
  EPERM: 'permission was denied',
  EROFS: 'a folder is read-only',
  ENOSPC: 'the disk is full',
}

/**
 * Runs a command of ours and turns its outcome into the exit status: an expected failure prints its
 * sentence alone, anything else is a bug and keeps its stack.
 *
 * @param {() => Promise<number>} main resolves to the exit status
 */
export async function runAsCommand(main) {
  try {
    process.exitCode = await main()
  } catch (error) {
    const refusal = SYSTEM_REFUSALS[error?.code]
    if (error instanceof SetupFailure) say(error.message)
    else if (refusal) say(`${refusal} (${error.message}).`)
    else console.error(error)
    process.exitCode = 1
  }
}
