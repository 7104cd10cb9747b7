// How long each layer of a network takes, where.
import { z } from 'zod'
import { modelId } from './model-card.ts'

export interface LayerTime {
  /** Empty for steps between layers: preprocessing, changes of layout, outputs. */
  readonly layer: string
  /** In the fastest of some runs, of one photo. */
  readonly ms: number
  /** What the runtime made of it, the slowest first. */
  readonly operators: readonly { readonly operator: string; readonly count: number }[]
  /** Where its steps ran: "cpu", "cuda", "webgpu". */
  readonly providers: readonly string[]
}

export interface NetworkProfile {
  readonly modelId: string
  readonly form: 'engine' | 'inspector'
  readonly provider: string
  /** It ran the float form of an integer network. */
  readonly inFloats: boolean
  readonly threads: number
  /** Of a whole run, whose steps are {@link layers}. */
  readonly wholeMs: number
  /** Slowest first. */
  readonly layers: readonly LayerTime[]
}

export const profileInput = z.object({
  modelId,
  /** The network as the engine runs it, or the floats that the Inspector looks into. */
  form: z.enum(['engine', 'inspector']),
})
