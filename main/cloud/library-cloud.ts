// The Cloud of one open library: keeps a layout of its photos, and lets it grow with them.
import type {
  CloudClusters,
  CloudMorph,
  CloudMorphProgress,
  CloudPoints,
  CloudPositions,
  CloudSettings,
  CloudStatus,
  Likeness,
} from '../../preload/contract/cloud.ts'
import type { Atlas } from '../atlas/atlas.ts'
import type { NearestAnswer } from '../atlas/protocol.ts'
import { CallError } from '../inspect/calls.ts'
import type { LabelSet } from '../models/labels.ts'
import type { PointColumns } from '../store/point-columns.ts'
import type { OpenStore } from '../store/store-client.ts'
import type { VectorFile } from '../store/vector-file.ts'
import { CloudMemory } from './cloud-memory.ts'
import { Layouts, type Watch } from './layouts.ts'
import type { LibrarySearch, Wanted } from './library-search.ts'
import { morphWay, otherLayout } from './morph.ts'
import { nextMove, sameSettings } from './next-move.ts'
import { ShownPoints } from './shown-points.ts'
import { type Standing, unplacedIn, withPhotos } from './standing.ts'
import { StatusTeller } from './status-teller.ts'
import { Steps } from './steps.ts'

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

const noPhotos = new Uint32Array()

type Stage = CloudStatus['stage']

/** Another model, and the photos that it has seen. */
export interface MorphTarget {
  readonly modelId: string
  readonly vectors: VectorFile
  /** Ascending. */
  readonly ids: Uint32Array
}

export class LibraryCloud {
  private readonly layouts: Layouts
  private readonly teller: StatusTeller
  private readonly steps: Steps
  private readonly shown = new ShownPoints()
  private stage: Stage = null
  private fraction = 0
  private failure = ''
  /** A person ended the work, or it failed: nothing long is begun until they ask. */
  private held = false
  /** A person asked for a layout, whatever is there. */
  private asked = false

  private constructor(
    private readonly options: LibraryCloudOptions,
    private readonly memory: CloudMemory,
    private settings: CloudSettings,
    private standing: Standing | undefined,
  ) {
    const { atlas, vectors, labels, onStatus } = options
    this.layouts = new Layouts(atlas, vectors, labels)
    this.teller = new StatusTeller(() => onStatus(this.status))
    this.steps = new Steps({
      step: (signal) => this.step(signal),
      onError: (error) => this.ended(error),
      onRest: () => this.at(null),
      isUrgent: () => this.asked,
      onDone: () => this.teller.tell(),
    })
  }

  /** Takes up what was there when the library was open last, and begins to bring it up to date. */
  static async open(options: LibraryCloudOptions): Promise<LibraryCloud> {
    const memory = new CloudMemory(options.home, options.vectors)
    const settings = await memory.settings()
    const cloud = new LibraryCloud(options, memory, settings, await memory.standing(settings.dims))
    cloud.steps.wake()
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
    this.steps.interrupt(new CallError('cancelled', 'Another layout was asked for.'))
    this.steps.wake()
  }

  stop(): void {
    this.held = true
    this.asked = false
    this.steps.interrupt(new CallError('cancelled', 'The layout was stopped.'))
  }

  photosChanged(): void {
    this.steps.wake()
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
    const { columns, positions, dims } = this.shown.now
    const settings = { ...this.settings, dims }
    return this.layouts.place({ ids: columns.ids, positions, settings }, { halves })
  }

