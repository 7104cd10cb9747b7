// The calls of the Inspector with their types, and the limits on how long each may be silent.
import type { CallClient } from './call-client.ts'
import type { InspectCalls } from './protocol.ts'

type CallName = keyof InspectCalls

/** The first call of a process loads the network, and a cold disk is slow. */
const silenceLimitMs = 60_000

export interface TypedCallOptions<Name extends CallName> {
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: InspectCalls[Name]['progress']) => void
}

/** @throws CallError, see {@link CallClient.call} */
export async function callNetwork<Name extends CallName>(
  client: CallClient,
  name: Name,
  input: InspectCalls[Name]['input'],
  options: TypedCallOptions<Name> = {},
): Promise<InspectCalls[Name]['answer']> {
  const { signal, onProgress } = options
  const answer = await client.call(name, input, {
    silenceLimitMs,
    ...(signal === undefined ? {} : { signal }),
    ...(onProgress === undefined
      ? {}
      : { onProgress: (progress) => onProgress(progress as InspectCalls[Name]['progress']) }),
  })
  // The handlers in the child are typed by the same table.
  return answer as InspectCalls[Name]['answer']
}
