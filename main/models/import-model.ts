// Brings a person's own network in: tried in a process of its own, then put in place whole or not.
import { randomUUID } from 'node:crypto'
import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { fail, ok, type Result } from '../../preload/contract/errors.ts'
import { type ImportCard, importCard, type ToldCard } from '../../preload/contract/model-card.ts'
import type { PairSummary } from '../../preload/contract/models.ts'
import { sha256OfFile, sha256OfText } from '../fetch/file-hash.ts'
import type { InstalledCard } from './card.ts'
import type { CardChoices } from './card-choices.ts'
import { type DownloadableEntry, knownCard } from './catalogue.ts'
import { namesOf } from './guess-card.ts'
import { findModel, type ModelFolders } from './installed.ts'
import { type ClassName, imagenet1k, type LabelSet, labelSet } from './labels.ts'
import type { PairFiles } from './pair-files.ts'
import { prepareInTrial, type TrialLimits, type TrialOptions } from './run-trial.ts'
import type { Prepared, TrialRun } from './trial-protocol.ts'

/** Raise it with every change of what is written for an imported network. */
const importerVersion = 1

export const mostFileBytes = 500 * 2 ** 20
/** Picture and text network together: CLIP's largest picture size in half floats has 900 MB. */
const mostPairBytes = 1024 * 2 ** 20
/** What a crash left behind goes with the next import after this long. */
const abandonedAfterMs = 3_600_000
export const incomingPrefix = '.incoming-'

export interface ImportRequest {
  readonly path: string
  readonly told: ToldCard
  readonly labels: readonly ClassName[] | undefined
  /** The text side, of a picture network that has one. */
  readonly pair?: PairFiles | undefined
}

export interface ImportOptions extends ModelFolders, TrialOptions {
  /** A photo that is tried besides a drawn picture. */
  readonly examplePath: string
  /** Networks that are known by their file's hash. */
  readonly known: readonly DownloadableEntry[]
}

/** A network that works, and waits to be installed or discarded. */
export interface TriedModel {
  readonly card: ImportCard
  readonly fileName: string
  readonly sizeBytes: number
  /** What the file was recognised as. */
  readonly known: DownloadableEntry | undefined
  readonly choices: CardChoices
  readonly notes: readonly string[]
  readonly labels: LabelSet
  readonly pair: PairSummary | null
  readonly run: TrialRun
  /**
   * Fails when a model of this id is there already, or the disk is full.
   *
   * @param names how it is called; as the card says when absent
   */
  install(names?: Pick<ImportCard, 'id' | 'name'>): Promise<Result<InstalledCard>>
  discard(): Promise<void>
}

/** Reads, rewrites and runs a file in a bounded process; whoever is given a model ends it. */
export async function tryModel(
  { path, told, labels, pair }: ImportRequest,
  options: ImportOptions,
): Promise<Result<TriedModel>> {
  const fileName = basename(path)
  const stats = await stat(path).catch(() => undefined)
  if (stats?.isFile() !== true) {
    return fail('not-found', `${fileName} is no file that can be read.`, 'Check its path.')
  }
  const known = await recognise(path, stats.size, options.known)
  const sizeBytes = stats.size + (await textBytes(path, pair))
  const tooLarge = known === undefined && refuseSize(fileName, sizeBytes, pair !== undefined)
  if (tooLarge) return tooLarge
  const { userModelsFolder, examplePath } = options
  const outFolder = join(userModelsFolder, `${incomingPrefix}${randomUUID()}`)
  try {
    await mkdir(outFolder, { recursive: true })
    await removeAbandoned(userModelsFolder)
  } catch (error) {
    return unwritten(error)
  }
  const discard = (): Promise<void> => rm(outFolder, { recursive: true, force: true })
  const wanted = known === undefined ? told : overKnown(known, told)
  const request = {
    type: 'prepare',
    path,
    told: wanted,
    labels,
    pair,
    outFolder,
    examplePath,
  } as const
  const limits =
    known !== undefined
      ? limitsFor(known.source.bytes, options.limits)
      : pair !== undefined
        ? limitsFor(sizeBytes, options.limits)
        : options.limits
  const outcome = await prepareInTrial(request, { ...options, limits })
  if (!outcome.ok) {
    await discard()
    return fail('refused', `${fileName} cannot be used: ${outcome.reason}`)
  }
  const prepared = outcome.value
  const card = importCard.safeParse({
    ...namesOf(pair === undefined ? fileName : pairName(fileName, pair), wanted),
    ...prepared.reading,
  })
  if (!card.success) {
    await discard()
    const [issue] = card.error.issues
    const where = issue?.path.join('.') ?? ''
    return fail('refused', `${fileName} cannot be used: ${where}: ${issue?.message ?? ''}`)
  }
  return ok({
    card: card.data,
    fileName,
    sizeBytes,
    known,
    choices: prepared,
    notes: [...prepared.notes, ...prepared.run.notes],
    labels: labelsOf(prepared),
    pair: pairSummary(prepared),
    run: prepared.run,
    install: (names = card.data) => install(names, fileName, prepared, outFolder, options),
    discard,
  })
}

