// An open library: its store, its jobs, and what the window may ask of it.
import { createHash } from 'node:crypto'
import { stat } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import type {
  Job,
  LabelCount,
  LibrarySummary,
  PhotoDetail,
  PhotoFilter,
  PhotoList,
  PhotoRow,
  PhotoSort,
  Problem,
} from '../../preload/contract/domain.ts'
import type { UnitPhoto, UnitPhotos } from '../../preload/contract/inspector.ts'
import type { ModelAgreement } from '../../preload/contract/models.ts'
import type { ModelAccuracy, SaidTruth, Truth, WrongPhotos } from '../../preload/contract/truth.ts'
import type { EngineHost } from '../engine/host.ts'
import type { OsPath } from '../engine/os-path.ts'
import { CallError } from '../inspect/calls.ts'
import { type ClassFinder, classFinder } from '../models/class-finder.ts'
import { imagenet1k, type LabelSet } from '../models/labels.ts'
import { type UnitLayer, unitNumber } from '../onnx/rewrites/unit-maxima.ts'
import type { StoreModel } from '../store/library-store.ts'
import type { StoredResults } from '../store/model-results.ts'
import type { StoredPhoto, StoreFilter } from '../store/photo-queries.ts'
import type { OpenStore } from '../store/store-client.ts'
import type { VectorFile } from '../store/vector-file.ts'
import { IndexJob } from './index-job.ts'
import { agreementOf } from './model-agreement.ts'
import type { Labeller } from './relabel.ts'
import type { JudgedPhotos } from './truth/accuracy.ts'
import { measureAccuracy } from './truth/measure-accuracy.ts'

/** What a library knows of the model whose results it shows. */
export interface LibraryModel {
  readonly engine: EngineHost
  readonly labels: LabelSet
  readonly modelId: string
  readonly modelName: string
  /** Order of the network's units, see InstalledCard. */
  readonly unitLayers: readonly UnitLayer[]
  readonly vectors: VectorFile
  /** Of a network whose labels can be chosen. */
  readonly labeller?: Labeller | undefined
}

/** What those need who work with the embeddings themselves. */
export interface EmbeddingSource {
  /** The library's data. */
  readonly home: string
  readonly vectors: VectorFile
  readonly store: OpenStore
  readonly labels: LabelSet
}

/** Another model whose results the library may hold. */
export interface OtherModel {
  readonly spec: { readonly id: string; readonly sha256: string }
  readonly labels: LabelSet
}

export interface LibraryOptions extends LibraryModel {
  /** Absolute path of the folder that the person opened. */
  readonly root: string
  /** The library's data. */
  readonly home: string
  readonly store: OpenStore
  readonly onJob: (job: Job) => void
  /** Photos or counts changed. */
  readonly onChange: (summary: LibrarySummary) => void
  /** Their results are in the store. */
  readonly onAnalysed: (ids: readonly number[]) => void
}

/** Library folders are named by what they show: 16 hex digits of the root's path. */
export const libraryIdOf = (root: string): string =>
  createHash('sha256').update(resolve(root)).digest('hex').slice(0, 16)

const rowLabels = 3
/** More in one answer of the store would keep everybody else waiting. */
const photosAtOnce = 2_000
const shownUnitPhotos = 9
/** Photos of one difference between two models. */
const shownExamples = 8
/** Photos that a model gets wrong. */
const shownWrong = 60
/** Classes that a search offers. */
const foundClasses = 40

export class Library {
  readonly id: string
  private readonly jobs = new Map<string, IndexJob>()
  private revision = 1
  private nextJob = 1
  private closing = false
  private model: LibraryModel
  private finder: { readonly labels: LabelSet; readonly classes: ClassFinder } | undefined

  constructor(private readonly options: LibraryOptions) {
    this.model = options
    this.id = libraryIdOf(options.root)
  }

  get name(): string {
    return basename(this.options.root) || this.options.root
  }

