// What the Models workspace shows: installed models, models that can be had, a model being tried.
import { z } from 'zod'
import { type Label, type PhotoRow, photoId } from './domain.ts'
import type { Failure } from './errors.ts'
import { type ImportCard, modelId, toldCard } from './model-card.ts'

/** As its makers published it, on ImageNet's validation set. */
export interface PublishedAccuracy {
  /** Shares of photos, 0..1. */
  readonly top1: number
  /** Null where it was not published. */
  readonly top5: number | null
  /** Where the figures are from, for a person. */
  readonly source: string
}

/** What is known of a network by name. */
export interface ModelFacts {
  readonly summary: string
  readonly year: number
  readonly licence: string
  readonly accuracy: PublishedAccuracy | null
  /** Names of layers, and what can be seen there. */
  readonly layersWorth: readonly { readonly layer: string; readonly why: string }[]
}

export interface InstalledModelInfo {
  readonly id: string
  readonly name: string
  /** It came with the program and stays. */
  readonly builtIn: boolean
  /** Why it cannot be used; empty when it can. The figures below are then 0. */
  readonly broken: string
  /** Null for a network that Latent does not know. */
  readonly facts: ModelFacts | null
  /** The file that it was made from; empty for one that came with the program. */
  readonly file: string
  readonly inputSizePx: number
  readonly classCount: number
  readonly labels: ImportCard['classes']['labels']
  readonly embeddingDim: number
  readonly embeddingLayer: string
  /** Worth looking at: those that are known to be, or some from early to late. */
  readonly layers: readonly { readonly layer: string; readonly why: string }[]
  readonly sizeBytes: number
  /** One network of floats, of which an integer twin could be made. */
  readonly canBeQuantised: boolean
  /** On this machine; null until it was measured. */
  readonly msPerPhoto: number | null
  /** Its text network: then photos can be described, and labels chosen; null without one. */
  readonly pair: PairSummary | null
  /** Of the open library; zeros without one. */
  readonly resultPhotos: number
  readonly resultBytes: number
}

export type DownloadState = 'none' | 'running' | 'paused' | 'checking' | 'failed'

/** A model of the catalogue that is not installed. */
export interface CatalogueModel {
  readonly id: string
  readonly name: string
  readonly facts: ModelFacts
  readonly inputSizePx: number
  readonly embeddingDim: number
  /** The file's name, to recognise it by. */
  readonly file: string
  readonly sizeBytes: number
  /** Where it would come from. */
  readonly host: string
  readonly download: {
    readonly state: DownloadState
    readonly doneBytes: number
    /** Why it failed, for a person. */
    readonly reason: string
  }
}

/** Results of a model that is no longer installed. */
export interface LeftResults {
  readonly modelId: string
  readonly photos: number
  readonly bytes: number
}

export interface ModelsOverview {
  readonly currentId: string
  /** The model to go back to; null when there is none. */
  readonly beforeId: string | null
  /** The model that is being tried in its place. */
  readonly tryingId: string | null
  /** Why the chosen model was given up for another one; number tells one such event from the next. */
  readonly givenUp: { readonly number: number; readonly failure: Failure } | null
  /** Those that come with the program first. */
  readonly installed: readonly InstalledModelInfo[]
  readonly catalogue: readonly CatalogueModel[]
  readonly leftResults: readonly LeftResults[]
  /** An integer twin that is being made, or waits for a yes. */
  readonly quantisation: QuantisationStatus | null
}

/** An integer twin of a network, against the network itself. */
export type QuantisationStatus =
  | {
      readonly state: 'running'
      readonly modelId: string
      readonly text: string
      /** Of all of the work, 0..1. */
      readonly share: number
    }
  | { readonly state: 'failed'; readonly modelId: string; readonly reason: string }
  | {
      readonly state: 'done'
      readonly modelId: string
      /** One that is not is not kept. */
      readonly isFaster: boolean
      /** Photos that its ranges come from, and others that it was compared on. */
      readonly calibrated: number
      readonly checked: number
      /** Shares of photos, 0..1. */
      readonly sameTop1: number
      readonly top1InTop5: number
      readonly meanEmbeddingCosine: number
      readonly photosPerSecond: { readonly float: number; readonly int8: number }
      readonly bytes: { readonly float: number; readonly int8: number }
    }

