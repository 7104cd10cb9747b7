// `latent models labels`: other labels for a model that was imported with a text network.
import { readFile } from 'node:fs/promises'
import imagenetClasses from '../../../models/imagenet-classes.json'
import { changeLabels, removeOldLabels, type WantedLabels } from '../../models/change-labels.ts'
import { sentenceOf } from '../../models/installed.ts'
import { parseLabels } from '../../models/label-file.ts'
import type { ClassName } from '../../models/labels.ts'
import { photoSubjects } from '../../text/photo-subjects.ts'
import { usualTemplates } from '../../text/prompts.ts'
import { TextEncoder } from '../../text/text-encoder.ts'
import { forkAsUtility } from '../fork-utility.ts'
import type { Places } from '../places.ts'
import { readArguments, theOnly } from './arguments.ts'
import { commandModel } from './command-model.ts'
import { type ExitCode, exitCode, printLine, UsageError } from './output.ts'

/** No list of names is longer. */
const mostTextBytes = 2 ** 20

export async function changeModelLabels(
  argv: readonly string[],
  at: Places,
  signal: AbortSignal,
): Promise<ExitCode> {
  const { values, positionals } = readArguments(argv, {
    labels: { type: 'string' },
    template: { type: 'string', multiple: true },
  })
  const id = theOnly('id', positionals)
  if (values.labels === undefined) {
    throw new UsageError('Expected --labels with a file, “imagenet” or “subjects”.')
  }
  const wanted: WantedLabels = {
    names: await namesOf(values.labels),
    templates: values.template ?? usualTemplates,
  }
  const model = await commandModel(at, id)
  const texts = new TextEncoder(forkAsUtility(at.textEntry, 'Latent text'))
  try {
    const changed = await changeLabels(model, wanted, { texts, signal })
    if (!changed.ok) throw new Error(sentenceOf(changed.error))
    await removeOldLabels(changed.value, model.folder)
    printLine({ id, labels: changed.value.classCount, templates: wanted.templates.length })
    return exitCode.complete
  } finally {
    texts.dispose()
  }
}

async function namesOf(labels: string): Promise<readonly ClassName[]> {
  if (labels === 'imagenet') return imagenetClasses as [wnid: string, name: string][]
  if (labels === 'subjects') return photoSubjects.map((name) => ['', name])
  const bytes = await readFile(labels).catch(() => undefined)
  if (bytes === undefined) throw new UsageError(`${labels} cannot be read.`)
  if (bytes.length > mostTextBytes) throw new UsageError(`${labels} is too long.`)
  return parseLabels(bytes.toString('utf8'))
}
