// Gives a pair of networks other labels: its pictures' vectors stay, their last layer is new.
import { randomUUID } from 'node:crypto'
import { readdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fail, ok, type Result } from '../../preload/contract/errors.ts'
import { sha256OfText } from '../fetch/file-hash.ts'
import { CallError } from '../inspect/calls.ts'
import type { TextEncoder } from '../text/text-encoder.ts'
import type { InstalledCard } from './card.ts'
import type { InstalledModel } from './installed.ts'
import type { ClassName } from './labels.ts'

/** More take long to read, and no photo is better known for it. */
export const mostLabels = 5_000
export const mostTemplates = 20

export interface WantedLabels {
  readonly names: readonly ClassName[]
  /** Sentences with {} where the label goes. */
  readonly templates: readonly string[]
}

export interface ChangeLabelsOptions {
  readonly texts: Pick<TextEncoder, 'label'>
  readonly signal?: AbortSignal
  /** 0 to 1. */
  readonly onProgress?: (fraction: number) => void
}

/** Names without blanks around them, each once; others of its kind are left out. */
export function distinctNames(names: readonly ClassName[]): readonly ClassName[] {
  const seen = new Set<string>()
  return names.flatMap(([wnid, name]): ClassName[] => {
    const trimmed = name.trim()
    const key = trimmed.toLowerCase()
    if (trimmed === '' || seen.has(key)) return []
    seen.add(key)
    return [[wnid, trimmed]]
  })
}

/**
 * The model's folder holds the new files and its card names them, or all is as it was. Whoever has
 * seen it run with them calls {@link removeOldLabels}, else {@link writeCard} with the card of before.
 */
export async function changeLabels(
  { card, folder, text }: InstalledModel,
  { names, templates }: WantedLabels,
  { texts, signal, onProgress }: ChangeLabelsOptions,
): Promise<Result<InstalledCard>> {
  const { pair } = card
  if (pair === undefined || text === undefined) {
    return fail('refused', `${card.name} has no text network: its labels are its own.`)
  }
  const classes = distinctNames(names)
  if (classes.length < 2 || classes.length > mostLabels) {
    const [most, found] = [mostLabels, classes.length].map((count) => count.toLocaleString('en'))
    return fail('bad-request', `Expected from 2 to ${most} labels but received ${found}.`)
  }
  if (templates.length === 0 || templates.length > mostTemplates) {
    return fail('bad-request', `Expected from 1 to ${mostTemplates} sentences.`)
  }
  try {
    const { head, labelled } = await texts.label(
      {
        tower: text,
        names: classes.map(([, name]) => name),
        templates,
        scale: pair.scale,
        encoderPath: join(folder, pair.encoder.file),
        folder,
      },
      { ...(signal && { signal }), ...(onProgress && { onProgress }) },
    )
    const labels = `${JSON.stringify(classes)}\n`
    const sha256 = sha256OfText(labels)
    const file = `labels-${sha256.slice(0, 8)}.json`
    await writeFile(join(folder, file), labels, { flush: true })
    const changed: InstalledCard = {
      ...card,
      classCount: classes.length,
      quantised: labelled,
      float: labelled,
      labels: { kind: 'file', file, sha256 },
      pair: { ...pair, head, templates: [...templates] },
    }
    await writeCard(changed, folder)
    return ok(changed)
  } catch (error) {
    if (error instanceof CallError) return fail(error.code, error.message)
    const { code, message } = error as NodeJS.ErrnoException
    return code === 'ENOSPC'
      ? fail('disk-full', 'The disk is full.', 'Make room and try again.')
      : fail('internal', `The labels could not be written: ${message}`)
  }
}

/** In one step. */
export async function writeCard(card: InstalledCard, folder: string): Promise<void> {
  const draft = join(folder, `model-${randomUUID()}.tmp`)
  await writeFile(draft, `${JSON.stringify(card, null, 2)}\n`, { flush: true })
  await rename(draft, join(folder, 'model.json'))
}

/** Files of other lists than the card's, and what a crash left of one. */
export async function removeOldLabels(
  { quantised, labels, pair }: InstalledCard,
  folder: string,
): Promise<void> {
  const used = [quantised.file, pair?.head.file, labels.kind === 'file' ? labels.file : undefined]
  for (const name of await readdir(folder)) {
    const isOfLabels = /^labell?(s|ed)(-[0-9a-f]+)?\.(onnx|json)$|^model-.*\.tmp$/.test(name)
    // Where a file in use cannot go, it goes with the next change.
    if (isOfLabels && !used.includes(name)) await rm(join(folder, name)).catch(() => {})
  }
}
