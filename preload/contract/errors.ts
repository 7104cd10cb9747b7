// What goes wrong in words a person can act on, and the shape it travels in.

/** Stable codes; the message is for people and may change. */
export type ErrorCode =
  | 'bad-request'
  | 'not-found'
  | 'unreadable'
  | 'unsupported'
  | 'refused'
  | 'timeout'
  | 'crashed'
  | 'library-locked'
  | 'library-newer'
  | 'library-damaged'
  | 'disk-full'
  | 'model-missing'
  | 'model-broken'
  | 'unreachable'
  | 'cancelled'
  | 'internal'

export interface Failure {
  readonly code: ErrorCode
  /** One sentence: what happened, naming the file. */
  readonly message: string
  /** One sentence: what to do next; empty when there is nothing to do. */
  readonly hint: string
}

export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: Failure }

export const ok = <T>(value: T): Result<T> => ({ ok: true, value })

export const fail = (code: ErrorCode, message: string, hint = ''): Result<never> => ({
  ok: false,
  error: { code, message, hint },
})

/** Makes `switch` over a union exhaustive: a new member fails the type-check. */
export function assertNever(value: never): never {
  throw new Error(`Expected no further case but received ${JSON.stringify(value)}`)
}
