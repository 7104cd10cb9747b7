// A failure that the person can act on: its message is the one sentence they are shown.

export class SetupFailure extends Error {
  name = 'SetupFailure'
}

/**
 * Runs a command of ours and turns its outcome into the exit status: a SetupFailure prints its
 * sentence alone, anything else is a bug and keeps its stack.
 *
 * @param {() => Promise<number>} main resolves to the exit status
 */
export async function runAsCommand(main) {
  try {
    process.exitCode = await main()
  } catch (error) {
    const text = error instanceof SetupFailure ? error.message : error
    console.error(text)
    process.exitCode = 1
  }
}
