// What is open right now: the engine, at most one library, and the images dropped for a look.
import { randomUUID } from 'node:crypto'
import { realpath, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { Inspection, LibrarySummary } from '../../preload/contract/domain.ts'
import { type Failure, fail, ok, type Result } from '../../preload/contract/errors.ts'
import type { Events } from '../../preload/contract/events.ts'
import type { InspectorSource } from '../../preload/contract/inspector.ts'
import type { Atlas } from '../atlas/atlas.ts'
import type { Analysis, ImageSource } from '../engine/protocol.ts'
import type { Subject } from '../inspect/open-looks.ts'
import { Library, libraryIdOf } from '../library/library.ts'
import type { LibraryModel } from '../library/library-model.ts'
import type { LabelSet } from '../models/labels.ts'
import { openStore } from '../store/store-client.ts'
import { vectorFile } from '../store/vector-file.ts'
import type { CurrentModel, ModelUser } from './current-model.ts'
import { labellerOf } from './labeller.ts'
import type { RecentLibraries } from './recent-libraries.ts'

export interface WorkspaceOptions {
  readonly current: Pick<CurrentModel, 'model' | 'engine'>
  readonly atlas: () => Atlas
  readonly storeWorker: URL
  readonly librariesFolder: string
  readonly recent: RecentLibraries
  readonly send: <Name extends keyof Events>(name: Name, payload: Events[Name]) => void
  /** Another library is open, or photos of this one were analysed. */
  readonly onPhotos: (analysed: readonly number[]) => void
}

interface Inspected {
  readonly name: string
  readonly source: ImageSource
  readonly thumbnail: Uint8Array | undefined
  /** IEEE half floats as their bits, [embeddingDim]. */
  readonly embedding: Uint16Array | undefined
}

/** Thumbnails of this many inspections stay at hand. */
const keptInspections = 256
/** Pasted images are held in memory whole. */
const keptPastes = 4
const inspectedLabels = 5

export class Workspace implements ModelUser {
  private library: Library | undefined
  private opening: Promise<unknown> = Promise.resolve()
  private readonly inspected = new Map<string, Inspected>()

  constructor(private readonly options: WorkspaceOptions) {}

  get current(): Library | undefined {
    return this.library
  }

  /** Opens a folder as a library and starts to index it; then the one open before is closed. */
  async open(folder: string): Promise<Result<LibrarySummary>> {
    const turn = this.opening.then(() => this.openNow(folder))
    this.opening = turn.catch(() => {})
    return turn
  }

  private async openNow(folder: string): Promise<Result<LibrarySummary>> {
    const { current, storeWorker, librariesFolder, recent, send, onPhotos } = this.options
    const root = await realpath(folder).catch(() => folder)
    const stats = await stat(root).catch(() => undefined)
    if (stats !== undefined && !stats.isDirectory()) {
      return fail('not-found', `${folder} is not a folder.`, 'Choose a folder with photos.')
    }
    const id = libraryIdOf(root)
    if (this.library?.id === id) {
      await this.library.rescan()
      return ok(await this.library.summary())
    }
    const known = (await recent.list()).some((entry) => entry.id === id)
    if (stats === undefined && !known) {
      return fail('not-found', `${folder} cannot be found.`, 'Check that its drive is connected.')
    }
    const home = join(librariesFolder, id)
    const store = await openStore(storeWorker, home, current.model.spec)
    if (!store.ok) return this.keepOpen(store.error)
    if (stats !== undefined) {
      await store.value.addRoot(Buffer.from(root), 'folder').catch(async (error: unknown) => {
        await store.value.close()
        throw error
      })
    }
    // Only now is it certain that the other one can go.
    await this.close()
    this.library = new Library({
      root,
      home,
      store: store.value,
      ...this.libraryModel(home),
      onJob: (job) => send('job:changed', job),
      onChange: (summary) => send('library:changed', summary),
      onAnalysed: onPhotos,
    })
    onPhotos([])
    const summary = await this.library.summary()
    await recent.remember(summary)
    send('library:changed', summary)
    if (summary.offline) await this.library.goOn()
    else await this.library.index()
    return ok(summary)
  }

  /** The failure to open another library, with what that leaves the person with. */
  private keepOpen({ code, message, hint }: Failure): Result<never> {
    const { library } = this
    if (library === undefined) return fail(code, message, hint)
    return fail(code, message, `${hint} “${library.name}” stays open.`.trimStart())
  }

  async rest(): Promise<void> {
    await this.library?.rest()
  }

  async adopt(): Promise<void> {
    const turn = this.opening.then(() => this.adoptNow())
    this.opening = turn.catch(() => {})
    await turn
  }

  private async adoptNow(): Promise<void> {
    const { library } = this
    if (library === undefined) return
    const { home } = library.embeddingSource
    await library.adoptModel(this.libraryModel(home), this.options.current.model.spec)
  }

  async goOn(): Promise<void> {
    await this.library?.goOn()
  }

  /** @param home of the library's data */
  private libraryModel(home: string): LibraryModel {
    const { engine, model } = this.options.current
    const { card, labels, spec } = model
    const vectors = vectorFile(home, spec)
    return {
      engine,
      labels,
      modelId: card.id,
      modelName: card.name,
      unitLayers: card.unitLayers,
      vectors,
      labeller: labellerOf(this.options.current.model, vectors, this.options.atlas),
    }
  }

  async close(): Promise<void> {
    const closing = this.library
    if (closing === undefined) return
    this.library = undefined
    this.options.onPhotos([])
    const summary = await closing.summary()
    await closing.dispose()
    await this.options.recent.remember(summary)
    this.options.send('library:changed', null)
  }

  /** Looks at one image without adding it anywhere. */
  async inspect(source: ImageSource): Promise<Result<Inspection>> {
    const { engine, model } = this.options.current
    const name = source.kind === 'file' ? basename(String(source.path)) : source.name
    try {
      const analysis = await engine.analyse(source, { urgent: true, topCount: inspectedLabels })
      const id = this.keep({
        name,
        source,
        thumbnail: analysis.picture?.thumbnail,
        embedding: analysis.prediction?.embedding,
      })
      return ok({
        id,
        name,
        ...inspectionOf(analysis, model.labels),
        model: model.card.name,
        executionProvider: engine.status.executionProvider,
        canBeAdded: source.kind === 'file',
      })
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      return fail('internal', `${name} could not be inspected: ${reason}`, 'Try again in a moment.')
    }
  }

  inspectionThumbnail(id: string): Uint8Array | undefined {
    return this.inspected.get(id)?.thumbnail
  }

  /** IEEE half floats as their bits, [embeddingDim]. */
  inspectedEmbedding(id: string): Uint16Array | undefined {
    return this.inspected.get(id)?.embedding
  }

  /** What the Inspector is to look at. */
  async subject(source: InspectorSource): Promise<Result<Subject>> {
    if (source.kind === 'inspection') {
      const inspected = this.inspected.get(source.id)
      return inspected === undefined
        ? fail('not-found', 'This image is no longer at hand.', 'Drop it on the window again.')
        : ok({ name: inspected.name, source: inspected.source, photoId: null })
    }
    const photo = await this.library?.photos.photo(source.id)
    if (photo === undefined) return fail('not-found', 'This photo is no longer in the library.')
    const { id, name, path } = photo
    return ok({ name, source: { kind: 'file', path }, photoId: id })
  }

  async addInspected(id: string): Promise<Result<void>> {
    const source = this.inspected.get(id)?.source
    if (this.library === undefined)
      return fail('not-found', 'No library is open.', 'Open a folder.')
    if (source?.kind !== 'file') return fail('not-found', 'This image has no file to add.')
    await this.library.addFile(String(source.path))
    return ok(undefined)
  }

  private keep(inspected: Inspected): string {
    const id = randomUUID()
    this.inspected.set(id, inspected)
    const pasted = [...this.inspected].filter(([, { source }]) => source.kind === 'bytes')
    for (const [old] of pasted.slice(0, -keptPastes)) this.inspected.delete(old)
    for (const old of this.inspected.keys()) {
      if (this.inspected.size <= keptInspections) break
      this.inspected.delete(old)
    }
    return id
  }
}

function inspectionOf(analysis: Analysis, labelSet: LabelSet) {
  const { status, reason, facts, prediction, decodeMs, inferMs } = analysis
  const { widthPx, heightPx, sizeBytes, takenAt, camera, format } = facts
  const labels = Array.from(prediction?.classIndices ?? [], (index, rank) =>
    labelSet.label(index, prediction?.probabilities[rank] ?? 0),
  )
  return {
    status,
    reason,
    widthPx,
    heightPx,
    sizeBytes,
    takenAt,
    camera,
    format,
    wasSeen: prediction !== undefined,
    labels,
    decodeMs,
    inferMs,
  }
}