/** What a person says goes before what is known. */
function overKnown(known: DownloadableEntry, told: ToldCard): ToldCard {
  const card = knownCard(known)
  return { ...card, ...told, preprocessing: { ...card.preprocessing, ...told.preprocessing } }
}

/** By its hash; only a file of the right size is read for it. */
async function recognise(
  path: string,
  sizeBytes: number,
  entries: readonly DownloadableEntry[],
): Promise<DownloadableEntry | undefined> {
  const candidates = entries.filter(({ source }) => source.bytes === sizeBytes)
  if (candidates.length === 0) return undefined
  const sha256 = await sha256OfFile(path)
  return candidates.find(({ source }) => source.sha256 === sha256)
}

/** A file that is known to mean well, and a pair, may take what its size takes. */
const limitsFor = (bytes: number, limits: TrialLimits): TrialLimits => ({
  timeoutMs: Math.max(limits.timeoutMs, 120_000),
  memoryBytes: Math.max(limits.memoryBytes, 2 ** 30 + 8 * bytes),
})

/** Files of pairs are all called alike; their folder is not. */
const pairName = (fileName: string, { tokenizer }: PairFiles): string =>
  /^(vision_model|model|visual|image_encoder)\b/i.test(fileName)
    ? `${basename(dirname(tokenizer))}.onnx`
    : fileName

/** Of the text network, unless one file holds both. */
async function textBytes(path: string, pair: PairFiles | undefined): Promise<number> {
  if (pair === undefined || pair.text === path) return 0
  return (await stat(pair.text).catch(() => undefined))?.size ?? 0
}

function refuseSize(fileName: string, bytes: number, isPair: boolean): Result<never> | undefined {
  const mostBytes = isPair ? mostPairBytes : mostFileBytes
  if (bytes <= mostBytes) return undefined
  const [size, most] = [bytes, mostBytes].map((count) => Math.round(count / 2 ** 20))
  return fail(
    'refused',
    isPair
      ? `${fileName} and its text network have ${size} MB; pairs of up to ${most} MB can be used.`
      : `${fileName} has ${size} MB; networks of up to ${most} MB can be used.`,
  )
}

const pairSummary = ({ pair }: Prepared): PairSummary | null =>
  pair === undefined
    ? null
    : { textFile: pair.textFile, contextTokens: pair.tower.contextTokens, scale: pair.scale }

function labelsOf({ reading, classes, pair }: Prepared): LabelSet {
  if (pair !== undefined) return labelSet(classes ?? [])
  if (reading.classes.labels === 'imagenet-1k') return imagenet1k
  return labelSet(classes ?? [], reading.classes.count)
}

async function install(
  { id, name }: Pick<ImportCard, 'id' | 'name'>,
  fileName: string,
  prepared: Prepared,
  outFolder: string,
  folders: ModelFolders,
): Promise<Result<InstalledCard>> {
  const { reading, classes, pair, unitLayers, embeddingDim, embeddingLayer } = prepared
  const taken = fail(
    'bad-request',
    `A model called ${id} is installed already.`,
    'Choose another id, or remove that one first.',
  )
  const present = await findModel(folders, id)
  if (present.ok || present.error.code !== 'model-missing') return taken
  try {
    const kind = pair === undefined ? reading.classes.labels : 'file'
    const labels = await writeLabels(kind, classes, outFolder)
    const card: InstalledCard = {
      id,
      name,
      inputSizePx: reading.input.sidePx,
      classCount: pair === undefined ? reading.classes.count : (classes?.length ?? 0),
      embeddingDim,
      unitLayers: [...unitLayers],
      quantised: prepared.quantised,
      float: prepared.float,
      sourceSha256: prepared.sourceSha256,
      converterVersion: importerVersion,
      labels,
      embeddingLayer,
      ...(pair === undefined ? {} : { pair: { ...pair, templates: [...pair.templates] } }),
      imported: { file: fileName, reading },
      msPerPhoto: prepared.run.msPerPhoto,
    }
    const text = `${JSON.stringify(card, null, 2)}\n`
    await writeFile(join(outFolder, 'model.json'), text, { flush: true })
    await rename(outFolder, join(folders.userModelsFolder, id))
    return ok(card)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    return code === 'ENOTEMPTY' || code === 'EEXIST' ? taken : unwritten(error)
  }
}

async function writeLabels(
  kind: ImportCard['classes']['labels'],
  classes: readonly ClassName[] | undefined,
  folder: string,
): Promise<InstalledCard['labels']> {
  if (kind !== 'file') return { kind }
  const text = `${JSON.stringify(classes ?? [])}\n`
  await writeFile(join(folder, 'labels.json'), text, { flush: true })
  return { kind, file: 'labels.json', sha256: sha256OfText(text) }
}

async function removeAbandoned(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!name.startsWith(incomingPrefix)) continue
    const path = join(folder, name)
    const stats = await stat(path).catch(() => undefined)
    if (stats !== undefined && Date.now() - stats.mtimeMs > abandonedAfterMs) {
      await rm(path, { recursive: true, force: true })
    }
  }
}

function unwritten(error: unknown): Result<never> {
  const { code, message } = error as NodeJS.ErrnoException
  return code === 'ENOSPC'
    ? fail('disk-full', 'The disk is full.', 'Make room and import the network again.')
    : fail('internal', `The network could not be written: ${message}`)
}
