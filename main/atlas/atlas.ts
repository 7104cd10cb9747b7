// Main's side of the Cloud's sums: a process that is started when it is first needed.
import type { Fork } from '../engine/child-process.ts'
import { CallClient } from '../inspect/call-client.ts'
import { CallError, type FromCallee, type ToCallee } from '../inspect/calls.ts'
import type { AtlasCalls } from './protocol.ts'

type CallName = keyof AtlasCalls

/** Progress comes several times a second; reading a large library from a cold disk is silent. */
const silenceLimitMs = 120_000
/** Another setting within that time finds the neighbours still there. */
const idleLimitMs = 300_000

export interface AtlasCallOptions<Name extends CallName> {
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: AtlasCalls[Name]['progress']) => void
}

/** Calls may run side by side; each takes every core. Whoever creates it disposes of it. */
export class Atlas {
  private readonly client: CallClient

  constructor(fork: Fork<ToCallee, FromCallee>) {
    this.client = new CallClient(fork, idleLimitMs)
  }

  /**
   * @throws CallError: `cancelled` at once when the signal aborts, `not-found` without embeddings,
   *   `crashed` or `timeout` when the process had to be given up
   */
  async call<Name extends CallName>(
    name: Name,
    input: AtlasCalls[Name]['input'],
    { signal, onProgress }: AtlasCallOptions<Name> = {},
  ): Promise<AtlasCalls[Name]['answer']> {
    try {
      const answer = await this.client.call(name, input, {
        silenceLimitMs,
        ...(signal === undefined ? {} : { signal }),
        ...(onProgress === undefined
          ? {}
          : { onProgress: (told) => onProgress(told as AtlasCalls[Name]['progress']) }),
      })
      // The handlers in the child are typed by the same table.
      return answer as AtlasCalls[Name]['answer']
    } catch (error) {
      throw inItsWords(error)
    }
  }

  dispose(): void {
    this.client.dispose()
  }
}

function inItsWords(error: unknown): unknown {
  if (!(error instanceof CallError)) return error
  if (error.code === 'crashed') return new CallError('crashed', 'The Cloud’s process stopped.')
  if (error.code === 'timeout') return new CallError('timeout', 'The Cloud took too long.')
  return error
}
