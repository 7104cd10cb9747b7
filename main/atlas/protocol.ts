// What main asks of the process that lays the Cloud out. Everything is structured-cloneable.
import type { GridAnswer, GridRequest } from '../activation-atlas/protocol.ts'
import type { VectorFile } from '../store/vector-file.ts'

/** Photos of a library by their embeddings. */
export interface PhotoSet {
  readonly vectors: VectorFile
  /** Ascending. */
  readonly ids: Uint32Array
}

/**
 * How alike embeddings are: the cosine from their mean, which has fewer hubs (see CentredRows), or
 * the plain one.
 */
export type Metric = 'centred' | 'cosine'

export interface Layout {
  /** Photos, in the order of the positions. */
  readonly ids: Uint32Array
  /** [ids, dims]. */
  readonly positions: Float32Array
}

export interface ProjectOptions {
  readonly dims: 2 | 3
  /** PCA answers in seconds. */
  readonly method: 'pca' | 'umap'
  /** Of each photo, itself not counted; at least 2. */
  readonly neighbours: number
  /** 0 to 1. */
  readonly minDist: number
  readonly metric: Metric
  readonly seed: number
  /** Of UMAP; by the number of photos when absent. */
  readonly epochs?: number
}

export interface ProjectRequest extends ProjectOptions {
  readonly set: PhotoSet
  /** The new layout is turned to lie as this one does. */
  readonly before?: Layout
  /** Where results are kept; nowhere when absent. */
  readonly cacheFolder?: string
}

export interface ProjectFacts {
  readonly k: number
  readonly trustworthiness: number
  readonly continuity: number
  /** Photos that the two were measured on, chosen at random. */
  readonly sampled: number
  /** False when neighbours were looked for in near cells only. */
  readonly exactNeighbours: boolean
  /** Until the layout stood; measuring its quality comes on top. */
  readonly seconds: number
}

export interface ProjectAnswer extends Layout {
  readonly facts: ProjectFacts
  readonly cached: boolean
}

export interface ProjectProgress {
  readonly stage: 'components' | 'neighbours' | 'layout' | 'quality'
  /** Of the stage, 0 to 1. */
  readonly fraction: number
  /** The layout as it stands, now and then. */
  readonly positions?: Float32Array
}

export interface PlaceRequest {
  readonly vectors: VectorFile
  readonly layout: Layout
  /** Photos of the library, or half floats as their bits, [photos, embeddingDim]. */
  readonly added: { readonly ids: Uint32Array } | { readonly halves: Uint16Array }
  readonly dims: 2 | 3
  readonly neighbours: number
  readonly minDist: number
  readonly metric: Metric
  readonly seed: number
}

export interface PhotoLabels {
  /** What each photo shows most probably, [photos]. */
  readonly classes: Uint32Array
  /** How sure it is of that, [photos]. */
  readonly probabilities: Float32Array
  /** The terms of each of these classes: the most general first, its own name last. */
  readonly terms: Readonly<Record<number, readonly string[]>>
}

export interface ClusterRequest {
  /** [photos, dims]. */
  readonly positions: Float32Array
  readonly dims: 2 | 3
  /** For the clusters' names, which are empty without. */
  readonly labels?: PhotoLabels
  /** By the number of photos when absent. */
  readonly minSize?: number
}

export interface ClusterAnswer {
  /** Largest first. */
  readonly clusters: readonly { readonly name: string; readonly size: number }[]
  /** The cluster of each photo, -1 for none. */
  readonly ofPhoto: Int32Array
  /** 0 to 1. */
  readonly outlierScores: Float32Array
}

/** What others are to be like: photos of the set, and unlike others; or an embedding's bits. */
export type Like =
  | { readonly more: Uint32Array; readonly less: Uint32Array }
  | { readonly halves: Uint16Array }

/** A set that is asked about again and again: a million ids need not cross over each time. */
export interface KnownSet {
  readonly vectors: VectorFile
  /** Names the ids: raised whenever they change, another one in every process of main. */
  readonly version: string
  /** Ascending; absent when the last call carried them. */
  readonly ids?: Uint32Array
}

export interface SimilaritiesRequest {
  readonly set: KnownSet
  readonly metric: Metric
  /** Photos whose embeddings changed since the call before. */
  readonly changed: Uint32Array
  readonly like: Like
}

export interface NearestRequest extends SimilaritiesRequest {
  readonly k: number
}

/** Without the photos asked about. */
export interface NearestAnswer {
  /** Photo ids, best first. */
  readonly ids: Uint32Array
  /** Cosines of the true embeddings by the metric, -1 to 1. */
  readonly similarities: Float32Array
  /** What they are measured from, [embeddingDim]. */
  readonly mean: Float32Array
}

export interface LabelPhotosRequest {
  readonly vectors: VectorFile
  readonly ids: Uint32Array
  /** A graph from a vector to labels, see onnx/label-head.ts. */
  readonly head: { readonly path: string; readonly sha256: string }
  readonly keptLabels: number
}

export interface LabelAnswer {
  /** Best first, [ids, keptLabels]; fewer a photo when there are fewer labels. */
  readonly classes: Uint16Array
  /** 0 to 1, in the same order. */
  readonly probabilities: Float32Array
}

export interface Fraction {
  readonly fraction: number
}

/** Calls by name: input, answer, progress. */
export interface AtlasCalls {
  readonly project: { input: ProjectRequest; answer: ProjectAnswer; progress: ProjectProgress }
  /** Positions of the added photos, [added, dims]; nothing else moves. */
  readonly place: { input: PlaceRequest; answer: Float32Array; progress: Fraction }
  /** Exact, however large the library. Null when the set's ids are wanted. */
  readonly nearest: { input: NearestRequest; answer: NearestAnswer | null; progress: Fraction }
  /** Of every photo of the set, within a hundredth or so. Null when the set's ids are wanted. */
  readonly similarities: {
    input: SimilaritiesRequest
    answer: Float32Array | null
    progress: Fraction
  }
  readonly cluster: { input: ClusterRequest; answer: ClusterAnswer; progress: Fraction }
  readonly label: { input: LabelPhotosRequest; answer: LabelAnswer; progress: Fraction }
  /** Averages a layer's activations in the cells of grids. */
  readonly grid: { input: GridRequest; answer: GridAnswer; progress: Fraction }
}
