// Messages between main and the disposable process that quantises a network.
import type { ModelSpec } from '../engine/protocol.ts'
import type { UnitLayer } from '../onnx/rewrites/unit-maxima.ts'

export interface QuantiseRequest {
  readonly type: 'quantise'
  readonly spec: ModelSpec
  readonly unitLayers: readonly UnitLayer[]
  /** Of the float network, in the form that the engine runs. */
  readonly floatPath: string
  readonly outPath: string
  readonly threads: number
  readonly calibrationPhotos: readonly string[]
  /** Others than those that it was calibrated on. */
  readonly checkPhotos: readonly string[]
}

/** The quantised network against the one that it was made from. */
export interface QuantiseReport {
  readonly calibrated: number
  readonly checked: number
  /** Share of photos whose first label is the same. */
  readonly sameTop1: number
  /** Share of photos whose first label is among the other's first five. */
  readonly top1InTop5: number
  readonly meanEmbeddingCosine: number
  readonly photosPerSecond: { readonly float: number; readonly int8: number }
  readonly bytes: { readonly float: number; readonly int8: number }
  readonly sha256: string
  /** Layers whose units' maxima it gives. */
  readonly unitLayers: readonly UnitLayer[]
}

export type FromQuantiser =
  | { readonly type: 'progress'; readonly text: string; readonly share: number }
  | { readonly type: 'done'; readonly report: QuantiseReport }
  | { readonly type: 'refused'; readonly reason: string }