  /**
   * Where another model would lay the points shown.
   *
   * @throws CallError `not-found` while nothing is laid out, or when it has seen too little
   */
  async morphTo(
    { modelId, vectors, ids }: MorphTarget,
    watch: { signal: AbortSignal; onProgress: (progress: CloudMorphProgress) => void },
  ): Promise<CloudMorph> {
    const { columns, dims } = this.shown.now
    const settings = { ...this.settings, dims }
    const other = await otherLayout(
      this.options.atlas,
      vectors,
      ids,
      settings,
      this.memory.layoutsFolder,
      {
        signal: watch.signal,
        onProgress: ({ stage, fraction }) => watch.onProgress({ modelId, stage, fraction }),
      },
    )
    // What is shown may have changed meanwhile.
    const { now, revisions } = this.shown
    if (now.columns !== columns || now.dims !== dims) {
      throw new CallError('cancelled', 'The Cloud changed meanwhile.')
    }
    return {
      modelId,
      pointsRevision: revisions.points,
      positionsRevision: revisions.positions,
      ...morphWay({ ids: now.columns.ids, positions: now.positions }, other, dims),
    }
  }

  async dispose(): Promise<void> {
    this.teller.dispose()
    this.steps.dispose(new CallError('cancelled', 'The library was closed.'))
    if (this.standing !== undefined) await this.memory.keepStanding(this.standing).catch(() => {})
  }

  private state(pointCount: number): CloudStatus['state'] {
    if (this.failure !== '') return 'failed'
    if (this.steps.isRunning && this.stage !== null) return 'working'
    return pointCount === 0 ? 'empty' : 'ready'
  }

  private ended(error: unknown): void {
    if (error instanceof CallError && error.code === 'cancelled') {
      if (this.held && this.shown.isEmpty) this.failure = 'The layout was stopped.'
      return
    }
    this.held = true
    this.asked = false
    this.failure = error instanceof Error ? error.message : String(error)
  }

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
    ids: Uint32Array,
    columns: PointColumns,
    signal: AbortSignal,
  ): Promise<void> {
    const positions = await this.layouts.place(standing, { ids }, this.watch('placing', signal))
    this.stand(withPhotos(standing, columns.ids, { ids, positions }), columns)
    if (!this.options.isIndexing()) await this.remember()
  }

  private async layOutAll(
    method: 'pca' | 'umap',
    columns: PointColumns,
    signal: AbortSignal,
  ): Promise<void> {
    const { settings, standing } = this
    const { ids } = columns
    const before = standing?.settings.dims === settings.dims ? standing : undefined
    // People keep their bearings: a layout that stands is not shown falling apart.
    const show = standing === undefined || standing.method === 'pca'
    const shape = { ids, settings, method: 'pca', facts: null, madeOf: ids.length } as const
    this.at('components')
    const { positions, facts } = await this.layouts.layOut(
      {
        ids,
        settings,
        method,
        before: before && { ids: before.ids, positions: before.positions },
        cacheFolder: this.memory.layoutsFolder,
      },
      signal,
      ({ stage, fraction, positions }) => {
        if (positions === undefined) this.at(stage, fraction)
        else if (show) this.stand({ ...shape, positions }, columns)
      },
    )
    this.stand({ ...shape, method, positions, facts }, columns)
    await this.remember()
  }

  private async findGroups(signal: AbortSignal): Promise<void> {
    const { shown } = this
    if (shown.isEmpty) return
    const pointsRevision = shown.revisions.points
    const answer = await this.layouts.groups(shown.now, this.watch('clusters', signal))
    shown.group(answer, pointsRevision)
    this.teller.tell()
  }

  private watch(stage: Stage, signal: AbortSignal): Watch {
    this.at(stage)
    return { signal, onFraction: (fraction) => this.at(stage, fraction) }
  }

  private stand(standing: Standing, columns: PointColumns): void {
    this.standing = standing
    this.shown.stand(standing, columns)
    this.teller.tell()
  }

  private async remember(): Promise<void> {
    if (this.standing !== undefined) await this.memory.keepStanding(this.standing)
  }

  private at(stage: Stage, fraction = 0): void {
    this.stage = stage
    this.fraction = fraction
    this.teller.tell()
  }
}

const placedIn = ({ ids, madeOf }: Standing): number => Math.max(0, ids.length - madeOf)
