// Calls between main and a child of the Inspector: one request, progress on the way, one answer.
import type { ErrorCode } from '../../preload/contract/errors.ts'

export type ToCallee =
  | { readonly type: 'call'; readonly id: number; readonly name: string; readonly input: unknown }
  | { readonly type: 'cancel'; readonly id: number }

export type FromCallee =
  | { readonly type: 'value'; readonly id: number; readonly value: unknown }
  | {
      readonly type: 'failure'
      readonly id: number
      readonly code: ErrorCode
      readonly message: string
    }
  | { readonly type: 'progress'; readonly id: number; readonly progress: unknown }

/** An expected failure that crosses the line with its code. */
export class CallError extends Error {
  constructor(
    readonly code: ErrorCode,
    message: string,
  ) {
    super(message)
  }
}
