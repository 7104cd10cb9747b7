// What becomes of clusters as the distance at which points hold together shrinks.
import type { SpanningTree } from './spanning-tree.ts'
import { UnionFind } from './union-find.ts'

/** Cluster 0 holds all points; a cluster's children have greater numbers. Lambda is 1 / distance. */
export interface CondensedTree {
  readonly parents: readonly number[]
  /** Lambda at which each cluster came to be. */
  readonly births: readonly number[]
  /** Points that each cluster began with. */
  readonly sizes: readonly number[]
  /** Sum over its points of how long, in lambda, each stayed (excess of mass). */
  readonly stabilities: readonly number[]
  /** The last cluster that each point was in, and the lambda at which it left it. */
  readonly clusterOf: Uint32Array
  readonly lambdaOf: Float64Array
}

interface Dendrogram {
  /** Of node count + i, made by the i-th shortest edge; below count are the points. */
  readonly left: Uint32Array
  readonly right: Uint32Array
  readonly lengths: Float64Array
  readonly sizes: Uint32Array
}

/**
 * Single linkage, in which splits that leave fewer than `minSize` points count as points falling out
 * (Campello, Moulavi and Sander 2013; McInnes and Healy 2017).
 *
 * @param count of points, at least 1
 */
export function condensedTree(tree: SpanningTree, count: number, minSize: number): CondensedTree {
  const { left, right, lengths, sizes: merged } = dendrogramOf(tree, count)
  const most = lengths.at(-1) ?? 0
  // Photos that are the same never part: their lambda is a number all the same.
  const lambdaAt = (merge: number): number => 1 / Math.max(lengths[merge] ?? 0, most * 1e-9, 1e-30)
  const parents = [0]
  const births = [0]
  const sizes = [count]
  const stabilities = [0]
  const clusterOf = new Uint32Array(count)
  const lambdaOf = new Float64Array(count)
  const leave = (cluster: number, lambda: number, points: number): void => {
    stabilities[cluster] = (stabilities[cluster] ?? 0) + (lambda - (births[cluster] ?? 0)) * points
  }
  const sizeOf = (node: number): number => (node < count ? 1 : (merged[node - count] ?? 0))
  const open: { node: number; cluster: number }[] = [{ node: 2 * count - 2, cluster: 0 }]
  for (let item = open.pop(); item !== undefined; item = open.pop()) {
    const { node, cluster } = item
    if (node < count) {
      // Only where there is one point in all, or a cluster may be of one.
      clusterOf[node] = cluster
      lambdaOf[node] = births[cluster] ?? 0
      continue
    }
    const lambda = lambdaAt(node - count)
    const children = [left[node - count] ?? 0, right[node - count] ?? 0]
    const large = children.filter((child) => sizeOf(child) >= minSize)
    for (const child of children) {
      if (sizeOf(child) < minSize) {
        leave(cluster, lambda, sizeOf(child))
        fallOut(child, count, left, right, (point) => {
          clusterOf[point] = cluster
          lambdaOf[point] = lambda
        })
      } else if (large.length === 1) open.push({ node: child, cluster })
      else {
        leave(cluster, lambda, sizeOf(child))
        parents.push(cluster)
        births.push(lambda)
        sizes.push(sizeOf(child))
        stabilities.push(0)
        open.push({ node: child, cluster: parents.length - 1 })
      }
    }
  }
  return { parents, births, sizes, stabilities, clusterOf, lambdaOf }
}

function fallOut(
  from: number,
  count: number,
  left: Uint32Array,
  right: Uint32Array,
  each: (point: number) => void,
): void {
  const open = [from]
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node < count) each(node)
    else open.push(left[node - count] ?? 0, right[node - count] ?? 0)
  }
}

function dendrogramOf({ from, to, lengths }: SpanningTree, count: number): Dendrogram {
  const merges = lengths.length
  const order = Uint32Array.from({ length: merges }, (_, i) => i).sort(
    (a, b) => (lengths[a] ?? 0) - (lengths[b] ?? 0) || a - b,
  )
  const left = new Uint32Array(merges)
  const right = new Uint32Array(merges)
  const sizes = new Uint32Array(merges)
  const sorted = new Float64Array(merges)
  const sets = new UnionFind(count)
  // The node that stands for each set, by the number of the set.
  const nodes = Uint32Array.from({ length: count }, (_, i) => i)
  const sizeOf = (node: number): number => (node < count ? 1 : (sizes[node - count] ?? 0))
  order.forEach((edge, merge) => {
    const [a, b] = [sets.find(from[edge] ?? 0), sets.find(to[edge] ?? 0)]
    left[merge] = nodes[a] ?? 0
    right[merge] = nodes[b] ?? 0
    sizes[merge] = sizeOf(nodes[a] ?? 0) + sizeOf(nodes[b] ?? 0)
    sorted[merge] = lengths[edge] ?? 0
    sets.join(a, b)
    nodes[sets.find(a)] = count + merge
  })
  return { left, right, lengths: sorted, sizes }
}
