// Clusters of any number and shape, and what belongs to none.
import type { Watch } from '../turns.ts'
import { type CondensedTree, condensedTree } from './condensed-tree.ts'
import { coreDistances } from './core-distances.ts'
import { kdTree } from './kd-tree.ts'
import { spanningTree } from './spanning-tree.ts'

export interface Clusters {
  /** Largest first; of equal size, the one with the first point first. */
  readonly sizes: readonly number[]
  /** The cluster of each point, -1 for an outlier. */
  readonly ofPoint: Int32Array
  /** How far each point stands out from the densest of its surroundings, 0 to 1 (GLOSH). */
  readonly outlierScores: Float32Array
}

export interface ClusterOptions {
  /** Fewer points are no cluster. */
  readonly minSize: number
  /** Neighbours, the point itself counted, within which it counts as dense. */
  readonly minSamples: number
  /** More points are no cluster when they fall into some; any number when absent. */
  readonly maxSize?: number
}

/** So that a library shows some dozens of clusters, whatever its size. */
export const minSizeFor = (count: number): number => Math.max(5, Math.round(Math.sqrt(count) / 4))
export const defaultMinSamples = 5
/** A cluster that holds most of the library tells nothing about it. */
export const maxSizeFor = (count: number): number => Math.max(25, Math.round(count / 5))

/**
 * HDBSCAN* (Campello, Moulavi and Sander 2013 and 2015), exact: clusters chosen by excess of mass,
 * never all points as one.
 *
 * @param points [count, dims], of few dimensions
 * @throws the signal's reason
 */
export async function hdbscan(
  points: Float32Array,
  dims: number,
  { minSize, minSamples, maxSize = Number.POSITIVE_INFINITY }: ClusterOptions,
  { signal, onProgress }: Watch,
): Promise<Clusters> {
  const count = points.length / dims
  if (count === 0) {
    return { sizes: [], ofPoint: new Int32Array(), outlierScores: new Float32Array() }
  }
  const tree = kdTree(points, dims)
  const cores = await coreDistances(tree, minSamples, {
    signal,
    onProgress: (fraction) => onProgress?.(fraction * 0.3),
  })
  const spanning = await spanningTree(tree, cores, {
    signal,
    onProgress: (fraction) => onProgress?.(0.3 + fraction * 0.7),
  })
  const condensed = condensedTree(spanning, count, Math.max(2, minSize))
  const chosen = excessOfMass(condensed, maxSize)
  const clusterOf = Int32Array.from(condensed.clusterOf, (cluster) => {
    let at = cluster
    while (at !== 0 && !chosen[at]) at = condensed.parents[at] ?? 0
    return at === 0 ? -1 : at
  })
  return { ...bySize(clusterOf), outlierScores: outlierScores(condensed) }
}

/** Which clusters are more stable than those they fall into (2013, algorithm 3). */
function excessOfMass(
  { parents, stabilities, sizes }: CondensedTree,
  maxSize: number,
): readonly boolean[] {
  const chosen = parents.map(() => false)
  const below = parents.map(() => 0)
  for (let cluster = parents.length - 1; cluster > 0; cluster--) {
    const falls = (below[cluster] ?? 0) > 0
    const own = falls && (sizes[cluster] ?? 0) > maxSize ? 0 : (stabilities[cluster] ?? 0)
    chosen[cluster] = own >= (below[cluster] ?? 0)
    const parent = parents[cluster] ?? 0
    below[parent] = (below[parent] ?? 0) + Math.max(own, below[cluster] ?? 0)
  }
  // What lies below a chosen one is part of it.
  for (let cluster = 1; cluster < parents.length; cluster++) {
    for (let at = parents[cluster] ?? 0; at !== 0; at = parents[at] ?? 0) {
      if (chosen[at]) chosen[cluster] = false
    }
  }
  return chosen
}

function bySize(clusterOf: Int32Array): Pick<Clusters, 'sizes' | 'ofPoint'> {
  const sizes = new Map<number, number>()
  for (const cluster of clusterOf) {
    if (cluster >= 0) sizes.set(cluster, (sizes.get(cluster) ?? 0) + 1)
  }
  // Insertion order is that of first points, and the sort is stable.
  const sorted = [...sizes].sort((a, b) => b[1] - a[1])
  const rank = new Map(sorted.map(([cluster], i) => [cluster, i]))
  return {
    sizes: sorted.map(([, size]) => size),
    ofPoint: clusterOf.map((cluster) => rank.get(cluster) ?? -1),
  }
}

/** 1 - lambda / the greatest lambda in the point's cluster and below (2015, section 5). */
function outlierScores({ parents, clusterOf, lambdaOf }: CondensedTree): Float32Array {
  const greatest = parents.map(() => 0)
  clusterOf.forEach((cluster, point) => {
    greatest[cluster] = Math.max(greatest[cluster] ?? 0, lambdaOf[point] ?? 0)
  })
  for (let cluster = parents.length - 1; cluster > 0; cluster--) {
    const parent = parents[cluster] ?? 0
    greatest[parent] = Math.max(greatest[parent] ?? 0, greatest[cluster] ?? 0)
  }
  return Float32Array.from(clusterOf, (cluster, point) => {
    const most = greatest[cluster] ?? 0
    return most === 0 ? 0 : 1 - (lambdaOf[point] ?? 0) / most
  })
}
