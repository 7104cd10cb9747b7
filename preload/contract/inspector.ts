// What the Inspector shows of one photo inside one network: layers, maps, reasons, units, dreams.
import { z } from 'zod'
import { type Label, type PhotoRow, photoId } from './domain.ts'

/** Two photos can be looked at side by side; opening one in a slot ends the slot's old work. */
export const inspectorSlot = z.enum(['a', 'b'])
export type InspectorSlot = z.infer<typeof inspectorSlot>

/** What is inspected: a photo of the open library, or an image that was dropped or pasted. */
export const inspectorSource = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('photo'), id: photoId }),
  z.object({ kind: z.literal('inspection'), id: z.string().max(64) }),
])
export type InspectorSource = Readonly<z.infer<typeof inspectorSource>>

export type LayerKind =
  | 'convolution'
  | 'depthwise'
  | 'dense'
  | 'pooling'
  | 'global-pooling'
  | 'normalisation'
  | 'activation'
  | 'merge'
  | 'softmax'
  | 'block'
  | 'other'

/** One layer as people name it, tapped after its activation function. */
export interface LayerInfo {
  /** Unique within the model: "Conv2d_1a", "Mixed_5b", "fc7". */
  readonly name: string
  readonly kind: LayerKind
  readonly channels: number
  /** 1 x 1 for layers without a spatial extent. */
  readonly heightPx: number
  readonly widthPx: number
  /** Weights and biases. */
  readonly parameterCount: number
  /** Median time of its operations on this machine, or null where the profile does not tell. */
  readonly ms: number | null
  /**
   * What one position sees of the network's input: the window of position (x, y) spans
   * `sizePx` pixels from `startPx + x * stridePx` (and so for y). Null for a layer that sees all.
   */
  readonly receptiveField: {
    readonly sizePx: number
    readonly stridePx: number
    readonly startPx: number
  } | null
  /** The steps inside a block, which can be looked at like layers ("Mixed_5b/Branch_1/…"). */
  readonly inner: readonly LayerInfo[]
}

/** Filters of the first convolution, [count, heightPx, widthPx, 3], RGB, row-major. */
export interface FirstKernels {
  readonly layer: string
  readonly count: number
  readonly heightPx: number
  readonly widthPx: number
  readonly stridePx: number
  readonly weights: Float32Array
  readonly biases: Float32Array
  /** What the kernels see of black, by colour (RGB), and what full colour adds to it. */
  readonly blacks: readonly [number, number, number]
  readonly gains: readonly [number, number, number]
  /** Kernel numbers, coloured ones apart from grey ones, each by the direction of their edges. */
  readonly order: Uint16Array
}

export interface InspectorModel {
  readonly id: string
  readonly name: string
  readonly inputSizePx: number
  readonly classCount: number
  readonly parameterCount: number
  /** In order of computation, from the input on. */
  readonly layers: readonly LayerInfo[]
  /** The layer that Grad-CAM looks at: the last one that still knows where things are. */
  readonly lastSpatialLayer: string
  /** The layer whose vector the class scores are made from. */
  readonly penultimateLayer: string
  readonly kernels: FirstKernels | null
  /** Names of all classes by index. */
  readonly classNames: readonly string[]
}

/** A class with everything said about it: from the most general term to the class itself. */
export interface ExplainedLabel extends Label {
  readonly logit: number
  /** "animal", "dog", "Labrador retriever"; empty for label sets without a taxonomy. */
  readonly path: readonly string[]
  /** Classes whose weights in the last layer point the same way, most alike first, at most 5. */
  readonly confusions: readonly {
    readonly index: number
    readonly name: string
    /** Cosine of the two weight vectors. */
    readonly similarity: number
    readonly probability: number
  }[]
}

/** A photo that was run through the inspected network; its layers can be asked for by `session`. */
export interface InspectedPhoto {
  readonly session: string
  readonly slot: InspectorSlot
  readonly name: string
  /** Set for a photo of the library. */
  readonly photoId: number | null
  readonly modelId: string
  /** Upright size. */
  readonly widthPx: number
  readonly heightPx: number
  /** The square of the upright photo that the network sees. */
  readonly crop: { readonly leftPx: number; readonly topPx: number; readonly sidePx: number }
  /** Best first, 5. */
  readonly labels: readonly ExplainedLabel[]
  readonly decodeMs: number
  readonly inferMs: number
}

/**
 * One layer's activations. The values come as bytes from {@link activationsUrl}, [channels, heightPx,
 * widthPx], one byte each: value = min + byte / 255 * (max - min) with the channel's own range.
 */
