// The Cloud of one open library: keeps a layout of its photos, and lets it grow with them.
import { setTimeout as pause } from 'node:timers/promises'
import type {
  CloudClusters,
  CloudPoints,
  CloudPositions,
  CloudSettings,
  CloudStatus,
  Likeness,
} from '../../preload/contract/cloud.ts'
import type { Atlas } from '../atlas/atlas.ts'
import { photoLabels } from '../atlas/label-terms.ts'
import type { NearestAnswer, ProjectProgress } from '../atlas/protocol.ts'
import { CallError } from '../inspect/calls.ts'
import type { LabelSet } from '../models/labels.ts'
import type { PointColumns } from '../store/point-columns.ts'
import type { OpenStore } from '../store/store-client.ts'
import type { VectorFile } from '../store/vector-file.ts'
import { CloudMemory } from './cloud-memory.ts'
import type { LibrarySearch, Wanted } from './library-search.ts'
import { nextMove, sameSettings } from './next-move.ts'
import { ShownPoints } from './shown-points.ts'
import { type Standing, unplacedIn, withPhotos } from './standing.ts'

export interface LibraryCloudOptions {
  readonly libraryId: string
  /** The library's data. */
  readonly home: string
  readonly vectors: VectorFile
  readonly store: OpenStore
  readonly labels: LabelSet
  readonly atlas: Atlas
  readonly search: LibrarySearch
  /** More photos are on their way. */
  readonly isIndexing: () => boolean
  readonly onStatus: (status: CloudStatus) => void
}

const statusEveryMs = 200
/** Photos that come in are gathered for so long at least and at most, */
const gatherMs = { least: 500, most: 10_000 }
/** else for so many times what the last step took: it kept the store from those who index. */
const gatherPerStep = 4
const noPhotos = new Uint32Array()

type Stage = CloudStatus['stage']

export class LibraryCloud {
  private readonly memory: CloudMemory
  private settings: CloudSettings
  private standing: Standing | undefined
  private readonly shown = new ShownPoints()
  private stage: Stage = null
  private fraction = 0
  private failure = ''
  /** A person ended the work, or it failed: nothing long is begun until they ask. */
  private held = false
  /** A person asked for a layout, whatever is there. */
  private asked = false
  private wanted = false
  private running = false
  private disposed = false
  private abort = new AbortController()
  private statusTimer: NodeJS.Timeout | undefined
  private toldMs = Number.NEGATIVE_INFINITY

  private constructor(
    private readonly options: LibraryCloudOptions,
    memory: CloudMemory,
    settings: CloudSettings,
    standing: Standing | undefined,
  ) {
    this.memory = memory
    this.settings = settings
    this.standing = standing
  }

  /** Takes up what was there when the library was open last, and begins to bring it up to date. */
  static async open(options: LibraryCloudOptions): Promise<LibraryCloud> {
    const memory = new CloudMemory(options.home, options.vectors)
    const settings = await memory.settings()
    const cloud = new LibraryCloud(options, memory, settings, await memory.standing(settings.dims))
    cloud.wake()
    return cloud
  }

  get status(): CloudStatus {
    const { shown, standing } = this
    const pointCount = shown.count
    return {
      libraryId: this.options.libraryId,
      state: this.state(pointCount),
      stage: this.stage,
      fraction: this.fraction,
      reason: this.failure,
      settings: this.settings,
      method: standing?.method ?? 'pca',
      facts: standing?.facts ?? null,
      pointCount,
      placedCount: standing === undefined ? 0 : Math.max(0, pointCount - standing.madeOf),
      pointsRevision: shown.revisions.points,
      positionsRevision: shown.revisions.positions,
      clustersRevision: shown.revisions.clusters,
      clusters: shown.clusters,
    }
  }

  /** @throws CallError `not-found` while nothing is laid out */
  points(): CloudPoints {
    return this.shown.points(this.options.labels)
  }

  /** @throws CallError `not-found` while nothing is laid out */
  positions(): CloudPositions {
    return this.shown.positions()
  }

  /** @throws CallError `not-found` while no groups were looked for */
  groupsOf(): CloudClusters {
    return this.shown.groupsOf()
  }

