// Turns a service's expected failures into answers.
import { fail, ok, type Result } from '../../preload/contract/errors.ts'
import { CallError } from '../inspect/calls.ts'

/** An expected failure keeps its code; anything else is a bug and goes on as one. */
export async function answered<T>(work: Promise<T> | (() => Promise<T>)): Promise<Result<T>> {
  try {
    return ok(await (typeof work === 'function' ? work() : work))
  } catch (error) {
    if (error instanceof CallError) return fail(error.code, error.message)
    throw error
  }
}
