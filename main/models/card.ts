// What is written down of an installed network.
import { z } from 'zod'
import { modelReading } from '../../preload/contract/model-card.ts'
import { textTowerSpec } from '../text/tower-spec.ts'

const hashedFile = z.object({ file: z.string().regex(/^[^/\\]+$/), sha256: z.string() })

/** The text side of a pair, and the labels that its photos are given. */
const pairCard = z.object({
  /** The picture network without labels, by which results are known: labels may change. */
  encoder: hashedFile,
  text: hashedFile,
  tokenizer: hashedFile,
  tokenizerConfig: hashedFile.optional(),
  /** From a vector to labels. */
  head: hashedFile,
  tower: textTowerSpec,
  /** What cosines are multiplied by before the softmax. */
  scale: z.number().positive(),
  /** Sentences that the labels were asked for in. */
  templates: z.array(z.string()).min(1),
  /** What the text network was called. */
  textFile: z.string(),
})
export type PairCard = Readonly<z.infer<typeof pairCard>>

export const installedCard = z.object({
  id: z.string(),
  name: z.string(),
  inputSizePx: z.int().min(16).max(2048),
  /** 0 for an encoder, which gives no scores. */
  classCount: z.int().min(0),
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
      z.object({ kind: z.literal('none') }),
      /** JSON: [wnid, name] for each class. */
      z.object({ kind: z.literal('file'), ...hashedFile.shape }),
    ])
    .default({ kind: 'imagenet-1k' }),
  /** The layer that the embedding is taken from; the last before the scores when absent. */
  embeddingLayer: z.string().optional(),
  /** Of a picture network that came with a text network. */
  pair: pairCard.optional(),
  /** Of a model that a person brought, or had downloaded. */
  imported: z.object({ file: z.string(), reading: modelReading }).optional(),
  /** When it was tried, on this machine. */
  msPerPhoto: z.number().optional(),
})
export type InstalledCard = Readonly<z.infer<typeof installedCard>>
