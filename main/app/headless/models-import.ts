// `latent models import`: guesses a card, tries the network, installs it when told to.
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { importCard, type ToldCard, toldCard } from '../../../preload/contract/model-card.ts'
import { tryModel } from '../../models/import-model.ts'
import { sentenceOf } from '../../models/installed.ts'
import { parseLabels } from '../../models/label-file.ts'
import { type PairFiles, pairAt, pairWith } from '../../models/pair-files.ts'
import { modelTrialOptions } from '../model-trial-options.ts'
import type { Places } from '../places.ts'
import { readArguments, theOnly } from './arguments.ts'
import { round } from './classify.ts'
import { type ExitCode, exitCode, printLine, say, UsageError } from './output.ts'

/** No list of names is longer. */
const mostTextBytes = 16 * 2 ** 20

export async function importModel(
  argv: readonly string[],
  at: Places,
  signal: AbortSignal,
): Promise<ExitCode> {
  const { values, positionals } = readArguments(argv, {
    id: { type: 'string' },
    name: { type: 'string' },
    card: { type: 'string' },
    labels: { type: 'string' },
    text: { type: 'string' },
    tokenizer: { type: 'string' },
    'tokenizer-config': { type: 'string' },
    yes: { type: 'boolean', default: false },
  })
  const named = resolve(theOnly('file', positionals))
  const { path, pair } = await filesOf(named, values)
  const known = values.card === undefined ? {} : await readCard(values.card)
  const told = toldCard.safeParse({
    ...known,
    ...(values.id === undefined ? {} : { id: values.id }),
    ...(values.name === undefined ? {} : { name: values.name }),
  })
  if (!told.success) {
    throw new UsageError('Expected --id of lower-case letters, digits, dots and hyphens.')
  }
  const labels = values.labels === undefined ? undefined : parseLabels(await text(values.labels))
  const request = { path, told: told.data, labels, pair }
  const tried = await tryModel(request, modelTrialOptions(at, signal))
  if (!tried.ok) throw new Error(sentenceOf(tried.error))
  const { card, notes, run, install, discard } = tried.value
  const wanted = values.yes || importCard.safeParse(told.data).success
  const installed = wanted ? await install() : undefined
  if (installed?.ok !== true) await discard()
  printLine({
    card,
    notes,
    ...(tried.value.pair === null ? {} : { pair: tried.value.pair }),
    labels: run.top.map(({ index, probability }) => {
      const { wnid, name } = tried.value.labels.label(index, probability)
      return { index, wnid, name, probability: round(probability, 4) }
    }),
    ms: round(run.msPerPhoto, 1),
    installed: installed?.ok === true,
  })
  if (installed?.ok === false) throw new Error(sentenceOf(installed.error))
  if (installed === undefined) {
    say(
      'Nothing is installed yet. If the card and the labels of the example photo (a Labrador ' +
        'retriever) look right, run this again with --yes; if not, correct the card and give it ' +
        'with --card.',
    )
  }
  return exitCode.complete
}

interface TextOptions {
  readonly text?: string | undefined
  readonly tokenizer?: string | undefined
  readonly 'tokenizer-config'?: string | undefined
}

/** The network, and what goes with it: as it was said, or as it lies in its folder. */
async function filesOf(
  named: string,
  { text, tokenizer, 'tokenizer-config': config }: TextOptions,
): Promise<{ path: string; pair: PairFiles | undefined }> {
  if (text === undefined && tokenizer === undefined) {
    const found = await pairAt(named)
    return found === undefined
      ? { path: named, pair: undefined }
      : { path: found.picture, pair: found.pair }
  }
  if (tokenizer === undefined) throw new UsageError('Expected --tokenizer beside --text.')
  // One file may hold both networks.
  const pair = await pairWith(text === undefined ? named : resolve(text), resolve(tokenizer))
  const tokenizerConfig = config === undefined ? pair.tokenizerConfig : resolve(config)
  return { path: named, pair: { ...pair, tokenizerConfig } }
}

/** A card by itself, or in the line that an import printed. */
async function readCard(path: string): Promise<ToldCard> {
  let json: unknown
  try {
    json = JSON.parse(await text(path))
  } catch (error) {
    if (error instanceof UsageError) throw error
    throw new UsageError(`Expected JSON in ${path}.`)
  }
  const inner = typeof json === 'object' && json !== null && 'card' in json ? json.card : json
  const card = toldCard.safeParse(inner)
  if (card.success) return card.data
  const [issue] = card.error.issues
  throw new UsageError(`${path}: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`)
}

async function text(path: string): Promise<string> {
  const bytes = await readFile(path).catch(() => undefined)
  if (bytes === undefined) throw new UsageError(`${path} cannot be read.`)
  if (bytes.length > mostTextBytes) throw new UsageError(`${path} is too long.`)
  return bytes.toString('utf8')
}