export interface LayerActivations {
  readonly session: string
  readonly layer: string
  readonly channels: number
  readonly heightPx: number
  readonly widthPx: number
  /** By channel. */
  readonly minima: Float32Array
  readonly maxima: Float32Array
  readonly means: Float32Array
  /** Share of values that are zero, by channel, 0..1. */
  readonly sparsities: Float32Array
  /** Of the whole layer. */
  readonly min: number
  readonly max: number
  readonly mean: number
  readonly sparsity: number
}

/** Where main serves a layer's bytes. */
export const activationsUrl = (session: string, layer: string): string =>
  `/activations/${encodeURIComponent(session)}/${encodeURIComponent(layer)}`

/** Where main serves the inspected photo, upright, as a JPEG of at most 1600 px a side. */
export const inspectedPhotoUrl = (session: string): string =>
  `/inspected/${encodeURIComponent(session)}`

/** The value under the pointer, in full precision. */
export interface PointReading {
  readonly value: number
  /** What the position sees, in pixels of the network's input, cut at its edges. */
  readonly window: {
    readonly leftPx: number
    readonly topPx: number
    readonly widthPx: number
    readonly heightPx: number
  } | null
}

/** One step of the first convolution, number by number. */
export interface KernelReading {
  /** The input under the kernel as the network sees it (normalised), [heightPx, widthPx, 3], RGB. */
  readonly patch: Float32Array
  readonly sumOfProducts: number
  readonly bias: number
  /** sumOfProducts + bias. */
  readonly response: number
  /** After the activation function. */
  readonly activation: number
  /** Left and top of the patch in pixels of the network's input; negative within the padding. */
  readonly leftPx: number
  readonly topPx: number
}

export const attributionMethod = z.enum(['grad-cam', 'occlusion', 'smooth-grad'])
export type AttributionMethod = z.infer<typeof attributionMethod>

/** How much each place of the network's input speaks for a class. */
export interface Attribution {
  readonly method: AttributionMethod
  readonly classIndex: number
  readonly layer: string | null
  /** Spans the whole crop; row-major. */
  readonly heightPx: number
  readonly widthPx: number
  /**
   * Grad-CAM and SmoothGrad: 0 and up. Occlusion: the loss of probability when the place is hidden,
   * negative where hiding it helps.
   */
  readonly values: Float32Array
  readonly ms: number
}

/** How far a task that takes more than one run has come. */
export interface InspectorProgress {
  readonly session: string
  readonly task: AttributionMethod
  readonly done: number
  readonly total: number
}

/** The vector before the last layer. */
export interface PenultimateVector {
  readonly layer: string
  /** As computed, not scaled; [dim]. */
  readonly values: Float32Array
  /**
   * Nearest photos of the open library by the cosine from its mean, best first; the photo itself is
   * left out.
   */
  readonly neighbours: readonly {
    readonly photo: PhotoRow
    readonly similarity: number
    /** The units that the similarity comes from, most first, at most 8. */
    readonly sharedUnits: readonly {
      readonly unit: number
      /** Its share of the cosine, 0..1. */
      readonly share: number
    }[]
  }[]
}

/** What excites a unit most (or least) among the photos of the open library. */
export interface UnitPhotos {
  readonly layer: string
  readonly channel: number
  /** How many photos were looked at. */
  readonly photosSeen: number
  readonly most: readonly UnitPhoto[]
  /** Photos on which the unit's strongest response is weakest. */
  readonly least: readonly UnitPhoto[]
}

export interface UnitPhoto {
  readonly photo: PhotoRow
  /** The unit's greatest activation on the photo. */
  readonly activation: number
}

/** Where on a photo a unit responds most. */
export interface UnitPatch {
  readonly photoId: number
  readonly activation: number
  /** In pixels of the upright photo, cut at its edges. */
  readonly leftPx: number
  readonly topPx: number
  readonly widthPx: number
  readonly heightPx: number
}

export type DreamState = 'running' | 'done' | 'cancelled' | 'failed'

/** A synthetic image that maximises a unit (Olah et al. 2017), while it is being made. */
export interface Dream {
  readonly id: string
  readonly modelId: string
  readonly layer: string
  readonly channel: number
  readonly seed: number
  readonly state: DreamState
  readonly step: number
  readonly steps: number
  /** The unit's greatest activation on the image so far. */
  readonly activation: number
  /** Raised with every new picture at {@link dreamUrl}. */
  readonly picture: number
  readonly ms: number
  /** Why it failed, for a person. */
  readonly reason: string
}

export const dreamUrl = (id: string, picture: number): string =>
  `/dream/${encodeURIComponent(id)}?v=${picture}`
