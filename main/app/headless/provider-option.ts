// `--provider name`: which execution provider a command is to use, and no other.
import { providerNames } from '../../../preload/contract/providers.ts'
import { UsageError } from './output.ts'

export const providerOption = { provider: { type: 'string' } } as const

/**
 * @returns the one that was asked for; nothing when none was
 * @throws UsageError on a name that no execution provider has
 */
export function onlyProviders(asked: string | undefined): readonly string[] {
  if (asked === undefined) return []
  if (providerNames.some((name) => name === asked)) return [asked]
  throw new UsageError(`Expected --provider ${providerNames.join(', ')} but received ${asked}.`)
}
