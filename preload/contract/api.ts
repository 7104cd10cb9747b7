// What preload puts on `window.api`.
import type { Inspection, LibrarySummary } from './domain.ts'
import type { Result } from './errors.ts'
import type { EventName, Events } from './events.ts'
import type { TrialAnswer } from './models.ts'
import type { OpenRequestName, RequestInput, RequestResult } from './requests.ts'

/** What a drop amounted to: a folder opens, a model is tried, photos are inspected one by one. */
export type DropOutcome =
  | { readonly kind: 'library'; readonly result: Result<LibrarySummary> }
  | {
      readonly kind: 'model'
      readonly name: string
      readonly answer: Promise<Result<TrialAnswer>>
    }
  | { readonly kind: 'inspections'; readonly pending: readonly PendingInspection[] }

/** One dropped file: its name at once, its inspection when it is done. */
export interface PendingInspection {
  readonly name: string
  readonly inspection: Promise<Result<Inspection>>
}

export interface LatentApi {
  /** Never rejects: failures come back as `{ ok: false }`. */
  invoke<Name extends OpenRequestName>(
    name: Name,
    ...input: undefined extends RequestInput<Name> ? [] : [RequestInput<Name>]
  ): Promise<RequestResult<Name>>
  /** Returns the function that ends the subscription. */
  on<Name extends EventName>(name: Name, listener: (payload: Events[Name]) => void): () => void
  /** Files of a drop or a paste, as the DOM gave them; preload finds their paths. */
  drop(files: readonly File[]): Promise<DropOutcome>
}
