// What main asks of the processes that look into a network. Everything is structured-cloneable.
import type {
  AttributionMethod,
  FirstKernels,
  KernelReading,
  LayerActivations,
  LayerInfo,
  PointReading,
} from '../../preload/contract/inspector.ts'
import type {
  EffectsRequest,
  SampleAnswer,
  SampleProgress,
  SampleRequest,
  SheetsRequest,
} from '../activation-atlas/protocol.ts'
import type { FloatTensor } from '../engine/graph-session.ts'
import type { FileFacts, ImageSource, Raster } from '../engine/protocol.ts'

/** A float model with a uint8 NHWC `pixels` input. */
export interface NetworkSpec {
  readonly id: string
  readonly onnxPath: string
  readonly inputSizePx: number
  /** The layer that photos are compared by; the last before the class scores when absent. */
  readonly embeddingLayer?: string | undefined
}

export interface NetworkFacts {
  readonly parameterCount: number
  readonly classCount: number
  /** Without times (`ms` is null): those come from {@link InspectCalls.profile}. */
  readonly layers: readonly LayerInfo[]
  readonly lastSpatialLayer: string
  readonly penultimateLayer: string
  readonly kernels: FirstKernels | null
}

export interface Square {
  readonly leftPx: number
  readonly topPx: number
  readonly sidePx: number
}

export interface LookAnswer {
  readonly facts: FileFacts
  readonly crop: Square
  /** sRGB uint8 [inputSizePx, inputSizePx, 3]. */
  readonly pixels: Uint8Array
  /** [classCount]. */
  readonly logits: Float32Array
  readonly probabilities: Float32Array
  readonly decodeMs: number
  readonly inferMs: number
}

export interface LayerAnswer {
  readonly activations: Omit<LayerActivations, 'session'>
  readonly bytes: Uint8Array
}

export interface AttributionRequest {
  readonly spec: NetworkSpec
  readonly pixels: Uint8Array
  readonly method: AttributionMethod
  readonly classIndex: number
  readonly layer: string | undefined
}

export interface AttributionAnswer {
  readonly layer: string | null
  readonly heightPx: number
  readonly widthPx: number
  readonly values: Float32Array
  readonly ms: number
}

/** Where a unit responds most on a photo. */
export interface PeakAnswer {
  readonly facts: FileFacts
  readonly crop: Square
  readonly activation: number
  /** In pixels of the network's input, cut at its edges. */
  readonly window: NonNullable<PointReading['window']>
}

export interface DreamRequest {
  readonly spec: NetworkSpec
  readonly layer: string
  readonly channel: number
  readonly steps: number
  readonly seed: number
}

/** A picture for a direction of a layer, smaller than the network's input where that works. */
export interface DirectionDreamRequest {
  readonly spec: NetworkSpec
  readonly layer: string
  /** [channels]; only where it points counts. */
  readonly direction: Float32Array
  readonly sidePx: number
  readonly steps: number
  readonly seed: number
}

export interface DreamPicture {
  readonly step: number
  /** The unit's greatest activation on the picture. */
  readonly activation: number
  readonly png: Uint8Array
}

export interface StepProgress {
  readonly done: number
  readonly total: number
}

/** Calls by name: input, answer, progress. */
export interface InspectCalls {
  /** Reads the model and gets ready to run it. */
  readonly facts: { input: NetworkSpec; answer: NetworkFacts; progress: never }
  /** Median milliseconds by layer name; layers that the profile does not tell are left out. */
  readonly profile: {
    input: NetworkSpec
    answer: Readonly<Record<string, number>>
    progress: never
  }
  /** Runs a photo and keeps all its activations under `session`, until `drop`. */
  readonly look: {
    input: { spec: NetworkSpec; session: string; source: ImageSource }
    answer: LookAnswer
    progress: never
  }
  readonly drop: { input: { session: string }; answer: undefined; progress: never }
  readonly render: {
    input: { source: ImageSource; maxSidePx: number }
    answer: Uint8Array
    progress: never
  }
  /** To a PNG file. */
  readonly encode: { input: Raster; answer: Uint8Array; progress: never }
  readonly layer: {
    input: { session: string; layer: string }
    answer: LayerAnswer
    progress: never
  }
  readonly point: {
    input: { session: string; layer: string; channel: number; x: number; y: number }
    answer: PointReading
    progress: never
  }
  readonly kernelPoint: {
    input: { session: string; kernel: number; x: number; y: number }
    answer: KernelReading
    progress: never
  }
  /** A layer's values, [C, H, W], or one channel's, [H, W]. */
  readonly tensor: {
    input: { session: string; layer: string; channel?: number | undefined }
    answer: FloatTensor
    progress: never
  }
  /** Classes by the cosine of their weights in the last layer, most alike first. */
  readonly confusions: {
    input: { spec: NetworkSpec; classIndex: number; count: number }
    answer: readonly { readonly index: number; readonly similarity: number }[]
    progress: never
  }
  readonly peak: {
    input: { spec: NetworkSpec; source: ImageSource; layer: string; channel: number }
    answer: PeakAnswer
    progress: never
  }
  readonly attribution: {
    input: AttributionRequest
    answer: AttributionAnswer
    progress: StepProgress
  }
  readonly dream: { input: DreamRequest; answer: DreamPicture; progress: DreamPicture }
  /** `activation` is the greatest cosine of a position with the direction. */
  readonly directionDream: {
    input: DirectionDreamRequest
    answer: DreamPicture
    progress: StepProgress
  }
  /** Runs photos up to a layer and keeps some positions of each on disk. */
  readonly samplePhotos: { input: SampleRequest; answer: SampleAnswer; progress: SampleProgress }
  /** Linear effects of directions on the class scores, [directions, classes]; null: no such path. */
  readonly labelEffects: {
    input: EffectsRequest
    answer: Float32Array | null
    progress: StepProgress
  }
  /** Writes pictures of patches of photos. */
  readonly drawSheets: { input: SheetsRequest; answer: undefined; progress: StepProgress }
}
