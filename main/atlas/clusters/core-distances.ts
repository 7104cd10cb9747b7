// How far each point must reach for its k-th neighbour: small where points are dense.
import { inTurns, type Watch } from '../turns.ts'
import { type KdTree, squareBetween, squareToBox } from './kd-tree.ts'

/**
 * @param k counts the point itself, as in Campello, Moulavi and Sander 2013
 * @returns distances, [count]
 * @throws the signal's reason
 */
export async function coreDistances(tree: KdTree, k: number, watch: Watch): Promise<Float32Array> {
  const count = tree.order.length
  const wanted = Math.min(k, count)
  const cores = new Float32Array(count)
  const nearest = new Float64Array(wanted)
  await inTurns(count, 256, watch, (from, to) => {
    for (let at = from; at < to; at++) {
      // In the tree's order: what one point looked at, the next finds in the cache.
      const point = tree.order[at] ?? 0
      nearest.fill(Number.POSITIVE_INFINITY)
      search(tree, point, 0, nearest)
      cores[point] = Math.sqrt(nearest[wanted - 1] ?? 0)
    }
  })
  return cores
}

/** @param nearest the least squared distances so far, rising */
function search(tree: KdTree, point: number, node: number, nearest: Float64Array): void {
  const last = nearest.length - 1
  const second = tree.second[node] ?? 0
  if (second === 0) {
    for (let at = tree.starts[node] ?? 0; at < (tree.ends[node] ?? 0); at++) {
      const square = squareBetween(tree.points, tree.dims, point, tree.order[at] ?? 0)
      if (square >= (nearest[last] ?? 0)) continue
      let place = last
      for (; place > 0 && (nearest[place - 1] ?? 0) > square; place--) {
        nearest[place] = nearest[place - 1] ?? 0
      }
      nearest[place] = square
    }
    return
  }
  const [toFirst, toSecond] = [squareToBox(tree, node + 1, point), squareToBox(tree, second, point)]
  const [near, far] = toFirst <= toSecond ? [node + 1, second] : [second, node + 1]
  if (Math.min(toFirst, toSecond) < (nearest[last] ?? 0)) search(tree, point, near, nearest)
  if (Math.max(toFirst, toSecond) < (nearest[last] ?? 0)) search(tree, point, far, nearest)
}
