// What a library's Cloud asks of the process that lays it out.
import type { CloudSettings } from '../../preload/contract/cloud.ts'
import type { Atlas } from '../atlas/atlas.ts'
import { photoLabels } from '../atlas/label-terms.ts'
import type {
  ClusterAnswer,
  Layout,
  PlaceRequest,
  ProjectAnswer,
  ProjectProgress,
} from '../atlas/protocol.ts'
import type { LabelSet } from '../models/labels.ts'
import type { VectorFile } from '../store/vector-file.ts'
import type { Shown } from './shown-points.ts'
import type { Standing } from './standing.ts'

/** How a call is followed and ended. */
export interface Watch {
  readonly signal: AbortSignal
  readonly onFraction: (fraction: number) => void
}

export interface LayOutOptions {
  readonly method: 'pca' | 'umap'
  readonly ids: Uint32Array
  readonly settings: CloudSettings
  /** People keep their bearings: the new one is turned to lie as this one. */
  readonly before: Layout | undefined
  /** Where results are kept. */
  readonly cacheFolder: string
}

export class Layouts {
  constructor(
    private readonly atlas: Atlas,
    private readonly vectors: VectorFile,
    private readonly labels: LabelSet,
  ) {}

  /** Where photos lie among those of a layout, [added, dims]. */
  place(
    { ids, positions, settings }: Pick<Standing, 'ids' | 'positions' | 'settings'>,
    added: PlaceRequest['added'],
    watch?: Watch,
  ): Promise<Float32Array> {
    const { vectors } = this
    return this.atlas.call(
      'place',
      { vectors, layout: { ids, positions }, added, ...settings },
      watch && {
        signal: watch.signal,
        onProgress: ({ fraction }) => watch.onFraction(fraction),
      },
    )
  }

  layOut(
    { ids, settings, method, before, cacheFolder }: LayOutOptions,
    signal: AbortSignal,
    onProgress: (progress: ProjectProgress) => void,
  ): Promise<ProjectAnswer> {
    const set = { vectors: this.vectors, ids }
    const turned = before === undefined ? {} : { before }
    return this.atlas.call(
      'project',
      { set, ...settings, method, ...turned, cacheFolder },
      {
        signal,
        onProgress: (progress) => {
          if (!signal.aborted) onProgress(progress)
        },
      },
    )
  }

  groups(
    { positions, dims, columns }: Shown,
    { signal, onFraction }: Watch,
  ): Promise<ClusterAnswer> {
    return this.atlas.call(
      'cluster',
      { positions, dims, labels: photoLabels(this.labels, columns.classes, columns.probabilities) },
      { signal, onProgress: ({ fraction }) => onFraction(fraction) },
    )
  }
}
