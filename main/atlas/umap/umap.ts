// UMAP: lays photos out so that neighbours among their embeddings are neighbours in space.
import { normalFrom, randomFrom } from '../../inspect/dream/random.ts'
import type { Neighbours } from '../knn/neighbour-lists.ts'
import type { Watch } from '../turns.ts'
import { fitCurve } from './curve.ts'
import { fuzzyUnion } from './fuzzy-graph.ts'
import { control, layoutState, positionsOf, stride } from './layout-state.ts'
import { memberships } from './memberships.ts'
import { type LayoutThreads, runLayout } from './run-layout.ts'

export interface UmapOptions {
  readonly dims: 2 | 3
  /** How close points may come, 0 to 1: less makes tighter clumps. */
  readonly minDist: number
  readonly seed: number
  /** {@link epochsFor} when absent. */
  readonly epochs?: number
}

/** Where an earlier run of the same layout was stopped. */
export interface UmapStage {
  /** Epochs done. */
  readonly epoch: number
  /** [count, dims]. */
  readonly positions: Float32Array
}

export interface UmapWatch extends Watch {
  /** The layout as it stands; called now and then. */
  readonly onPositions?: (stage: UmapStage) => void
  /** Where it stands when it is stopped; the outcome is the same when it goes on from there. */
  readonly onStopped?: (stage: UmapStage) => Promise<void>
}

/**
 * As in the reference implementation, where a large layout is settled by its many samples; a small
 * one costs next to nothing and gains from more.
 */
export function epochsFor(count: number): number {
  if (count <= 2_500) return 1000
  return count <= 10_000 ? 500 : 200
}

/** Greatest coordinate of a start. */
const startExtent = 10
const startNoise = 1e-4
/** Share of the time that goes by before the first epoch. */
const graphShare = 0.1

/**
 * McInnes, Healy and Melville 2018, with cosine distance. The same input and seed give the same
 * layout, whatever the number of threads.
 *
 * @param start positions to start from, [count, dims], of any scale
 * @param from where to go on, instead
 * @returns positions, [count, dims]
 * @throws the signal's reason
 */
export async function umap(
  neighbours: Neighbours,
  start: Float32Array,
  options: UmapOptions,
  on: LayoutThreads | undefined,
  watch: UmapWatch,
  from?: UmapStage,
): Promise<Float32Array> {
  const { dims, minDist, seed, epochs = epochsFor(neighbours.count) } = options
  const { signal, onProgress, onPositions, onStopped } = watch
  const strengths = await memberships(neighbours, {
    signal,
    onProgress: (fraction) => onProgress?.(fraction * graphShare),
  })
  const graph = await fuzzyUnion(neighbours, strengths, signal)
  const positions = widen(from?.positions ?? scaledStart(start, seed), dims)
  const state = layoutState(graph, { curve: fitCurve(minDist), epochs, seed, positions })
  state.control[control.epoch] = from?.epoch ?? 0
  const stands = (): UmapStage => {
    const epoch = Atomics.load(state.control, control.epoch)
    return { epoch, positions: narrow(positionsOf(state), dims) }
  }
  try {
    await runLayout(state, on, {
      signal,
      onEpoch: (epoch) => {
        onProgress?.(graphShare + (1 - graphShare) * (epoch / epochs))
        const stage = stands()
        // Threads go on meanwhile: positions of two epochs are of none.
        if (Atomics.load(state.control, control.epoch) === stage.epoch) onPositions?.(stage)
      },
    })
  } catch (error) {
    if (signal.aborted) await onStopped?.(stands())
    throw error
  }
  return stands().positions
}

/** Photos that are all alike would start at one point and never part: hence the noise. */
function scaledStart(start: Float32Array, seed: number): Float32Array {
  const most = start.reduce((a, value) => Math.max(a, Math.abs(value)), 0) || 1
  const normal = normalFrom(randomFrom(seed))
  return start.map((value) => (value * startExtent) / most + startNoise * normal())
}

/** [count, dims] to the three coordinates that a layout works in. */
export function widen(positions: Float32Array, dims: number): Float32Array {
  const wide = new Float32Array((positions.length / dims) * stride)
  positions.forEach((value, at) => {
    wide[Math.floor(at / dims) * stride + (at % dims)] = value
  })
  return wide
}

export function narrow(positions: Float32Array, dims: number): Float32Array {
  const count = positions.length / stride
  return Float32Array.from(
    { length: count * dims },
    (_, at) => positions[Math.floor(at / dims) * stride + (at % dims)] ?? 0,
  )
}
