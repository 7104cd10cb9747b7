// Results go to stdout as JSON lines and nothing else does; everything for people goes to stderr.

export const printLine = (value: unknown): void => {
  process.stdout.write(`${JSON.stringify(value)}\n`)
}

export const say = (message: string): void => {
  process.stderr.write(`${message}\n`)
}

export const exitCode = { complete: 0, failed: 1, wrongUsage: 2 } as const
export type ExitCode = (typeof exitCode)[keyof typeof exitCode]

/** The person typed something that the command does not take. */
export class UsageError extends Error {}
