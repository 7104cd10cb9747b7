// The network that a person brought to the window: tried as often as they change its card.
import { randomUUID } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { type Failure, fail, ok, type Result } from '../../preload/contract/errors.ts'
import type { ImportCard, ToldCard } from '../../preload/contract/model-card.ts'
import type { ModelTrial, TrialAnswer } from '../../preload/contract/models.ts'
import type { InstalledCard } from './card.ts'
import { type ImportOptions, type TriedModel, tryModel } from './import-model.ts'
import { parseLabels } from './label-file.ts'
import type { ClassName } from './labels.ts'
import { type PairFiles, pairAt, pairWith } from './pair-files.ts'

/** A photo to try it on. */
export interface TrialPhoto {
  readonly name: string
  readonly path: string
}

interface Entry {
  readonly trialId: string
  readonly path: string
  pair: PairFiles | undefined
  labels: { readonly file: string; readonly names: readonly ClassName[] } | undefined
  tried: TriedModel | undefined
  abort: AbortController
}

/** No list of names is longer. */
const mostLabelsBytes = 16 * 2 ** 20

/** One at a time: a new one ends the one before. */
export class ModelTrials {
  private entry: Entry | undefined

  constructor(private readonly options: (signal: AbortSignal) => ImportOptions) {}

  async open(path: string): Promise<TrialAnswer> {
    await this.discard()
    const abort = new AbortController()
    const found = await pairAt(path)
    this.entry = {
      trialId: randomUUID(),
      path: found?.picture ?? path,
      pair: found?.pair,
      labels: undefined,
      tried: undefined,
      abort,
    }
    return this.run(this.entry, {}, undefined)
  }

  async again(
    trialId: string,
    told: ToldCard,
    photo: TrialPhoto | undefined,
  ): Promise<Result<TrialAnswer>> {
    const { entry } = this
    if (entry?.trialId !== trialId) return gone()
    await letGo(entry)
    return ok(await this.run(entry, told, photo))
  }

  /** @returns the file's name */
  async takeLabels(trialId: string, path: string): Promise<Result<string>> {
    const { entry } = this
    if (entry?.trialId !== trialId) return gone()
    const file = basename(path)
    const stats = await stat(path).catch(() => undefined)
    if (stats === undefined || stats.size > mostLabelsBytes) {
      return fail('unreadable', `${file} cannot be read as a list of names.`)
    }
    const text = await readFile(path, 'utf8')
    entry.labels = { file, names: parseLabels(text) }
    return ok(file)
  }

  /**
   * @param paths of a tokenizer.json and, unless one file holds both networks, a text network
   * @returns the text network's name
   */
  async takeText(trialId: string, paths: readonly string[]): Promise<Result<string>> {
    const { entry } = this
    if (entry?.trialId !== trialId) return gone()
    const tokenizer = paths.find((path) => /\.json$/i.test(path))
    const text = paths.find((path) => /\.onnx$/i.test(path)) ?? entry.path
    if (tokenizer === undefined) {
      return fail(
        'bad-request',
        'A text network needs its tokenizer.json.',
        'Choose both files at once.',
      )
    }
    entry.pair = await pairWith(text, tokenizer)
    return ok(basename(text))
  }

  dropLabels(trialId: string): Result<void> {
    if (this.entry?.trialId !== trialId) return gone()
    this.entry.labels = undefined
    return ok(undefined)
  }

  async install(
    trialId: string,
    names: Pick<ImportCard, 'id' | 'name'>,
  ): Promise<Result<InstalledCard>> {
    const { entry } = this
    if (entry?.trialId !== trialId || entry.tried === undefined) return gone()
    const installed = await entry.tried.install(names)
    // What could not be installed is still there, for another id.
    if (installed.ok) this.entry = undefined
    return installed
  }

  /** Without an id, whichever there is. */
  async discard(trialId?: string): Promise<void> {
    const { entry } = this
    if (entry === undefined || (trialId !== undefined && entry.trialId !== trialId)) return
    this.entry = undefined
    await letGo(entry)
  }

  private async run(
    entry: Entry,
    told: ToldCard,
    photo: TrialPhoto | undefined,
  ): Promise<TrialAnswer> {
    const { signal } = entry.abort
    const base = this.options(signal)
    const options = photo === undefined ? base : { ...base, examplePath: photo.path }
    const request = { path: entry.path, told, labels: entry.labels?.names, pair: entry.pair }
    const tried = await tryModel(request, options)
    if (signal.aborted) {
      if (tried.ok) await tried.value.discard()
      return refused(entry, { code: 'cancelled', message: 'It was interrupted.', hint: '' })
    }
    if (!tried.ok) return refused(entry, tried.error)
    entry.tried = tried.value
    return { kind: 'tried', trial: trialOf(entry, tried.value, photo) }
  }
}

async function letGo(entry: Entry): Promise<void> {
  entry.abort.abort()
  entry.abort = new AbortController()
  const { tried } = entry
  entry.tried = undefined
  await tried?.discard()
}

const trialOf = (
  { trialId, labels }: Entry,
  { card, fileName, sizeBytes, known, choices, notes, run, pair, labels: labelSet }: TriedModel,
  photo: TrialPhoto | undefined,
): ModelTrial => ({
  trialId,
  fileName,
  sizeBytes,
  card,
  notes,
  labels: run.top.map(({ index, probability }) => labelSet.label(index, probability)),
  photoName: photo?.name ?? '',
  msPerPhoto: run.msPerPhoto,
  labelsFile: labels?.file ?? '',
  embeddings: choices.embeddings,
  outputs: choices.outputs,
  layers: choices.layers,
  pair,
  catalogueId: known?.id ?? null,
})

const refused = ({ trialId, path }: Entry, failure: Failure): TrialAnswer => ({
  kind: 'refused',
  trialId,
  fileName: basename(path),
  failure,
})

const gone = (): Result<never> =>
  fail('not-found', 'This model is no longer at hand.', 'Bring its file again.')
