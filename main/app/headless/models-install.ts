// `latent models install`: fetches a network of the catalogue and installs it.
import { rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { downloadFile, downloadLimits, writeFileAt } from '../../fetch/download-file.ts'
import { freeBytes } from '../../fetch/free-bytes.ts'
import { catalogueUrl, downloadableEntry, wantedFile } from '../../models/catalogue.ts'
import { catalogueAddress } from '../../models/catalogue-address.ts'
import { installFile } from '../../models/install-file.ts'
import { findModel, sentenceOf } from '../../models/installed.ts'
import { modelTrialOptions } from '../model-trial-options.ts'
import type { Places } from '../places.ts'
import { readArguments, theOnly } from './arguments.ts'
import { type ExitCode, exitCode, printLine, say, UsageError } from './output.ts'

const progressEveryMs = 1_000

export async function installModel(
  argv: readonly string[],
  at: Places,
  signal: AbortSignal,
): Promise<ExitCode> {
  const { positionals } = readArguments(argv, {})
  const id = theOnly('id', positionals)
  const entry = downloadableEntry(id)
  if (entry === undefined) {
    throw new UsageError(
      `Expected a model of the catalogue (see latent models catalogue), not ${id}.`,
    )
  }
  if ((await findModel(at, id)).ok) {
    printLine({ id, installed: true })
    return exitCode.complete
  }
  const { source } = entry
  const url = catalogueAddress(source.path, catalogueUrl, process.env.LATENT_MODELS_URL)
  const path = join(at.downloadsFolder, basename(source.path))
  say(`Fetching ${entry.name} from ${url.host}.`)
  let toldAtMs = 0
  const fetched = await downloadFile(wantedFile(entry, url, path), {
    signal,
    freeBytes,
    write: writeFileAt,
    limits: downloadLimits,
    onProgress: (doneBytes) => {
      if (Date.now() - toldAtMs < progressEveryMs) return
      toldAtMs = Date.now()
      say(`${Math.round(doneBytes / 1e6)} of ${Math.round(source.bytes / 1e6)} MB`)
    },
  })
  if (!fetched.ok) throw new Error(sentenceOf(fetched.error))
  say('Checking and trying it.')
  const installed = await installFile(path, entry, modelTrialOptions(at, signal))
  if (!installed.ok) throw new Error(sentenceOf(installed.error))
  await rm(path, { force: true })
  printLine({ id, installed: true })
  return exitCode.complete
}
