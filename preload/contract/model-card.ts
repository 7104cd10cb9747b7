// What has to be known of a network to run it, as a person reads and corrects it.
import { z } from 'zod'

/** Also the name of its folder. */
export const modelId = z.string().regex(/^[a-z0-9][a-z0-9.-]{0,63}$/)

const three = z.tuple([z.number(), z.number(), z.number()])

/** How to feed a network and how to read it, as it was found in the file or told by a person. */
export const modelReading = z.strictObject({
  input: z.strictObject({
    /** Of the graph's input. */
    name: z.string(),
    layout: z.enum(['nchw', 'nhwc']),
    type: z.enum(['float32', 'float16', 'uint8']),
    sidePx: z.int().min(16).max(2048),
  }),
  /** (pixel - mean) / deviation for each channel in the network's order, of pixels 0..255. */
  preprocessing: z.strictObject({
    channelOrder: z.enum(['rgb', 'bgr']),
    mean: three,
    deviation: three.refine((values) => !values.includes(0), 'Expected no 0'),
  }),
  output: z.strictObject({
    /** Value with a score for each class; empty for an encoder, which gives none. */
    name: z.string(),
    kind: z.enum(['logits', 'probabilities', 'none']),
  }),
  classes: z.strictObject({
    /** Without those that are dropped; 0 for an encoder. */
    count: z.int().min(0).max(100_000),
    /** Scores without meaning before and behind the classes (a background class). */
    droppedFirst: z.int().min(0),
    droppedLast: z.int().min(0),
    labels: z.enum(['imagenet-1k', 'file', 'numbers', 'none']),
  }),
  /** The value that photos are compared by; maps are averaged over their positions. */
  embedding: z.strictObject({ value: z.string(), dim: z.int().min(1).max(65_536) }),
})
export type ModelReading = Readonly<z.infer<typeof modelReading>>

/** What a person may say: any part of it, over what the file tells. */
export const toldCard = z.strictObject({
  id: modelId.optional(),
  name: z.string().min(1).max(100).optional(),
  input: modelReading.shape.input.partial().optional(),
  preprocessing: modelReading.shape.preprocessing.partial().optional(),
  output: modelReading.shape.output.partial().optional(),
  classes: modelReading.shape.classes.partial().optional(),
  embedding: modelReading.shape.embedding.partial().optional(),
})
export type ToldCard = Readonly<z.infer<typeof toldCard>>

/** A whole card that a person may read, correct and hand back. */
export const importCard = modelReading.extend({ id: modelId, name: z.string().min(1).max(100) })
export type ImportCard = Readonly<z.infer<typeof importCard>>
