// What has to be known of a network to run it, and what is written down of an installed one.
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
    /** Value with a score for each class. */
    name: z.string(),
    kind: z.enum(['logits', 'probabilities']),
  }),
  classes: z.strictObject({
    /** Without those that are dropped. */
    count: z.int().min(2).max(100_000),
    /** Scores without meaning before and behind the classes (a background class). */
    droppedFirst: z.int().min(0),
    droppedLast: z.int().min(0),
    labels: z.enum(['imagenet-1k', 'file', 'numbers']),
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

const hashedFile = z.object({ file: z.string().regex(/^[^/\\]+$/), sha256: z.string() })

export const installedCard = z.object({
  id: z.string(),
  name: z.string(),
  inputSizePx: z.int().min(16).max(2048),
  classCount: z.int().min(1),
  embeddingDim: z.int().min(1),
  /** Layers whose units' greatest activations the quantised graph gives, in this order. */
  unitLayers: z.array(z.object({ layer: z.string(), channels: z.int().min(1) })),
  /** File names inside the folder, with their hashes. */
  quantised: hashedFile,
  /** For activations and gradients: float weights, saturation as ReLU. May be the same file. */
  float: hashedFile,
  /** What it was made from and by which version of the converter. */
  sourceSha256: z.string(),
  converterVersion: z.int(),
  labels: z
    .discriminatedUnion('kind', [
      z.object({ kind: z.literal('imagenet-1k') }),
      z.object({ kind: z.literal('numbers') }),
      /** JSON: [wnid, name] for each class. */
      z.object({ kind: z.literal('file'), ...hashedFile.shape }),
    ])
    .default({ kind: 'imagenet-1k' }),
  /** The layer that the embedding is taken from; the last before the scores when absent. */
  embeddingLayer: z.string().optional(),
  /** Of a model that a person brought. */
  imported: z.object({ file: z.string(), reading: modelReading }).optional(),
})
export type InstalledCard = Readonly<z.infer<typeof installedCard>>
