// Messages between main and the disposable process that tries one execution provider.
import type { ProviderFacts } from '../../../preload/contract/providers.ts'
import type { ProfiledRun } from '../network-profile/profile-trace.ts'
import type { ModelSpec } from '../protocol.ts'

/** Runs a model on one provider and no other. */
export interface ProviderTrialRequest {
  readonly type: 'try'
  readonly model: ModelSpec
  readonly provider: string
  readonly threads: number
  readonly batchSizes: readonly number[]
  /** A photo to run besides a drawn picture; none where it cannot be read. */
  readonly examplePath: string
}

/** Tells how long each layer takes on one provider. */
export interface ProfileRequest {
  readonly type: 'profile'
  readonly model: ModelSpec
  readonly provider: string
  readonly threads: number
}

/** What the network said to each picture. */
export interface PictureAnswer {
  /** Of a drawn picture, such as no network was trained on; else of a photo. */
  readonly isDrawn: boolean
  /** [classCount] */
  readonly probabilities: Float32Array
  /** [embeddingDim], of unit length */
  readonly embedding: Float32Array
}

export interface ProviderRun {
  readonly answers: readonly PictureAnswer[]
  readonly facts: ProviderFacts
}

export type FromProviderTrial =
  /** Which providers this build of ONNX Runtime has. */
  | { readonly type: 'hello'; readonly offered: readonly string[] }
  /** What it does from now on, for the sentence "it took more than 60 s <stage>". */
  | { readonly type: 'stage'; readonly stage: string }
  | { readonly type: 'done'; readonly run: ProviderRun }
  | { readonly type: 'profiled'; readonly run: ProfiledRun }
  | { readonly type: 'refused'; readonly reason: string }

export type ProviderTrialOutcome =
  | { readonly ok: true; readonly run: ProviderRun }
  | { readonly ok: false; readonly offered: boolean; readonly reason: string }
