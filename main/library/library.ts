// An open library: its store, its jobs, and what the window may ask of it.
import { createHash } from 'node:crypto'
import { stat } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import type {
  Job,
  LibrarySummary,
  PhotoFilter,
  PhotoList,
  PhotoSort,
} from '../../preload/contract/domain.ts'
import type { SaidTruth } from '../../preload/contract/truth.ts'
import type { StoreModel } from '../store/library-store.ts'
import type { StoredResults } from '../store/model-results.ts'
import type { OpenStore } from '../store/store-client.ts'
import { IndexJob } from './index-job.ts'
import type { EmbeddingSource, LibraryModel } from './library-model.ts'
import { LibraryPhotos } from './library-photos.ts'
import { ModelJudgement } from './model-judgement.ts'

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

export class Library {
  readonly id: string
  private readonly jobs = new Map<string, IndexJob>()
  private revision = 1
  private nextJob = 1
  private closing = false
  private model: LibraryModel

  readonly photos: LibraryPhotos
  readonly judgement: ModelJudgement

  constructor(private readonly options: LibraryOptions) {
    this.model = options
    this.id = libraryIdOf(options.root)
    const { store } = options
    const model = (): LibraryModel => this.model
    const wrong = async (): Promise<readonly number[]> =>
      (await this.judgement.judged(null)).wrong.own
    this.photos = new LibraryPhotos({ store, model, wrong })
    this.judgement = new ModelJudgement({ store, model, photos: this.photos })
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

  /** Keeps what a person says photos show; answers with what was said before. */
  async sayTruths(said: readonly SaidTruth[]): Promise<readonly SaidTruth[]> {
    const before = await this.options.store.sayTruths(said)
    await this.changed()
    return before
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
    return { revision, ...(await this.photos.list(filter, sort)) }
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
}
