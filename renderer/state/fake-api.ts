// An api for tests of the state: answers from functions, counts calls, sends events by hand.
import type { DropOutcome, LatentApi } from '../../preload/contract/api.ts'
import { fail, type Result } from '../../preload/contract/errors.ts'
import type { EventName, Events } from '../../preload/contract/events.ts'
import type {
  OpenRequestName,
  RequestInput,
  RequestResult,
} from '../../preload/contract/requests.ts'

export type FakeAnswers = {
  [Name in OpenRequestName]?: (
    input: RequestInput<Name>,
  ) => RequestResult<Name> | Promise<RequestResult<Name>>
}

export interface FakeApi extends LatentApi {
  readonly calls: { readonly name: OpenRequestName; readonly input: unknown }[]
  send<Name extends EventName>(name: Name, payload: Events[Name]): void
}

/** For tests in which nothing is fetched. */
export const noBytes = async (url: string): Promise<Result<Uint8Array>> =>
  fail('internal', `The test expected nothing at ${url}.`)

export function createFakeApi(answers: FakeAnswers, dropOutcome?: DropOutcome): FakeApi {
  const calls: FakeApi['calls'] = []
  const listeners = new Map<EventName, Set<(payload: never) => void>>()
  return {
    calls,
    invoke: async (name, ...[input]) => {
      calls.push({ name, input })
      // The table is typed by name; TypeScript cannot follow that through a generic look-up.
      const answer = answers[name] as ((input: unknown) => RequestResult<typeof name>) | undefined
      return answer ? answer(input) : fail('internal', `The test expected no ${name}.`)
    },
    on: (name, listener) => {
      const known = listeners.get(name) ?? new Set()
      listeners.set(name, known.add(listener))
      return () => void known.delete(listener)
    },
    send: (name, payload) => {
      // Only listeners of this very event were put under its name.
      for (const listener of listeners.get(name) ?? [])
        (listener as (p: typeof payload) => void)(payload)
    },
    drop: async () => dropOutcome ?? { kind: 'inspections', pending: [] },
  }
}
