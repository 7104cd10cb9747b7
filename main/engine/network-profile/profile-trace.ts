// Reads from ONNX Runtime's profile how long each layer took, what it was made of, and where it ran.
import { z } from 'zod'
import type { LayerTime } from '../../../preload/contract/network-profile.ts'

export interface ProfiledRun {
  readonly wholeMs: number
  /** Slowest first. */
  readonly layers: readonly LayerTime[]
}

const trace = z.array(
  z.object({
    cat: z.string().optional(),
    name: z.string().optional(),
    /** Microseconds. */
    dur: z.number().optional(),
    args: z.object({ provider: z.string().optional(), op_name: z.string().optional() }).optional(),
  }),
)

interface Gathered {
  /** By run. */
  readonly ms: number[]
  readonly operators: Map<string, { count: number; ms: number }>
  readonly providers: Set<string>
}

/**
 * Of the fastest run, which other programs disturbed least: medians of each layer would not add up.
 * ONNX Runtime names a fused step after the last value or node that it stands for, with a suffix, so
 * that its name leads back to the graph.
 *
 * @param json a Chrome trace of some runs, the first of which is the warm-up
 * @param layerOf by names of nodes and values
 * @throws Error when it is no profile, or holds no run after the first
 */
export function profileTrace(json: string, layerOf: ReadonlyMap<string, string>): ProfiledRun {
  const layers = new Map<string, Gathered>()
  const wholes: number[] = []
  let run = 0
  for (const { cat, name = '', dur = 0, args } of trace.parse(JSON.parse(json))) {
    if (cat === 'Session' && name === 'model_run') {
      if (run > 0) wholes.push(dur / 1000)
      run++
    }
    if (cat !== 'Node' || !name.endsWith('_kernel_time') || run === 0) continue
    const layer = ownerOf(name, layerOf)
    const known = layers.get(layer) ?? { ms: [], operators: new Map(), providers: new Set() }
    layers.set(layer, known)
    known.ms[run - 1] = (known.ms[run - 1] ?? 0) + dur / 1000
    const operator = args?.op_name ?? 'unknown'
    const sum = known.operators.get(operator) ?? { count: 0, ms: 0 }
    known.operators.set(operator, {
      // Of one run: every run has the same steps.
      count: run === 1 ? sum.count + 1 : sum.count,
      ms: sum.ms + dur,
    })
    known.providers.add(shortName(args?.provider ?? ''))
  }
  if (wholes.length === 0) throw new Error('The profile holds no run.')
  const wholeMs = Math.min(...wholes)
  const fastest = wholes.indexOf(wholeMs)
  return {
    wholeMs,
    layers: [...layers]
      .map(([layer, { ms, operators, providers }]) => ({
        layer,
        ms: ms[fastest] ?? 0,
        operators: [...operators]
          .toSorted(([, a], [, b]) => b.ms - a.ms)
          .map(([operator, { count }]) => ({ operator, count })),
        providers: [...providers],
      }))
      .toSorted((a, b) => b.ms - a.ms),
  }
}

/** "a/b/Conv_nchwc_token_3_kernel_time" stands for a/b/Conv. */
function ownerOf(event: string, layerOf: ReadonlyMap<string, string>): string {
  const own = event
    .replace(/_kernel_time$/, '')
    .replace(/(_nchwc|_token_\d+|_quant)+$/, '')
    .replace(/\/duplicated$/, '')
  return layerOf.get(own) ?? layerOf.get(own.replace(/^[A-Z]\w*:/, '')) ?? ''
}

/** "CPUExecutionProvider" is "cpu". */
const shortName = (provider: string): string =>
  provider.replace(/ExecutionProvider$/, '').toLowerCase()
