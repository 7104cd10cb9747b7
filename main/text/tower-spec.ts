// What has to be known of a text network to run it.
import { z } from 'zod'

/** Of a graph that gives `output`, float32 [N, embeddingDim], rows of unit length. */
export const textTowerSpec = z.object({
  inputs: z.object({
    ids: z.string(),
    /** Empty where the graph takes none. */
    mask: z.string(),
    positions: z.string(),
    types: z.string(),
    integers: z.enum(['int64', 'int32']),
  }),
  output: z.string(),
  embeddingDim: z.int().min(1),
  /** Tokens of the longest text. */
  contextTokens: z.int().min(2),
  /** Whether every text is filled up to the context: what a text means may hang on it. */
  fills: z.boolean(),
  padId: z.int().min(0),
})
export type TextTowerSpec = Readonly<z.infer<typeof textTowerSpec>>

/** Where a text network lies. */
export interface TextTowerFiles {
  readonly spec: TextTowerSpec
  readonly onnxPath: string
  readonly sha256: string
  readonly tokenizerPath: string
  readonly tokenizerConfigPath: string | undefined
}
