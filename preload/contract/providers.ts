// Execution providers of ONNX Runtime: what a trial of each found, and which one a person wants.
import { z } from 'zod'

/** In order of preference; the CPU last. */
export const providerNames = ['cuda', 'dml', 'coreml', 'webgpu', 'cpu'] as const
export type ProviderName = (typeof providerNames)[number]

/** `auto` takes the fastest one that is correct. */
export const providerChoice = z.enum(['auto', ...providerNames])
export type ProviderChoice = z.infer<typeof providerChoice>

/** How far a provider's results are from the CPU's, the worst of the pictures that were run. */
export const providerParity = z.object({
  maxProbabilityDifference: z.number(),
  sameTop5: z.boolean(),
  /** Of the embeddings, 1 when they are the same. */
  embeddingCosine: z.number(),
  /** Of a float form: whether it says the same first labels as the integers, and how alike features are. */
  withIntegers: z.object({ sameFirst: z.boolean(), embeddingCosine: z.number() }).optional(),
})

export const providerFacts = z.object({
  /** Absent for the CPU, which the others are compared with. */
  parity: providerParity.optional(),
  photosPerSecond: z.array(z.object({ batchSize: z.int().min(1), photosPerSecond: z.number() })),
  loadMs: z.number(),
  /** Includes what a GPU needs to compile its programs. */
  firstRunMs: z.number(),
  /** Operators of the network that ran somewhere else than asked, with their number. */
  nodes: z.object({
    all: z.int(),
    onCpu: z.int(),
    operatorsOnCpu: z.array(z.object({ operator: z.string(), count: z.int() })),
  }),
})
export type ProviderParity = Readonly<z.infer<typeof providerParity>>
export type ProviderFacts = Readonly<z.infer<typeof providerFacts>>

/** A graphics device as the system tells of it. */
export const graphicsDevice = z.object({
  name: z.string(),
  memoryBytes: z.number().nullable(),
  driver: z.string(),
  /** Computed by the CPU: correct, but no help. */
  isSoftware: z.boolean(),
})
export type GraphicsDevice = Readonly<z.infer<typeof graphicsDevice>>

/** One execution provider that was tried; the one that is used is `ok`. */
export const providerTrial = z.object({
  provider: z.string(),
  /** Of the network's float form; of its own when absent. */
  form: z.literal('float').optional(),
  ok: z.boolean(),
  /** Why not, when not. */
  reason: z.string(),
  /** Whether this build of ONNX Runtime has it. */
  offered: z.boolean().optional(),
  /** Of a provider that ran the network, whether or not it is used. */
  facts: providerFacts.optional(),
  device: graphicsDevice.optional(),
})
export type ProviderTrial = Readonly<z.infer<typeof providerTrial>>

/** ONNX Runtime's CUDA libraries on Linux, which Latent fetches when a person asks for them. */
export interface CudaStatus {
  readonly state:
    | 'none'
    /** The server is asked how large they are. */
    | 'asking'
    /** Their size is known; nothing is fetched before a person says so. */
    | 'offered'
    | 'running'
    | 'paused'
    | 'unpacking'
    | 'installed'
    | 'failed'
  /** Whom they come from. */
  readonly host: string
  readonly doneBytes: number
  /** Of the package; 0 before the server was asked. */
  readonly bytes: number
  /** Why it failed. */
  readonly reason: string
}

/** What CUDA needs on Linux, and what of it was found. */
export interface NvidiaDiagnosis {
  readonly device: GraphicsDevice | null
  readonly libraries: readonly {
    readonly file: string
    /** "CUDA 12", "cuDNN 9" */
    readonly part: string
    readonly isThere: boolean
  }[]
  /** Those that come with ONNX Runtime, but not with Latent. */
  readonly hasRuntimeLibraries: boolean
  /** What a person has to do, in order; nothing when all is there. */
  readonly steps: readonly string[]
}