  /** Lays out anew, even if nothing changed. */
  async layOut(change: Partial<CloudSettings>): Promise<void> {
    const before = this.settings
    this.settings = { ...before, ...change }
    await this.memory.keepSettings(this.settings)
    if (this.settings.dims !== before.dims) {
      const other = await this.memory.standing(this.settings.dims)
      this.standing = other
      this.asked = other === undefined || !sameSettings(other.settings, this.settings)
    } else this.asked = true
    this.held = false
    this.failure = ''
    this.abort.abort(new CallError('cancelled', 'Another layout was asked for.'))
    this.wake()
  }

  stop(): void {
    this.held = true
    this.asked = false
    this.abort.abort(new CallError('cancelled', 'The layout was stopped.'))
  }

  photosChanged(): void {
    this.wake()
  }

  /** Best first. @throws CallError `not-found` for a photo without an embedding */
  nearest(wanted: Wanted, k: number): Promise<NearestAnswer> {
    return this.options.search.nearest(wanted, k, this.settings.metric)
  }

  /** In the order of the points shown. @throws as {@link nearest} */
  async similarities(like: Likeness): Promise<Float32Array> {
    const shown = this.shown.now.columns.ids
    const { ids, values } = await this.options.search.similarities(like, this.settings.metric)
    // Both ascend; photos may have come since the points were shown.
    let at = 0
    return Float32Array.from(shown, (id) => {
      while ((ids[at] ?? Number.POSITIVE_INFINITY) < id) at++
      return ids[at] === id ? (values[at] ?? 0) : 0
    })
  }

  /**
   * Where a photo from outside would lie; moves nothing.
   *
   * @param halves its embedding, as the bits of half floats
   */
  async placeOf(halves: Uint16Array): Promise<Float32Array> {
    const { columns, dims, positions } = this.shown.now
    const { atlas, vectors } = this.options
    const { neighbours, minDist, metric, seed } = this.settings
    return atlas.call('place', {
      vectors,
      layout: { ids: columns.ids, positions },
      added: { halves },
      dims,
      neighbours,
      minDist,
      metric,
      seed,
    })
  }

  async dispose(): Promise<void> {
    this.disposed = true
    clearTimeout(this.statusTimer)
    this.abort.abort(new CallError('cancelled', 'The library was closed.'))
    if (this.standing !== undefined) await this.memory.keepStanding(this.standing).catch(() => {})
  }

  private state(pointCount: number): CloudStatus['state'] {
    if (this.failure !== '') return 'failed'
    if (this.running && this.stage !== null) return 'working'
    return pointCount === 0 ? 'empty' : 'ready'
  }

  private wake(): void {
    this.wanted = true
    if (!this.running) void this.run()
  }

  private async run(): Promise<void> {
    this.running = true
    while (this.wanted && !this.disposed) {
      this.wanted = false
      this.abort = new AbortController()
      const startMs = performance.now()
      try {
        if (await this.step(this.abort.signal)) this.wanted = true
      } catch (error) {
        this.ended(error)
      }
      this.at(null)
      if (this.disposed) break
      const wantedMs = (performance.now() - startMs) * gatherPerStep
      const restMs = Math.min(gatherMs.most, Math.max(gatherMs.least, wantedMs))
      // Whoever asks for something else ends it.
      const { signal } = this.abort
      if (!this.asked) await pause(restMs, undefined, { ref: false, signal }).catch(() => {})
    }
    this.running = false
    this.tell()
  }

  private ended(error: unknown): void {
    if (this.disposed) return
    if (error instanceof CallError && error.code === 'cancelled') {
      if (this.held && this.shown.isEmpty) this.failure = 'The layout was stopped.'
      return
    }
    this.held = true
    this.asked = false
    this.failure = error instanceof Error ? error.message : String(error)
  }

