// What comes with the requests to the Inspector.
import { z } from 'zod'
import { photoId } from './domain.ts'
import { attributionMethod, inspectorSlot, inspectorSource } from './inspector.ts'

const layerName = z.string().min(1).max(200)
/** The one in use when absent. */
const modelId = z.string().max(100).optional()
const channelNumber = z.int().min(0).max(1_000_000)

/** What can be saved, each with layer, model and photo recorded in or beside the file. */
export const exportRequest = z.discriminatedUnion('kind', [
  /** A picture that the window drew, as PNG bytes. */
  z.object({
    kind: z.literal('picture'),
    session: z.string().max(64),
    /** What it shows, for the file's name and record: "Mixed_5b channel 17". */
    title: z.string().min(1).max(200),
    png: z.instanceof(Uint8Array),
  }),
  /** A layer's float values, [C, H, W] or [H, W] with a channel, as .npy. */
  z.object({
    kind: z.literal('tensor'),
    session: z.string().max(64),
    layer: layerName,
    channel: channelNumber.optional(),
  }),
])
export type ExportRequest = Readonly<z.infer<typeof exportRequest>>

export const inspectorInputs = {
  open: z.object({
    slot: inspectorSlot,
    source: inspectorSource,
    modelId,
  }),
  session: z.object({ session: z.string().max(64) }),
  layer: z.object({ session: z.string().max(64), layer: layerName }),
  point: z.object({
    session: z.string().max(64),
    layer: layerName,
    channel: channelNumber,
    x: z.int().min(0),
    y: z.int().min(0),
  }),
  kernelPoint: z.object({
    session: z.string().max(64),
    kernel: channelNumber,
    /** Position in the first layer's map. */
    x: z.int().min(0),
    y: z.int().min(0),
  }),
  attribution: z.object({
    session: z.string().max(64),
    method: attributionMethod,
    classIndex: z.int().min(0),
    /** Grad-CAM only; the last spatial layer when absent. */
    layer: layerName.optional(),
  }),
  unit: z.object({ modelId, layer: layerName, channel: channelNumber }),
  unitPatch: z.object({ modelId, layer: layerName, channel: channelNumber, photoId }),
  dream: z.object({
    modelId,
    layer: layerName,
    channel: channelNumber,
    steps: z.int().min(1).max(4096),
    seed: z
      .int()
      .min(0)
      .max(2 ** 31),
  }),
  dreamId: z.object({ id: z.string().max(64) }),
} as const
