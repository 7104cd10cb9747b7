// Messages between main and the disposable process that tries a network.

import type { ModelReading, ToldCard } from '../../preload/contract/model-card.ts'
import type { ModelSpec } from '../engine/protocol.ts'
import type { UnitLayer } from '../onnx/rewrites/unit-maxima.ts'
import type { TextTowerSpec } from '../text/tower-spec.ts'
import type { CardChoices } from './card-choices.ts'
import type { ClassName } from './labels.ts'
import type { PairFiles } from './pair-files.ts'

/** Reads a file that a person brought, rewrites it into a folder and runs the result. */
export interface PrepareRequest {
  readonly type: 'prepare'
  readonly path: string
  readonly told: ToldCard
  readonly labels: readonly ClassName[] | undefined
  /** Text network and tokenizer that go with it; undefined for a network of pictures alone. */
  readonly pair: PairFiles | undefined
  /** Exists and is empty. */
  readonly outFolder: string
  /** A photo to run besides a drawn picture; none when it cannot be read. */
  readonly examplePath: string
}

/** Runs a model that is installed. */
export interface CheckRequest {
  readonly type: 'check'
  readonly spec: ModelSpec
  readonly examplePath: string
}

export type TrialRequest = PrepareRequest | CheckRequest

/** What running a network showed. */
export interface TrialRun {
  /** Best classes of the example photo; empty without one. */
  readonly top: readonly { readonly index: number; readonly probability: number }[]
  readonly msPerPhoto: number
  /** Greatest difference of a probability between two photos in one batch and each alone. */
  readonly batchDifference: number
  /** What is odd but no reason to refuse. */
  readonly notes: readonly string[]
}

export interface WrittenFile {
  readonly file: string
  readonly sha256: string
}

/** The text side of a pair. */
export interface PreparedPair {
  readonly text: WrittenFile
  readonly tokenizer: WrittenFile
  readonly tokenizerConfig: WrittenFile | undefined
  /** The labels' graph by itself. */
  readonly head: WrittenFile
  readonly tower: TextTowerSpec
  /** What cosines are multiplied by. */
  readonly scale: number
  readonly templates: readonly string[]
  /** What the text network was called. */
  readonly textFile: string
}

export interface Prepared extends CardChoices {
  readonly reading: ModelReading
  readonly classes: readonly ClassName[] | undefined
  readonly notes: readonly string[]
  readonly sourceSha256: string
  /** The pair's text side, and its picture side without labels; undefined for any other network. */
  readonly pair: (PreparedPair & { readonly encoder: WrittenFile }) | undefined
  readonly quantised: WrittenFile
  readonly float: WrittenFile
  readonly unitLayers: readonly UnitLayer[]
  readonly embeddingDim: number
  readonly embeddingLayer: string | undefined
  readonly run: TrialRun
}

export type TrialOutcome<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly reason: string }

export type FromTrial =
  /** Under which number the system knows the process. */
  | { readonly type: 'hello'; readonly pid: number }
  /** What it does from now on, for the sentence "it took too long <stage>". */
  | { readonly type: 'stage'; readonly stage: string }
  | { readonly type: 'prepared'; readonly prepared: Prepared }
  | { readonly type: 'checked'; readonly run: TrialRun }
  | { readonly type: 'refused'; readonly reason: string }