  /** Whose results it shows. */
  get modelId(): string {
    return this.model.modelId
  }

  /** Other embeddings, and labels, with another model. */
  get embeddingSource(): EmbeddingSource {
    const { home, store } = this.options
    const { vectors, labels } = this.model
    return { home, vectors, store, labels }
  }

  /** More results are on their way. */
  get isIndexing(): boolean {
    return [...this.jobs.values()].some(({ job }) => job.endedAtMs === null)
  }

  async summary(): Promise<LibrarySummary> {
    const { root, store } = this.options
    const [counts, waitingCount] = await Promise.all([store.counts(), store.pendingCount()])
    return {
      id: this.id,
      name: this.name,
      location: root,
      modelId: this.model.modelId,
      offline: (await stat(root).catch(() => undefined)) === undefined,
      photoCount: counts.total,
      doneCount: counts.done,
      waitingCount,
      problemCount: counts.problems,
      revision: this.revision,
    }
  }

  /** Looks for new, changed and moved files and analyses what waits. One job runs at a time. */
  async index(kind: Job['kind'] = 'index', scanFirst = true, analyses = true): Promise<string> {
    const running = [...this.jobs.values()].find(({ job }) => job.endedAtMs === null)
    if (running !== undefined && kind === 'index') return running.job.id
    if (running !== undefined) await this.stop(running)
    const { store, onJob, onAnalysed } = this.options
    const { engine } = this.model
    const id = `${this.id}-${this.nextJob++}`
    const job = new IndexJob({
      id,
      kind,
      title: `${kind === 'index' ? 'Indexing' : 'Trying again in'} ${this.name}`,
      store,
      engine,
      labeller: this.model.labeller,
      onRelabelled: () => {
        onAnalysed([])
        void this.changed()
      },
      analyses,
      scanFirst,
      onChange: onJob,
      onCommitted: (batch) => {
        onAnalysed(batch.map(({ photoId }) => photoId))
        void this.changed()
      },
    })
    this.jobs.set(id, job)
    void job.ended.then(() => {
      onAnalysed([])
      return this.changed()
    })
    return id
  }

  /** Ends the running job; photos that wait go on waiting. */
  async rest(): Promise<void> {
    for (const job of this.jobs.values()) await this.stop(job)
  }

  /**
   * From now on shows another model's results and works for what is missing of them; those of the
   * model before stay.
   */
  async adoptModel(model: LibraryModel, spec: StoreModel): Promise<void> {
    await this.rest()
    await this.options.store.adoptModel(spec)
    // Right behind the store's answer: what it answered before was of the model before.
    this.model = model
    // Whoever works with the embeddings lets go of those of before, then the window is told.
    this.options.onAnalysed([])
    await this.changed()
    await this.goOn()
  }

  /** Works on what waits, if the folder is there; other labels need no folder. */
  async goOn(): Promise<void> {
    const { offline, waitingCount } = await this.summary()
    const stale = this.model.labeller === undefined ? 0 : await this.options.store.staleLabelCount()
    if (stale > 0 || (!offline && waitingCount > 0)) await this.index('index', false, !offline)
  }

  storedResults(): Promise<readonly StoredResults[]> {
    return this.options.store.storedResults()
  }

  /** Where the model in use and another one agree about the photos. */
  async agreementWith({ spec, labels }: OtherModel): Promise<ModelAgreement> {
    const { store } = this.options
    const other = { id: spec.id, sha256: spec.sha256 }
    const pairs = await store.pairsWith(other)
    const { differences, ...found } = agreementOf(pairs, this.model.labels, labels)
    return {
      otherId: spec.id,
      ...found,
      differences: await Promise.all(
        differences.map(async ({ own, other: otherClass, ownName, otherName, count }) => {
          const pair = { own, other: otherClass }
          const ids = await store.photosOfPair(other, pair, shownExamples)
          return { ownName, otherName, count, examples: await this.rows(ids) }
        }),
      ),
    }
  }

