// `latent models catalogue`: the networks that can be had by name.
import { catalogue, catalogueUrl, isDownloadable } from '../../models/catalogue.ts'
import { catalogueAddress } from '../../models/catalogue-address.ts'
import { findModel } from '../../models/installed.ts'
import type { Places } from '../places.ts'
import { readArguments } from './arguments.ts'
import { type ExitCode, exitCode, printLine, UsageError } from './output.ts'

export async function listCatalogue(argv: readonly string[], at: Places): Promise<ExitCode> {
  const { positionals } = readArguments(argv, {})
  if (positionals.length > 0) throw new UsageError(`Expected no ${positionals[0]}.`)
  for (const { id, name, facts, source, inputSizePx, embeddingDim } of catalogue.filter(
    isDownloadable,
  )) {
    const { year, licence, accuracy } = facts
    printLine({
      id,
      name,
      year,
      licence,
      top1: accuracy?.top1 ?? null,
      top5: accuracy?.top5 ?? null,
      side: inputSizePx,
      embedding: embeddingDim,
      bytes: source.bytes,
      sha256: source.sha256,
      url: catalogueAddress(source.path, catalogueUrl, process.env.LATENT_MODELS_URL).href,
      installed: (await findModel(at, id)).ok,
    })
  }
  return exitCode.complete
}
