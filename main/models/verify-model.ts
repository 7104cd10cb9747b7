// Whether an installed model is still what was installed, and still runs.
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { sha256OfFile } from '../fetch/file-hash.ts'
import type { InstalledModel } from './installed.ts'
import { checkInTrial, type TrialOptions } from './run-trial.ts'
import type { TrialOutcome, TrialRun } from './trial-protocol.ts'

/** A slow disk reads this much. */
const slowBytesPerMs = 20_000

/** Compares the files with the card, then runs the model in a process of its own. */
export async function verifyModel(
  { card, spec, folder }: InstalledModel,
  options: TrialOptions & { readonly examplePath: string },
): Promise<TrialOutcome<TrialRun>> {
  const labels = card.labels.kind === 'file' ? [card.labels] : []
  const { pair } = card
  const text = pair === undefined ? [] : [pair.text, pair.tokenizer, pair.head, pair.encoder]
  for (const { file, sha256 } of [card.quantised, card.float, ...labels, ...text]) {
    const found = await sha256OfFile(join(folder, file)).catch(() => undefined)
    if (found === undefined) return { ok: false, reason: `${file} is missing or cannot be read.` }
    if (found !== sha256) {
      return { ok: false, reason: `${file} is not the file that was installed.` }
    }
  }
  const { size } = await stat(spec.onnxPath)
  const { limits, examplePath } = options
  // It was tried before it was installed; a large one of the catalogue takes what its size takes.
  const roomy = {
    timeoutMs: limits.timeoutMs + size / slowBytesPerMs,
    memoryBytes: limits.memoryBytes + 3 * size,
  }
  return checkInTrial({ type: 'check', spec, examplePath }, { ...options, limits: roomy })
}
