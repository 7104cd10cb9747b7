// Main's side of the Cloud: follows whichever library is open, once the window has asked for it.
import type {
  CloudMorph,
  CloudMorphProgress,
  CloudPlace,
  CloudStatus,
  Likeness,
} from '../../preload/contract/cloud.ts'
import type { Atlas } from '../atlas/atlas.ts'
import type { NearestAnswer } from '../atlas/protocol.ts'
import { CallError } from '../inspect/calls.ts'
import type { Library } from '../library/library.ts'
import type { StoreModel } from '../store/library-store.ts'
import { type VectorFile, vectorFile } from '../store/vector-file.ts'
import { LibraryCloud } from './library-cloud.ts'
import { LibrarySearch } from './library-search.ts'

export interface CloudOptions {
  readonly atlas: Atlas
  readonly library: () => Library | undefined
  readonly onStatus: (status: CloudStatus) => void
  readonly onMorphing: (progress: CloudMorphProgress) => void
}

interface Held {
  readonly library: Library
  /** The embeddings of one model: with another one everything lies elsewhere. */
  readonly vectors: VectorFile
  readonly search: LibrarySearch
  /** Once asked for: laying out costs what indexing could use. */
  cloud?: Promise<LibraryCloud>
}

const isOf = (held: Held | undefined, library: Library | undefined): held is Held =>
  held !== undefined && held.library === library && held.vectors === library.embeddingSource.vectors

/** Shown beside an image from outside. */
const placeNeighbours = 24

export class Cloud {
  private held: Held | undefined
  private morphing: AbortController | undefined

  constructor(private readonly options: CloudOptions) {}

  /** Null when no library is open. */
  async open(): Promise<CloudStatus | null> {
    if (this.options.library() === undefined) return null
    return (await this.current()).status
  }

  /** @throws CallError `not-found` when no library is open */
  current(): Promise<LibraryCloud> {
    const held = this.hold()
    const { library, search } = held
    const { atlas, onStatus } = this.options
    held.cloud ??= LibraryCloud.open({
      ...library.embeddingSource,
      libraryId: library.id,
      atlas,
      search,
      isIndexing: () => library.isIndexing,
      onStatus: (status) => {
        if (this.held === held) onStatus(status)
      },
    })
    return held.cloud
  }

  /** The search of the open library. @throws CallError `not-found` when none is open */
  get search(): LibrarySearch {
    return this.hold().search
  }

  /** Photos, jobs or the library itself changed. @param analysed photos with new results */
  libraryChanged(analysed: readonly number[]): void {
    const { held } = this
    if (held === undefined) return
    if (isOf(held, this.options.library())) {
      held.search.photosChanged(analysed)
      void held.cloud?.then((cloud) => cloud.photosChanged())
    } else void this.letGo()
  }

  /** Best first, without the photos asked about. @throws CallError as LibraryCloud.nearest */
  async neighbours(like: Likeness, count: number): Promise<CloudPlace['neighbours']> {
    const cloud = await this.current()
    return this.withRows(await cloud.nearest(like, count))
  }

  /** @param halves an embedding, as the bits of half floats */
  async placeOf(halves: Uint16Array): Promise<CloudPlace> {
    const cloud = await this.current()
    const found = await cloud.nearest({ halves }, placeNeighbours)
    return {
      position: [...(await cloud.placeOf(halves))],
      neighbours: await this.withRows(found),
    }
  }

  /** Where another model would lay the points; ends the making of any other such layout. */
  async morphTo(spec: StoreModel): Promise<CloudMorph> {
    this.stopMorph()
    const abort = new AbortController()
    this.morphing = abort
    const { store, home } = this.hold().library.embeddingSource
    const ids = await store.embeddedIdsOf({ id: spec.id, sha256: spec.sha256 })
    if (ids.length === 0) {
      throw new CallError('not-found', 'That model has seen no photo of this library yet.')
    }
    const cloud = await this.current()
    return cloud.morphTo(
      { modelId: spec.id, vectors: vectorFile(home, spec), ids },
      { signal: abort.signal, onProgress: this.options.onMorphing },
    )
  }

  stopMorph(): void {
    this.morphing?.abort(new CallError('cancelled', 'The other layout was stopped.'))
    this.morphing = undefined
  }

  async dispose(): Promise<void> {
    await this.letGo()
    this.options.atlas.dispose()
  }

  private hold(): Held {
    const library = this.options.library()
    if (library === undefined) throw new CallError('not-found', 'No library is open.')
    if (isOf(this.held, library)) return this.held
    void this.letGo()
    const { store, vectors } = library.embeddingSource
    const held = {
      library,
      vectors,
      search: new LibrarySearch({ atlas: this.options.atlas, store, vectors }),
    }
    this.held = held
    return held
  }

  private async withRows({ ids, similarities }: NearestAnswer): Promise<CloudPlace['neighbours']> {
    const rows = (await this.options.library()?.photos.rows([...ids])) ?? []
    const byId = new Map(rows.map((row) => [row.id, row]))
    return Array.from(ids).flatMap((id, i) => {
      const photo = byId.get(id)
      return photo === undefined ? [] : [{ photo, similarity: similarities[i] ?? 0 }]
    })
  }

  private async letGo(): Promise<void> {
    const { held } = this
    this.held = undefined
    this.stopMorph()
    await (await held?.cloud)?.dispose()
  }
}
