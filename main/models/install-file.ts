// Installs a file whose card is known, as an import does that nobody has to look at.
import type { Result } from '../../preload/contract/errors.ts'
import type { InstalledCard } from './card.ts'
import { type ImportOptions, tryModel } from './import-model.ts'

export async function installFile(
  path: string,
  options: ImportOptions,
): Promise<Result<InstalledCard>> {
  const tried = await tryModel({ path, told: {}, labels: undefined }, options)
  if (!tried.ok) return tried
  const installed = await tried.value.install()
  if (!installed.ok) await tried.value.discard()
  return installed
}
