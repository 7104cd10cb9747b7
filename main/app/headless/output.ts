// Results go to stdout as JSON lines and nothing else does; everything for people goes to stderr.
import { writeSync } from 'node:fs'

/** Written before it returns, also into a pipe whose reader is slow. */
export const printLine = (value: unknown): void => {
  writeAll(1, `${JSON.stringify(value)}\n`)
}

export const say = (message: string): void => {
  writeAll(2, `${message}\n`)
}

function writeAll(fd: number, text: string): void {
  let rest = Buffer.from(text)
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(fd, rest))
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      // The reader has gone (`| head`): nobody is left to tell.
      if (code === 'EPIPE') return
      // A full pipe: its reader needs a moment.
      if (code !== 'EAGAIN') throw error
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5)
    }
  }
}

export const exitCode = { complete: 0, failed: 1, wrongUsage: 2 } as const
export type ExitCode = (typeof exitCode)[keyof typeof exitCode]

/** The person typed something that the command does not take. */
export class UsageError extends Error {}