  /** Keeps what a person says photos show; answers with what was said before. */
  async sayTruths(said: readonly SaidTruth[]): Promise<readonly SaidTruth[]> {
    const before = await this.options.store.sayTruths(said)
    await this.changed()
    return before
  }

  /** Classes of the model in use; ImageNet's for an encoder, which has none. */
  searchClasses(text: string): readonly Truth[] {
    return this.classes().search(text, foundClasses)
  }

  /** How often the model in use, and another one, say what photos really show. */
  async accuracy(other: OtherModel | null): Promise<ModelAccuracy> {
    const { accuracy, wrong } = await this.judged(other)
    const shown = async (ids: readonly number[]): Promise<WrongPhotos> => ({
      count: ids.length,
      examples: await this.rows(ids.slice(0, shownWrong)),
    })
    const [own, others, both] = await Promise.all([wrong.own, wrong.other, wrong.both].map(shown))
    const nothing: WrongPhotos = { count: 0, examples: [] }
    return {
      ...accuracy,
      wrong: { own: own ?? nothing, other: others ?? nothing, both: both ?? nothing },
    }
  }

  private judged(other: OtherModel | null): Promise<JudgedPhotos> {
    const { modelId, labels } = this.model
    return measureAccuracy(
      this.options.store,
      { modelId, labels },
      other === null
        ? null
        : { modelId: other.spec.id, sha256: other.spec.sha256, labels: other.labels },
    )
  }

  private classes(): ClassFinder {
    const { labels } = this.model
    if (this.finder?.labels !== labels) {
      this.finder = { labels, classes: classFinder(labels.size > 0 ? labels : imagenet1k) }
    }
    return this.finder.classes
  }

  /** Of a model that is not in use. */
  removeResults(modelId: string): Promise<void> {
    return this.options.store.removeResults(modelId)
  }

  async addFile(path: string): Promise<void> {
    await this.options.store.addRoot(Buffer.from(resolve(path)), 'file')
    await this.rescan()
  }

  /** A scan that comes after whatever runs now. */
  async rescan(): Promise<string> {
    const running = [...this.jobs.values()].find(({ job }) => job.endedAtMs === null)
    if (running !== undefined) await this.stop(running)
    return this.index()
  }

  async retry(ids: readonly number[]): Promise<string> {
    await this.options.store.makePending(ids)
    await this.changed()
    return this.index('retry', false)
  }

  jobList(): readonly Job[] {
    return [...this.jobs.values()].map(({ job }) => job).reverse()
  }

  job(id: string): IndexJob | undefined {
    return this.jobs.get(id)
  }

  async query(filter: PhotoFilter, sort: PhotoSort): Promise<PhotoList> {
    const { revision } = this
    return { revision, ...(await this.options.store.list(await this.storeFilter(filter), sort)) }
  }

  async rows(ids: readonly number[]): Promise<readonly PhotoRow[]> {
    const photos = await this.options.store.photos(ids)
    return photos.map((photo) => this.toRow(photo, rowLabels))
  }

  async detail(id: number): Promise<PhotoDetail | undefined> {
    const [photo] = await this.options.store.photos([id])
    if (photo === undefined) return undefined
    const { folder, sizeBytes, modifiedAtMs, takenAt, camera, format } = photo
    const { orientation, reason, decodeMs, inferMs } = photo
    return {
      ...this.toRow(photo, rowLabels),
      folder,
      sizeBytes,
      modifiedAtMs,
      takenAt,
      camera,
      format,
      orientation,
      reason,
      decodeMs,
      inferMs,
      model: this.model.modelName,
      topLabels: this.toRow(photo, photo.labels.length).labels,
    }
  }

