// Main's side of activation atlases: the one that the window looks at, of whichever library is open.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type {
  ActivationAtlas,
  ActivationAtlasStatus,
  AtlasCellDetail,
  AtlasCellPlace,
  CellDream,
} from '../../preload/contract/activation-atlas.ts'
import type { Atlas } from '../atlas/atlas.ts'
import type { CallClient } from '../inspect/call-client.ts'
import { CallError } from '../inspect/calls.ts'
import type { Library } from '../library/library.ts'
import type { InstalledModel } from '../models/installed.ts'
import { type MapCell, readDirections, sheetPath } from './atlas-map.ts'
import { CellDreams, cellNumber } from './dreams/cell-dreams.ts'
import {
  type AtlasSettings,
  type AtlasSources,
  findAtlas,
  isOutOfDate,
  type MadeAtlas,
  makeAtlas,
  mostSamples,
} from './make-atlas.ts'

export interface ActivationAtlasesOptions {
  /** Owned by the caller, as are the workers. */
  readonly atlas: Atlas
  readonly workerOf: (model: InstalledModel) => CallClient
  /** In use now. */
  readonly model: () => InstalledModel
  readonly library: () => Library | undefined
  readonly onStatus: (status: ActivationAtlasStatus) => void
  readonly onDream: (dream: CellDream) => void
}

/** What the map is refined through as one comes closer. */
const shownSides = [10, 20, 40, 80] as const
const firstSeed = 1
const statusEveryMs = 200
const shownLabels = 3

interface Held {
  readonly library: Library
  readonly model: InstalledModel
  status: ActivationAtlasStatus
  shown: (MadeAtlas & { readonly dreams: CellDreams }) | undefined
  making: AbortController | undefined
}

export class ActivationAtlases {
  private held: Held | undefined

  constructor(private readonly options: ActivationAtlasesOptions) {}

  /** Null when no library is open. Ends the making of another layer's atlas. */
  async open(layer: string): Promise<ActivationAtlasStatus | null> {
    const library = this.options.library()
    if (library === undefined) return null
    const { held } = this
    const model = this.options.model()
    if (this.isCurrent(held) && held?.status.layer === layer) {
      held.status = { ...held.status, ...(await this.newsOf(held)) }
      return held.status
    }
    this.letGo()
    const opened: Held = {
      library,
      model,
      status: firstStatus(library.id, layer),
      shown: undefined,
      making: undefined,
    }
    this.held = opened
    const kept = await findAtlas(this.sources(opened), {
      ...{ layer, photos: mostSamples, seed: firstSeed, sides: shownSides },
    })
    if (kept !== undefined) await this.show(opened, kept)
    this.change(opened, { ...(await this.newsOf(opened)), ...(kept && { state: 'ready' }) })
    return opened.status
  }

  /** Answers once it has begun. @throws CallError `not-found` when no library is open */
  async make({ layer, photos, seed }: Omit<AtlasSettings, 'sides'>): Promise<void> {
    await this.open(layer)
    const { held } = this
    if (held === undefined) throw new CallError('not-found', 'No library is open.')
    held.making?.abort()
    const making = new AbortController()
    held.making = making
    this.change(held, { state: 'working', stage: 'sampling', fraction: 0, skipped: 0, reason: '' })
    void this.run(held, making, { layer, photos, seed, sides: shownSides })
  }

  /** Ends the work; what was sampled stays on disk. */
  stop(): void {
    this.held?.making?.abort()
  }

  /** @throws CallError `not-found` when there is none */
  map(): ActivationAtlas {
    const { map, model } = this.shown()
    const { labels } = model
    const nameOf = ([index]: MapCell['labels'][number]): string => labels.label(index, 0).name
    const { id, layer, modelId, photos, skipped, samples, leastSamples, labelsFrom } = map
    return {
      ...{ id, layer, modelId, photos, skipped, samples, leastSamples, labelsFrom },
      trustworthiness: map.trustworthiness,
      levels: map.levels.map(({ side, tilePx, cells }) => ({
        side,
        tilePx,
        cells: cells.map((cell) => ({
          column: cell.column,
          row: cell.row,
          samples: cell.samples,
          photos: cell.photos,
          labels: cell.labels.slice(0, shownLabels).map(nameOf),
        })),
      })),
    }
  }

  /** @throws CallError `not-found` for another atlas, or a cell that it does not have */
  async cell(atlasId: string, place: AtlasCellPlace): Promise<AtlasCellDetail> {
    const { map, library, model } = this.shown(atlasId)
    const cells = map.levels.flatMap((level) => level.cells)
    const { labels = [], patches = [] } = cells[cellNumber(map, place)] ?? {}
    const rows = await library.photos.rows(patches.map(([id]) => id))
    const byId = new Map(rows.map((row) => [row.id, row]))
    return {
      labels: labels.map(([index, strength]) => ({
        name: model.labels.label(index, 0).name,
        strength,
      })),
      patches: patches.flatMap(([id, similarity, leftPx, topPx, sidePx]) => {
        const photo = byId.get(id)
        return photo === undefined ? [] : [{ photo, similarity, leftPx, topPx, sidePx }]
      }),
    }
  }

