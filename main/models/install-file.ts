// Installs a file of the catalogue, as an import does that nobody has to look at.
import { basename } from 'node:path'
import { fail, type Result } from '../../preload/contract/errors.ts'
import type { InstalledCard } from './card.ts'
import type { DownloadableEntry } from './catalogue.ts'
import { type ImportOptions, tryModel } from './import-model.ts'

/** Fails for any other file than the entry's, whatever it is called. */
export async function installFile(
  path: string,
  entry: DownloadableEntry,
  options: ImportOptions,
): Promise<Result<InstalledCard>> {
  const request = { path, told: {}, labels: undefined }
  const tried = await tryModel(request, { ...options, known: [entry] })
  if (!tried.ok) return tried
  if (tried.value.known === undefined) {
    await tried.value.discard()
    return fail('refused', `${basename(path)} is not the file that Latent knows.`)
  }
  const installed = await tried.value.install()
  if (!installed.ok) await tried.value.discard()
  return installed
}
