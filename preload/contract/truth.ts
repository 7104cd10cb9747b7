// What photos really show, and how often models say so.
import { z } from 'zod'
import { type PhotoRow, photoId } from './domain.ts'
import { modelId } from './model-card.ts'
import { truth } from './truth-name.ts'

export type { Truth } from './truth-name.ts'

export const truthInputs = {
  /** Null takes back what was said. */
  say: z.array(z.object({ id: photoId, truth: truth.nullable() })).max(1_000_000),
  search: z.object({ text: z.string().max(200) }),
  /** The model in use alone when absent. */
  accuracy: z.object({ otherId: modelId.optional() }),
}

/** Null takes back what was said. */
export interface SaidTruth {
  readonly id: number
  readonly truth: z.infer<typeof truth> | null
}

/** A count out of others, as a share with the bounds that hold the true share with 95 %. */
export interface Share {
  readonly right: number
  readonly of: number
  /** 0..1; Wilson's interval. */
  readonly low: number
  readonly high: number
}

/** Photos of one thing that a model took for another. */
export interface Mistake {
  readonly truth: string
  readonly taken: string
  readonly count: number
}

export interface ModelScore {
  readonly modelId: string
  readonly top1: Share
  readonly top5: Share
  /** Commonest first. */
  readonly mistakes: readonly Mistake[]
}

/** Where the truth came from. */
export interface TruthSources {
  /** Photos that a person spoke of, */
  readonly said: number
  /** whose file name begins with a WordNet id, */
  readonly fileName: number
  /** whose folder goes by the name of a class. Most photos first. */
  readonly folders: readonly {
    readonly folder: string
    readonly label: string
    readonly photos: number
  }[]
  /** Folders whose name stands for several classes: left out. */
  readonly ambiguous: readonly { readonly folder: string; readonly photos: number }[]
  /** Photos of something that is no class of the models: left out. */
  readonly foreign: number
  /** Photos with a truth that have no labels of the models yet. */
  readonly unseen: number
}

export interface Accuracy {
  /** Photos with a truth that every model asked about has seen and has a class for. */
  readonly photos: number
  /** Fewer say little. */
  readonly isEnough: boolean
  readonly sources: TruthSources
  readonly own: ModelScore
  readonly other: ModelScore | null
  /** Whether the best labels of two models differ by more than chance (McNemar's exact test). */
  readonly difference: {
    readonly ownOnly: number
    readonly otherOnly: number
    /** How probable a difference like this is when both are equally good, 0..1. */
    readonly p: number
  } | null
  /** Of each class the photos, and those that each model got right; worst first. */
  readonly classes: readonly {
    /** Of the model in use. */
    readonly index: number
    readonly name: string
    readonly photos: number
    readonly ownRight: number
    readonly otherRight: number
  }[]
}

/** Photos that are got wrong: some of them, and how many there are. */
export interface WrongPhotos {
  readonly count: number
  readonly examples: readonly PhotoRow[]
}

export interface ModelAccuracy extends Accuracy {
  /** Photos that only the model in use, only the other one, and both get wrong. */
  readonly wrong: {
    readonly own: WrongPhotos
    readonly other: WrongPhotos
    readonly both: WrongPhotos
  }
}