  /** @throws CallError `not-found` for another atlas */
  wantDreams(atlasId: string, cells: readonly AtlasCellPlace[]): void {
    this.shown(atlasId).dreams.want(cells)
  }

  /** The patches of a level as a JPEG file. */
  async sheet(atlasId: string, side: number): Promise<Uint8Array | undefined> {
    const shown = this.held?.shown
    if (shown?.map.id !== atlasId || !shown.map.levels.some((level) => level.side === side)) {
      return undefined
    }
    return readFile(sheetPath(shown.folder, side)).catch(() => undefined)
  }

  /** A PNG file. @param key "side-column-row" */
  dreamOf(atlasId: string, key: string): Uint8Array | undefined {
    const shown = this.held?.shown
    return shown?.map.id === atlasId ? shown.dreams.picture(key) : undefined
  }

  /** Photos, or the library itself, changed. */
  libraryChanged(): void {
    const { held } = this
    if (!this.isCurrent(held)) {
      this.letGo()
      return
    }
    // Asked after every batch, it would keep the store from those who index.
    if (held === undefined || held.library.isIndexing || held.making !== undefined) return
    void this.newsOf(held).then(
      (news) => {
        const { photoCount, isStale } = held.status
        if (news.photoCount !== photoCount || news.isStale !== isStale) this.change(held, news)
      },
      // The library was closed meanwhile.
      () => {},
    )
  }

  dispose(): void {
    this.letGo()
  }

  private async run(held: Held, making: AbortController, settings: AtlasSettings): Promise<void> {
    let toldMs = 0
    try {
      const made = await makeAtlas(this.sources(held), settings, {
        signal: making.signal,
        onProgress: ({ stage, fraction, skipped }) => {
          const news = stage !== held.status.stage
          if (held.making !== making || (!news && performance.now() - toldMs < statusEveryMs)) {
            return
          }
          toldMs = performance.now()
          this.change(held, { stage, fraction, skipped })
        },
      })
      if (held.making !== making) return
      await this.show(held, made)
      this.change(held, {
        ...{ state: 'ready', stage: null, skipped: made.map.skipped },
        ...(await this.newsOf(held)),
      })
    } catch (error) {
      if (held.making !== making) return
      const stopped = making.signal.aborted
      const reason = error instanceof Error ? error.message : String(error)
      this.change(held, {
        state: stopped ? 'stopped' : 'failed',
        stage: null,
        reason: stopped ? '' : reason,
      })
    } finally {
      if (held.making === making) held.making = undefined
    }
  }

  private async show(held: Held, made: MadeAtlas): Promise<void> {
    const { model } = held
    const { onDream, workerOf } = this.options
    const directions = await readDirections(made.folder, made.map)
    held.shown?.dreams.dispose()
    const folder = join(held.library.embeddingSource.home, 'activation-atlas', 'dreams')
    const dreams = new CellDreams({
      ...{ folder, directions, onDream },
      worker: workerOf(model),
      spec: model.network,
      map: made.map,
    })
    held.shown = { ...made, dreams }
    held.status = { ...held.status, atlasId: made.map.id }
  }

  private async newsOf({
    library,
    shown,
  }: Held): Promise<Pick<ActivationAtlasStatus, 'photoCount' | 'isStale'>> {
    const { store } = library.embeddingSource
    const photoCount = (await store.embeddedIds()).length
    return { photoCount, isStale: shown !== undefined && (await isOutOfDate(store, shown.map)) }
  }

  private isCurrent(held: Held | undefined): boolean {
    return held?.library === this.options.library() && held?.model === this.options.model()
  }

  private shown(atlasId?: string): Pick<Held, 'library' | 'model'> & NonNullable<Held['shown']> {
    const { held } = this
    const shown = held?.shown
    if (held === undefined || shown === undefined || (atlasId ?? shown.map.id) !== shown.map.id) {
      throw new CallError('not-found', 'This atlas is no longer at hand.')
    }
    return { ...shown, library: held.library, model: held.model }
  }

  private change(held: Held, change: Partial<ActivationAtlasStatus>): void {
    held.status = { ...held.status, ...change }
    if (this.held === held) this.options.onStatus(held.status)
  }

  private sources({ library, model }: Held): AtlasSources {
    const { workerOf, atlas } = this.options
    const { store, home } = library.embeddingSource
    const modelSha256 = model.card.float.sha256
    return { worker: workerOf(model), atlas, store, home, spec: model.network, modelSha256 }
  }

  private letGo(): void {
    const { held } = this
    this.held = undefined
    held?.making?.abort()
    held?.shown?.dreams.dispose()
  }
}

const firstStatus = (libraryId: string, layer: string): ActivationAtlasStatus => ({
  ...{ libraryId, layer, state: 'none', stage: null, fraction: 0, skipped: 0, reason: '' },
  atlasId: null,
  photoCount: 0,
  isStale: false,
})
