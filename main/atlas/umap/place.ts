// New photos in a layout that stays as it is.
import type { Neighbours } from '../knn/neighbour-lists.ts'
import type { Watch } from '../turns.ts'
import { fitCurve } from './curve.ts'
import type { Graph } from './fuzzy-graph.ts'
import { layoutState, positionsOf } from './layout-state.ts'
import { memberships } from './memberships.ts'
import { runLayout } from './run-layout.ts'
import { narrow, widen } from './umap.ts'

export interface PlaceOptions {
  readonly dims: 2 | 3
  readonly minDist: number
  readonly seed: number
}

const epochs = 60
/** New points start near where they belong: a quarter of a layout's, as in the reference. */
const learningRate = 0.25

/**
 * Each new point starts at the mean of its neighbours' positions, weighed by its membership in their
 * surroundings, and then follows UMAP's forces; nothing else moves.
 *
 * @param layout positions, [count, dims]
 * @param neighbours of each new point, points of the layout
 * @returns positions of the new points, [new, dims]
 * @throws the signal's reason
 */
export async function placePoints(
  layout: Float32Array,
  neighbours: Neighbours,
  { dims, minDist, seed }: PlaceOptions,
  watch: Watch,
): Promise<Float32Array> {
  const strengths = await memberships(neighbours, { signal: watch.signal })
  const old = layout.length / dims
  const positions = new Float32Array(layout.length + neighbours.count * dims)
  positions.set(layout)
  positions.set(weightedMeans(layout, dims, neighbours, strengths), layout.length)
  const state = layoutState(edgesInto(old, neighbours, strengths), {
    curve: fitCurve(minDist),
    epochs,
    seed,
    learningRate,
    firstMovable: old,
    positions: widen(positions, dims),
  })
  await runLayout(state, undefined, {
    signal: watch.signal,
    onEpoch: (epoch) => watch.onProgress?.(epoch / epochs),
  })
  return narrow(positionsOf(state), dims).slice(layout.length)
}

function weightedMeans(
  layout: Float32Array,
  dims: number,
  { count, k, ids }: Neighbours,
  strengths: Float32Array,
): Float32Array {
  const means = new Float32Array(count * dims)
  for (let point = 0; point < count; point++) {
    let total = 0
    for (let at = point * k; at < (point + 1) * k; at++) total += strengths[at] ?? 0
    for (let at = point * k; at < (point + 1) * k; at++) {
      const share = (strengths[at] ?? 0) / total
      for (let x = 0; x < dims; x++) {
        const to = point * dims + x
        means[to] = (means[to] ?? 0) + share * (layout[(ids[at] ?? 0) * dims + x] ?? 0)
      }
    }
  }
  return means
}

/** Edges from the new points only. */
function edgesInto(old: number, { count, k, ids }: Neighbours, strengths: Float32Array): Graph {
  const offsets = new Uint32Array(old + count + 1)
  for (let point = 0; point < count; point++) offsets[old + point + 1] = (point + 1) * k
  return { count: old + count, offsets, targets: ids, weights: strengths }
}
