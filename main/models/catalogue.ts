// The networks that Latent knows by name: the one that comes with it, and those that can be had.
import { z } from 'zod'
import entries from '../../models/catalogue.json'
import {
  caffe,
  efficientNetLite,
  imagenetColours,
  kerasCaffe,
} from '../../preload/contract/known-colours.ts'
import type { ToldCard } from '../../preload/contract/model-card.ts'
import type { WantedFile } from '../fetch/download-file.ts'

const facts = z.object({
  summary: z.string(),
  year: z.int(),
  licence: z.string(),
  accuracy: z
    .object({ top1: z.number(), top5: z.number().nullable(), source: z.string() })
    .nullable(),
  layersWorth: z.array(z.object({ layer: z.string(), why: z.string() })),
})
const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
const base = {
  id: z.string().regex(/^[a-z0-9.-]+$/),
  name: z.string(),
  facts,
  inputSizePx: z.int(),
  embeddingDim: z.int(),
}
const packaged = z.object({
  ...base,
  source: z.object({
    kind: z.literal('package'),
    package: z.string(),
    file: z.string(),
    /** Leading outputs without meaning. */
    droppedClasses: z.int(),
    sha256,
  }),
})
const downloadable = z.object({
  ...base,
  source: z.object({
    kind: z.literal('download'),
    /** Below {@link catalogueUrl}. */
    path: z.string(),
    bytes: z.int(),
    sha256,
  }),
  /** How the network was trained to be fed. */
  colours: z.enum(['caffe', 'caffe-exact', 'imagenet', 'efficientnet-lite']),
})
export type PackagedEntry = Readonly<z.infer<typeof packaged>>
export type DownloadableEntry = Readonly<z.infer<typeof downloadable>>
export type CatalogueEntry = PackagedEntry | DownloadableEntry

/** Where the files of the ONNX Model Zoo are kept; sizes and hashes are its own records. */
export const catalogueUrl =
  'https://huggingface.co/onnxmodelzoo/legacy_models/resolve/main/validated/vision/classification/'

export const catalogue: readonly CatalogueEntry[] = z
  .array(z.union([packaged, downloadable]))
  .parse(entries)

export const defaultModelId = 'inception-v3'

export const catalogueEntry = (id: string): CatalogueEntry | undefined =>
  catalogue.find((entry) => entry.id === id)

export const isDownloadable = (entry: CatalogueEntry): entry is DownloadableEntry =>
  entry.source.kind === 'download'

export function packagedEntry(id: string): PackagedEntry | undefined {
  const entry = catalogueEntry(id)
  return entry === undefined || isDownloadable(entry) ? undefined : entry
}

export function downloadableEntry(id: string): DownloadableEntry | undefined {
  const entry = catalogueEntry(id)
  return entry !== undefined && isDownloadable(entry) ? entry : undefined
}

/** @param path where it goes */
export const wantedFile = ({ source }: DownloadableEntry, url: URL, path: string): WantedFile => ({
  url: url.href,
  path,
  bytes: source.bytes,
  digest: { algorithm: 'sha256', hex: source.sha256 },
  instead: 'import the file from elsewhere',
})

/** What is known of a network, so that nothing has to be guessed of it but its graph. */
export const knownCard = ({ id, name, colours }: DownloadableEntry): ToldCard => ({
  id,
  name,
  preprocessing: coloursOf[colours],
})

/**
 * As the Model Zoo's READMEs have it: GoogLeNet's subtracts 123.68, 116.779, 103.939 and turns the
 * order round; AlexNet's names no colours, and Caffe's model that it was converted from subtracts
 * 104, 117, 123 (blue, green, red); SqueezeNet 1.1, VGG, ResNet and MobileNet are MXNet's, which
 * scale to 0..1 and normalise; EfficientNet-Lite's subtracts 127 and divides by 128.
 */
const coloursOf: Readonly<Record<DownloadableEntry['colours'], ToldCard['preprocessing']>> = {
  caffe,
  'caffe-exact': kerasCaffe,
  imagenet: imagenetColours,
  'efficientnet-lite': efficientNetLite,
}
