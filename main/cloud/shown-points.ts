// What the window is shown of a library's Cloud: points, where they lie, and their groups.
import type {
  CloudClusters,
  CloudPoints,
  CloudPositions,
  CloudStatus,
} from '../../preload/contract/cloud.ts'
import type { ClusterAnswer } from '../atlas/protocol.ts'
import { CallError } from '../inspect/calls.ts'
import type { LabelSet } from '../models/labels.ts'
import type { PointColumns } from '../store/point-columns.ts'
import type { Standing } from './standing.ts'

export interface Shown {
  readonly columns: PointColumns
  readonly dims: 2 | 3
  readonly positions: Float32Array
}

export class ShownPoints {
  private shown: Shown | undefined
  private groups: Omit<CloudClusters, 'revision'> | undefined
  clusters: CloudStatus['clusters'] = []
  readonly revisions = { points: 0, positions: 0, clusters: 0 }

  get isEmpty(): boolean {
    return this.shown === undefined
  }

  get count(): number {
    return this.shown?.columns.ids.length ?? 0
  }

  /** @throws CallError `not-found` while nothing is laid out */
  get now(): Shown {
    if (this.shown === undefined) throw new CallError('not-found', 'Nothing is laid out yet.')
    return this.shown
  }

  /** Whether the groups are those of the points shown. */
  get areGrouped(): boolean {
    return this.groups?.pointsRevision === this.revisions.points
  }

  /** From now on this is what is shown. */
  stand({ positions, settings }: Standing, columns: PointColumns): void {
    if (this.shown?.columns !== columns) this.revisions.points++
    this.revisions.positions++
    this.shown = { columns, dims: settings.dims, positions }
  }

  /** @param pointsRevision of the points that were grouped */
  group({ clusters, ofPhoto, outlierScores }: ClusterAnswer, pointsRevision: number): void {
    this.groups = { ofPoint: ofPhoto, outlierScores, pointsRevision }
    this.clusters = clusters
    this.revisions.clusters++
  }

  /** Whether these are other photos than those shown, or something about them changed. */
  isNews(columns: PointColumns, standing: Standing): boolean {
    const { shown } = this
    if (shown === undefined || shown.positions !== standing.positions) return true
    return !sameColumns(shown.columns, columns)
  }

  /** @throws CallError `not-found` while nothing is laid out */
  points(labels: LabelSet): CloudPoints {
    const { columns } = this.now
    const classNames: Record<number, string> = {}
    for (const index of new Set(columns.classes)) {
      classNames[index] = labels.size === 0 ? 'No labels' : labels.label(index, 0).name
    }
    return { revision: this.revisions.points, ...columns, classNames }
  }

  /** @throws CallError `not-found` while nothing is laid out */
  positions(): CloudPositions {
    const { dims, positions } = this.now
    const { points, positions: revision } = this.revisions
    return { revision, pointsRevision: points, dims, positions }
  }

  /** @throws CallError `not-found` while no groups were looked for */
  groupsOf(): CloudClusters {
    if (this.groups === undefined) throw new CallError('not-found', 'There are no groups yet.')
    return { revision: this.revisions.clusters, ...this.groups }
  }
}

/** Cheap enough to ask after every batch: what a photo is known by changes with its results. */
function sameColumns(a: PointColumns, b: PointColumns): boolean {
  const same = (x: ArrayLike<number>, y: ArrayLike<number>): boolean => {
    if (x.length !== y.length) return false
    for (let i = 0; i < x.length; i++) if (x[i] !== y[i]) return false
    return true
  }
  return (
    same(a.ids, b.ids) &&
    same(a.classes, b.classes) &&
    same(a.probabilities, b.probabilities) &&
    same(a.takenAtMs, b.takenAtMs) &&
    same(a.folders, b.folders)
  )
}
