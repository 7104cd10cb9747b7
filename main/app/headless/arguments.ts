// What a person types after a command.
import { type ParseArgsConfig, parseArgs } from 'node:util'
import { UsageError } from './output.ts'

type Options = NonNullable<ParseArgsConfig['options']>

/**
 * Options and what stands without one, in any order.
 *
 * @throws an error of code ERR_PARSE_ARGS_* on an option that is not declared
 */
export const readArguments = <const T extends Options>(argv: readonly string[], options: T) =>
  parseArgs({ args: [...argv], allowPositionals: true, options })

/** @param what for the person: "folder" */
export function theOnly(what: string, positionals: readonly string[]): string {
  const [only, ...more] = positionals
  if (only === undefined || more.length > 0) throw new UsageError(`Expected one ${what}.`)
  return only
}

export function wholeNumber(
  option: string,
  text: string,
  least: number,
  most = Number.MAX_SAFE_INTEGER,
): number {
  const value = Number(text)
  if (Number.isInteger(value) && value >= least && value <= most) return value
  const range = most === Number.MAX_SAFE_INTEGER ? `from ${least}` : `from ${least} to ${most}`
  throw new UsageError(`Expected --${option} ${range} but received ${text}.`)
}

/** Any number within a range. */
export function numberWithin(option: string, text: string, least: number, most: number): number {
  const value = Number(text)
  if (text.trim() !== '' && value >= least && value <= most) return value
  throw new UsageError(`Expected --${option} from ${least} to ${most} but received ${text}.`)
}
