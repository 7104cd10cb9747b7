// What main asks of the process that runs text networks. Everything is structured-cloneable.
import type { TextTowerFiles } from './tower-spec.ts'

export interface EmbedRequest {
  readonly tower: TextTowerFiles
  readonly texts: readonly string[]
}

/** New labels for a picture network, as files. */
export interface LabelRequest {
  readonly tower: TextTowerFiles
  readonly names: readonly string[]
  readonly templates: readonly string[]
  /** What cosines are multiplied by. */
  readonly scale: number
  /** The picture network without labels. */
  readonly encoderPath: string
  /** Files are written into it; there may be others of their names. */
  readonly folder: string
}

export interface LabelAnswer {
  /** From a vector to labels. */
  readonly head: NamedFile
  /** The picture network with them. */
  readonly labelled: NamedFile
}

export interface NamedFile {
  readonly file: string
  readonly sha256: string
}

export interface Fraction {
  readonly fraction: number
}

/** Calls by name: input, answer, progress. */
export interface TextCalls {
  /** Rows of unit length, [texts, embeddingDim]. */
  readonly embed: { input: EmbedRequest; answer: Float32Array; progress: Fraction }
  readonly label: { input: LabelRequest; answer: LabelAnswer; progress: Fraction }
}
