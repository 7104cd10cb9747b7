// The minimum spanning tree of points under the distance of mutual reachability.
import { inTurns, type Watch } from '../turns.ts'
import { type KdTree, squareBetween, squareToBox } from './kd-tree.ts'
import { UnionFind } from './union-find.ts'

export interface SpanningTree {
  /** The ends of each edge, [count - 1]. */
  readonly from: Uint32Array
  readonly to: Uint32Array
  readonly lengths: Float64Array
}

/** What a round knows of each component and node. */
interface Round {
  readonly component: Uint32Array
  /** The component of all of a node's points, or {@link mixed}. */
  readonly ofNode: Uint32Array
  /** The best edge out of each component so far, by its number. */
  readonly length: Float64Array
  readonly from: Uint32Array
  readonly to: Uint32Array
}

const mixed = 0xffffffff

/**
 * Exactly, by Borůvka's method (1926) with a search in the tree for the nearest point of another
 * component (after March, Ram and Gray 2010, one point at a time). The length of an edge is the
 * greatest of the distance and both ends' core distances (Campello, Moulavi and Sander 2013).
 *
 * @throws the signal's reason
 */
export async function spanningTree(
  tree: KdTree,
  cores: Float32Array,
  { signal, onProgress }: Watch,
): Promise<SpanningTree> {
  const count = tree.order.length
  const edges = Math.max(0, count - 1)
  const from = new Uint32Array(edges)
  const to = new Uint32Array(edges)
  const lengths = new Float64Array(edges)
  const sets = new UnionFind(count)
  const leastCores = leastOfNodes(tree, cores)
  let made = 0
  while (made < edges) {
    const round = newRound(tree, sets)
    await inTurns(count, 128, { signal }, (first, end) => {
      for (let at = first; at < end; at++) lookOut(tree, cores, leastCores, round, at)
    })
    for (let component = 0; component < count; component++) {
      const length = round.length[component] ?? Number.POSITIVE_INFINITY
      if (length === Number.POSITIVE_INFINITY) continue
      const [a, b] = [round.from[component] ?? 0, round.to[component] ?? 0]
      // Where lengths are equal two components may have chosen edges that close a ring.
      if (!sets.join(a, b)) continue
      from[made] = a
      to[made] = b
      lengths[made] = length
      made++
    }
    onProgress?.(made / edges)
  }
  return { from, to, lengths }
}

function newRound(tree: KdTree, sets: UnionFind): Round {
  const count = tree.order.length
  const component = Uint32Array.from({ length: count }, (_, point) => sets.find(point))
  const ofNode = new Uint32Array(tree.nodeCount)
  // Children come after their parents.
  for (let node = tree.nodeCount - 1; node >= 0; node--) {
    const second = tree.second[node] ?? 0
    if (second !== 0) {
      const own = ofNode[node + 1] ?? mixed
      ofNode[node] = own === ofNode[second] ? own : mixed
      continue
    }
    const start = tree.starts[node] ?? 0
    const first = component[tree.order[start] ?? 0] ?? mixed
    ofNode[node] = first
    for (let at = start + 1; at < (tree.ends[node] ?? 0); at++) {
      if (component[tree.order[at] ?? 0] !== first) ofNode[node] = mixed
    }
  }
  return {
    component,
    ofNode,
    length: new Float64Array(count).fill(Number.POSITIVE_INFINITY),
    from: new Uint32Array(count),
    to: new Uint32Array(count),
  }
}

function leastOfNodes(tree: KdTree, cores: Float32Array): Float32Array {
  const least = new Float32Array(tree.nodeCount)
  for (let node = tree.nodeCount - 1; node >= 0; node--) {
    const second = tree.second[node] ?? 0
    if (second !== 0) {
      least[node] = Math.min(least[node + 1] ?? 0, least[second] ?? 0)
      continue
    }
    let most = Number.POSITIVE_INFINITY
    for (let at = tree.starts[node] ?? 0; at < (tree.ends[node] ?? 0); at++) {
      most = Math.min(most, cores[tree.order[at] ?? 0] ?? 0)
    }
    least[node] = most
  }
  return least
}

/** Betters its component's best edge by one from the point at a place of the tree's order. */
function lookOut(
  tree: KdTree,
  cores: Float32Array,
  leastCores: Float32Array,
  round: Round,
  at: number,
): void {
  const { points, dims, order, second, starts, ends } = tree
  const point = order[at] ?? 0
  const core = cores[point] ?? 0
  const own = round.component[point] ?? 0

  const bound = (node: number): number =>
    Math.max(Math.sqrt(squareToBox(tree, node, point)), leastCores[node] ?? 0, core)
  const best = (): number => round.length[own] ?? 0

  const search = (node: number): void => {
    const right = second[node] ?? 0
    if (right === 0) {
      for (let place = starts[node] ?? 0; place < (ends[node] ?? 0); place++) {
        const other = order[place] ?? 0
        if (round.component[other] === own) continue
        const distance = Math.sqrt(squareBetween(points, dims, point, other))
        const length = Math.max(distance, core, cores[other] ?? 0)
        if (length >= best()) continue
        round.length[own] = length
        round.from[own] = point
        round.to[own] = other
      }
      return
    }
    const left = node + 1
    const toLeft = round.ofNode[left] === own ? Number.POSITIVE_INFINITY : bound(left)
    const toRight = round.ofNode[right] === own ? Number.POSITIVE_INFINITY : bound(right)
    const [near, far] = toLeft <= toRight ? [left, right] : [right, left]
    if (Math.min(toLeft, toRight) < best()) search(near)
    if (Math.max(toLeft, toRight) < best()) search(far)
  }
  if (core < best() && round.ofNode[0] !== own) search(0)
}
