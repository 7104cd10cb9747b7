// Messages between main's host and the engine process. Everything is structured-cloneable.
import type { PhotoStatus } from '../../preload/contract/domain.ts'
import type { ProviderTrial } from '../../preload/contract/providers.ts'
import type { UnitLayer } from '../onnx/rewrites/unit-maxima.ts'
import type { OsPath } from './os-path.ts'
import type { ProviderChoice } from './providers.ts'

export interface FloatForm {
  readonly onnxPath: string
  /** As the network's own form gives them. */
  readonly unitLayers: readonly UnitLayer[]
}

/** What the engine needs to know to run a model. */
export interface ModelSpec {
  readonly id: string
  readonly onnxPath: string
  readonly sha256: string
  /** Square input side in pixels. */
  readonly inputSizePx: number
  readonly classCount: number
  readonly embeddingDim: number
  /** Values of the output `unit_maxima`; 0 when the model has none. */
  readonly unitCount: number
  /** The same network in floats, which graphics devices compute as a CPU does; none when absent. */
  readonly float?: FloatForm | undefined
  /** Layers whose units' maxima the file does not give, and is to. */
  readonly unitLayersToAdd?: readonly UnitLayer[]
  /** Tells sets of labels of one network apart; absent, or 0, where its classes are its own. */
  readonly labelling?: number
}

/** Choices that a machine's self-measurement made for a model. */
export interface Tuning {
  readonly provider: string
  /** Why this one. */
  readonly why: string
  readonly trials: readonly ProviderTrial[]
  /** Providers to go on with should this one fail, the best first. */
  readonly substitutes: readonly string[]
  /** Those of all of them that run the float form. */
  readonly floatOn: readonly string[]
  readonly threads: number
  readonly batchSize: number
  readonly decodeWorkers: number
}

export type ImageSource =
  | { readonly kind: 'file'; readonly path: OsPath }
  | { readonly kind: 'bytes'; readonly name: string; readonly bytes: Uint8Array }

export interface AnalyseRequest {
  readonly type: 'analyse'
  readonly id: number
  readonly source: ImageSource
  /** Jumps the queue and does not wait for a batch to fill. */
  readonly urgent: boolean
  /** How many of the best classes to return. */
  readonly topCount: number
  /** Whether to return the greatest activation of every unit. */
  readonly unitMaxima?: boolean | undefined
}

/** Makes an upright sRGB JPEG of at most `maxSidePx` for formats a browser cannot show. */
export interface RenderRequest {
  readonly type: 'render'
  readonly id: number
  readonly source: ImageSource
  readonly maxSidePx: number
}

export interface LoadRequest {
  readonly type: 'load'
  readonly id: number
  readonly model: ModelSpec
  /** Where optimised graphs are kept for the next start; nowhere when absent. */
  readonly keptGraphs?: string | undefined
  readonly plan:
    | { readonly kind: 'remembered'; readonly tuning: Tuning }
    /** Threads and batch size are not known yet. */
    | { readonly kind: 'measure'; readonly choice: ProviderChoice }
}

export type ToEngine =
  | LoadRequest
  | AnalyseRequest
  | RenderRequest
  | { readonly type: 'ping' }
  | { readonly type: 'forget'; readonly ids: readonly number[] }

/** What decoding found out about the file, whether or not it could be read. */
export interface FileFacts {
  readonly format: string
  /** Upright size; 0 when unknown. */
  readonly widthPx: number
  readonly heightPx: number
  readonly orientation: number
  readonly takenAt: string | null
  readonly camera: string | null
  readonly sizeBytes: number
  readonly modifiedAtMs: number
  /** Hex digest of size, head, middle and tail of the file; empty when it could not be read. */
  readonly quickHash: string
}

/** Of a file that could not even be opened. */
export const unknownFacts: FileFacts = {
  format: '',
  widthPx: 0,
  heightPx: 0,
  orientation: 1,
  takenAt: null,
  camera: null,
  sizeBytes: 0,
  modifiedAtMs: 0,
  quickHash: '',
}

/** Pixels without a file round them. */
export interface Raster {
  readonly widthPx: number
  readonly heightPx: number
  /** sRGB [heightPx, widthPx, 3], or grey [heightPx, widthPx]. */
  readonly pixels: Uint8Array
}

export interface Picture {
  /** JPEG, 256 px tall, at most 512 px wide, sRGB. */
  readonly thumbnail: Uint8Array
  /** RGB, 32x32x3, row-major, centre crop. */
  readonly tile: Uint8Array
  readonly dominantColour: string
}

export interface Prediction {
  /** Best classes first. */
  readonly classIndices: Uint16Array
  readonly probabilities: Float32Array
  /** IEEE half floats, unit L2 norm, [embeddingDim]. */
  readonly embedding: Uint16Array
  /** Greatest activation of each unit, IEEE half floats [unitCount]; when asked for. */
  readonly unitMaxima?: Uint16Array | undefined
}

export interface Analysis {
  readonly status: Exclude<PhotoStatus, 'pending'>
  /** Why the status is not `ok`, for a person. */
  readonly reason: string
  readonly facts: FileFacts
  /** With status `ok` and `damaged` only. */
  readonly picture: Picture | undefined
  readonly prediction: Prediction | undefined
  readonly decodeMs: number
  /** This photo's share of its batch. */
  readonly inferMs: number
}

export type FromEngine =
  | { readonly type: 'hello'; readonly runtime: string }
  | { readonly type: 'pong' }
  /** The provider that is about to be loaded: if the process dies now, this one is to blame. */
  | { readonly type: 'trying'; readonly provider: string }
  | { readonly type: 'measuring' }
  /** A provider failed at work without taking the process down; what goes on is said. */
  | {
      readonly type: 'switched'
      readonly from: string
      readonly to: string
      readonly reason: string
      readonly batchSize: number
    }
  /** A batch was too large for a device's memory. */
  | { readonly type: 'smaller-batch'; readonly batchSize: number }
  | {
      readonly type: 'loaded'
      readonly id: number
      readonly tuning: Tuning
      readonly measured: boolean
    }
  | { readonly type: 'analysed'; readonly id: number; readonly analysis: Analysis }
  | { readonly type: 'rendered'; readonly id: number; readonly jpeg: Uint8Array }
  /** A request that failed as a whole; `load` and `render` only. */
  | { readonly type: 'failed'; readonly id: number; readonly reason: string }
  /** These files have gone to a decoder: blame is theirs if the process dies. */
  | { readonly type: 'started'; readonly id: number }