  async labelCounts(filter: PhotoFilter): Promise<readonly LabelCount[]> {
    const counts = await this.options.store.labelCounts(await this.storeFilter(filter))
    return counts.map(({ classIndex, count }) => ({
      index: classIndex,
      name: this.model.labels.label(classIndex, 0).name,
      count,
    }))
  }

  async problems(): Promise<readonly Problem[]> {
    const photos = await this.options.store.problems()
    return photos.map(({ id, name, folder, status, reason, hasThumbnail }) => ({
      id,
      name,
      folder,
      status,
      reason,
      hasThumbnail,
    }))
  }

  thumbnail(id: number): Promise<Uint8Array | undefined> {
    return this.options.store.thumbnail(id)
  }

  /** RGB, [ids, 32, 32, 3]; black for a photo without. */
  tiles(ids: readonly number[]): Promise<Uint8Array> {
    return this.options.store.tiles(ids)
  }

  pathOf(id: number): Promise<OsPath | undefined> {
    return this.options.store.pathOf(id)
  }

  /** In the order asked for; unknown ids are left out. */
  async pathsOf(ids: readonly number[]): Promise<readonly OsPath[]> {
    const paths: OsPath[] = []
    for (let at = 0; at < ids.length; at += photosAtOnce) {
      const photos = await this.options.store.photos(ids.slice(at, at + photosAtOnce))
      paths.push(...photos.map(({ path }) => path))
    }
    return paths
  }

  async photo(id: number): Promise<StoredPhoto | undefined> {
    return (await this.options.store.photos([id]))[0]
  }

  /**
   * The photos that excite a unit most and least, as collected while indexing.
   *
   * @throws CallError `not-found` for a unit that was not collected
   */
  async unitPhotos(layer: string, channel: number): Promise<UnitPhotos> {
    const { store } = this.options
    const { unitLayers } = this.model
    const unit = unitNumber(unitLayers, layer, channel)
    if (unit === undefined) {
      throw new CallError('not-found', `No photos were collected for ${layer} unit ${channel}.`)
    }
    const [{ most, least }, counts] = await Promise.all([store.unitPhotos(unit), store.counts()])
    const rows = await this.rows([...most, ...least].map(({ photoId }) => photoId))
    const byId = new Map(rows.map((row) => [row.id, row]))
    const shown = (entries: typeof most): UnitPhoto[] =>
      entries.flatMap(({ photoId, activation }) => {
        const photo = byId.get(photoId)
        return photo === undefined ? [] : [{ photo, activation }]
      })
    return {
      layer,
      channel,
      photosSeen: counts.done,
      most: shown(most).slice(0, shownUnitPhotos),
      least: shown(least),
    }
  }

  async dispose(): Promise<void> {
    this.closing = true
    await this.rest()
    await this.options.store.close()
  }

  private async stop(job: IndexJob): Promise<void> {
    job.cancel()
    await job.ended
  }

  private async changed(): Promise<void> {
    this.revision++
    if (!this.closing) this.options.onChange(await this.summary())
  }

  private toRow(photo: StoredPhoto, labelCount: number): PhotoRow {
    const { id, name, status, widthPx, heightPx, dominantColour, hasThumbnail, labels, truth } =
      photo
    return {
      id,
      name,
      status,
      widthPx,
      heightPx,
      dominantColour,
      hasThumbnail,
      labels: labels
        .slice(0, labelCount)
        .map(({ classIndex, probability }) => this.model.labels.label(classIndex, probability)),
      truth,
    }
  }

  private async storeFilter(filter: PhotoFilter): Promise<StoreFilter> {
    const { text, labels, minProbability, statuses, truth } = filter
    const trimmed = text.trim()
    const textClasses = trimmed === '' ? [] : this.model.labels.search(trimmed)
    const corrected = truth === 'corrected'
    const among = truth === 'wrong' ? (await this.judged(null)).wrong.own : null
    return { text: trimmed, textClasses, labels, minProbability, statuses, corrected, among }
  }
}