/** The text side of a pair. */
export interface PairSummary {
  /** What the text network's file is called. */
  readonly textFile: string
  /** Tokens of the longest text. */
  readonly contextTokens: number
  /** What cosines are multiplied by. */
  readonly scale: number
}

/** A network that was brought, read, rewritten and run once; it waits for a yes. */
export interface ModelTrial {
  readonly trialId: string
  readonly fileName: string
  readonly sizeBytes: number
  readonly card: ImportCard
  /** What the guesses rest on, and what is odd. */
  readonly notes: readonly string[]
  /** Best first, 5; empty for an encoder. */
  readonly labels: readonly Label[]
  /** The photo that was tried; empty for the example that comes with Latent. */
  readonly photoName: string
  readonly msPerPhoto: number
  /** Name of the file of labels; empty without one. */
  readonly labelsFile: string
  /** Values that photos could be compared by, in order of computation. */
  readonly embeddings: readonly EmbeddingChoice[]
  /** Values that could be the scores; the file's outputs. */
  readonly outputs: readonly string[]
  readonly layers: readonly string[]
  /** The text network that it was tried with; null for a network of pictures alone. */
  readonly pair: PairSummary | null
  /** The catalogue's model that this file is, by its SHA-256; its card is known then. */
  readonly catalogueId: string | null
}

export interface EmbeddingChoice {
  readonly value: string
  readonly dim: number
}

/** What an attempt at a file came to; the file stays at hand under `trialId` for another one. */
export type TrialAnswer =
  | { readonly kind: 'tried'; readonly trial: ModelTrial }
  | {
      readonly kind: 'refused'
      readonly trialId: string
      readonly fileName: string
      readonly failure: Failure
    }

/** Where labels come from. */
export const labelList = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('own'), names: z.array(z.string().max(200)).max(20_000) }),
  /** ImageNet's 1000. */
  z.object({ kind: z.literal('imagenet') }),
  /** What photographs commonly show. */
  z.object({ kind: z.literal('subjects') }),
])
export type LabelList = Readonly<z.infer<typeof labelList>>

/** Labels of a pair of networks, as they are. */
export interface ModelLabels {
  readonly names: readonly string[]
  /** Sentences that they were asked for in. */
  readonly templates: readonly string[]
}

export interface LabellingProgress {
  readonly id: string
  /** 0 to 1. */
  readonly fraction: number
}

const trialId = z.string().max(64)

export const modelInputs = {
  model: z.object({ id: modelId }),
  /** Results may be of a model whose name was never an installed one's. */
  results: z.object({ id: z.string().min(1).max(100) }),
  trial: z.object({ trialId }),
  again: z.object({
    trialId,
    told: toldCard,
    /** Of the open library; the example that comes with Latent when absent. */
    photoId: photoId.optional(),
  }),
  labels: z.object({
    id: modelId,
    list: labelList,
    templates: z.array(z.string().trim().min(1).max(200)).min(1).max(20),
  }),
  install: z.object({
    trialId,
    /** How it is to be called. */
    id: modelId,
    name: z.string().min(1).max(100),
  }),
  path: z.object({ path: z.string().min(1).max(32_767) }),
  quantise: z.object({ id: modelId, photos: z.enum(['library', 'folder']) }),
}

/** How often each label of one model meets each of another. */
export interface AgreementMatrix {
  /** Commonest labels of the model in use. */
  readonly rows: readonly string[]
  /** Commonest labels of the other one, those of the rows first. */
  readonly columns: readonly string[]
  /** Photos, by row and column. */
  readonly counts: readonly (readonly number[])[]
}

/** What two models say to the photos of the open library. */
export interface ModelAgreement {
  readonly otherId: string
  /** That both have seen. */
  readonly photos: number
  /** That both give the same best label, by its name. */
  readonly same: number
  readonly matrix: AgreementMatrix
  /** Commonest first. */
  readonly differences: readonly {
    readonly ownName: string
    readonly otherName: string
    readonly count: number
    /** Some of them. */
    readonly examples: readonly PhotoRow[]
  }[]
}

export interface ModelCheck {
  readonly ok: boolean
  /** Why not, for a person. */
  readonly reason: string
  readonly msPerPhoto: number
}