  /** Does one thing. Tells whether there may be more to do. */
  private async step(signal: AbortSignal): Promise<boolean> {
    const { store } = this.options
    const columns = await store.pointColumns()
    if (columns.ids.length === 0) return false
    const { standing, settings } = this
    const unplaced = standing === undefined ? columns.ids : unplacedIn(columns.ids, standing)
    if (standing !== undefined && unplaced.length === 0 && this.shown.isNews(columns, standing)) {
      this.stand(
        withPhotos(standing, columns.ids, { ids: noPhotos, positions: new Float32Array() }),
        columns,
      )
    }
    const move = this.asked
      ? ({ kind: 'lay-out', method: 'umap' } as const)
      : nextMove({
          count: columns.ids.length,
          unplaced: unplaced.length,
          placed: standing === undefined ? 0 : placedIn(standing),
          layout: standing,
          settings,
          indexing: this.options.isIndexing(),
          held: this.held,
        })
    switch (move.kind) {
      case 'place':
        if (standing !== undefined) await this.place(standing, unplaced, columns, signal)
        return true
      case 'lay-out':
        this.asked = false
        await this.layOutAll(move.method, columns, signal)
        await this.findGroups(signal)
        return true
      case 'nothing':
        if (this.options.isIndexing() || this.standing === undefined) return false
        if (!this.shown.areGrouped) await this.findGroups(signal)
        return false
    }
  }

  private async place(
    standing: Standing,
    unplaced: Uint32Array,
    columns: PointColumns,
    signal: AbortSignal,
  ): Promise<void> {
    const { atlas, vectors } = this.options
    const { settings } = standing
    this.at('placing')
    const positions = await atlas.call(
      'place',
      {
        vectors,
        layout: { ids: standing.ids, positions: standing.positions },
        added: { ids: unplaced },
        dims: settings.dims,
        neighbours: settings.neighbours,
        minDist: settings.minDist,
        metric: settings.metric,
        seed: settings.seed,
      },
      { signal, onProgress: ({ fraction }) => this.at('placing', fraction) },
    )
    this.stand(withPhotos(standing, columns.ids, { ids: unplaced, positions }), columns)
    if (!this.options.isIndexing()) await this.remember()
  }

  private async layOutAll(
    method: 'pca' | 'umap',
    columns: PointColumns,
    signal: AbortSignal,
  ): Promise<void> {
    const { atlas, vectors } = this.options
    const { settings, standing } = this
    const before =
      standing?.settings.dims === settings.dims
        ? { before: { ids: standing.ids, positions: standing.positions } }
        : {}
    // People keep their bearings: a layout that stands is not shown falling apart.
    const show = standing === undefined || standing.method === 'pca'
    const { ids } = columns
    const shape = { ids, settings, method: 'pca', facts: null, madeOf: ids.length } as const
    this.at('components')
    const answer = await atlas.call(
      'project',
      {
        set: { vectors, ids },
        ...settings,
        method,
        ...before,
        cacheFolder: this.memory.layoutsFolder,
      },
      {
        signal,
        onProgress: ({ stage, fraction, positions }: ProjectProgress) => {
          if (signal.aborted) return
          if (positions === undefined) this.at(stage, fraction)
          else if (show) this.stand({ ...shape, positions }, columns)
        },
      },
    )
    const { positions, facts } = answer
    this.stand({ ...shape, method, positions, facts }, columns)
    await this.remember()
  }

  private async findGroups(signal: AbortSignal): Promise<void> {
    const { shown, options } = this
    if (shown.isEmpty) return
    const pointsRevision = shown.revisions.points
    const { columns, dims, positions } = shown.now
    this.at('clusters')
    const answer = await options.atlas.call(
      'cluster',
      { positions, dims, labels: photoLabels(options.labels, columns.classes) },
      { signal, onProgress: ({ fraction }) => this.at('clusters', fraction) },
    )
    shown.group(answer, pointsRevision)
    this.tell()
  }

  private stand(standing: Standing, columns: PointColumns): void {
    this.standing = standing
    this.shown.stand(standing, columns)
    this.tell()
  }

  private async remember(): Promise<void> {
    if (this.standing !== undefined) await this.memory.keepStanding(this.standing)
  }

  private at(stage: Stage, fraction = 0): void {
    this.stage = stage
    this.fraction = fraction
    this.tell()
  }

  private tell(): void {
    if (this.disposed || this.statusTimer !== undefined) return
    const waitMs = Math.max(0, this.toldMs + statusEveryMs - performance.now())
    this.statusTimer = setTimeout(() => {
      this.statusTimer = undefined
      this.toldMs = performance.now()
      if (!this.disposed) this.options.onStatus(this.status)
    }, waitMs)
    this.statusTimer.unref()
  }
}

const placedIn = ({ ids, madeOf }: Standing): number => Math.max(0, ids.length - madeOf)
