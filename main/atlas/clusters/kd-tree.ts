// A k-d tree over points in a few dimensions (Bentley 1975).

const leafPoints = 12

/** Nodes in preorder: a node's first child follows it, and all below it come before its second. */
export interface KdTree {
  readonly points: Float32Array
  readonly dims: number
  /** Point numbers; those of a node stand side by side. */
  readonly order: Uint32Array
  readonly nodeCount: number
  readonly starts: Uint32Array
  readonly ends: Uint32Array
  /** The second child, 0 for a leaf. */
  readonly second: Uint32Array
  /** Least and greatest coordinates, [nodes, 2, dims]. */
  readonly boxes: Float32Array
}

/** @param points [count, dims] */
export function kdTree(points: Float32Array, dims: number): KdTree {
  const count = points.length / dims
  const order = Uint32Array.from({ length: count }, (_, i) => i)
  const most = Math.max(1, 4 * Math.ceil(count / leafPoints))
  const starts = new Uint32Array(most)
  const ends = new Uint32Array(most)
  const second = new Uint32Array(most)
  const boxes = new Float32Array(most * 2 * dims)
  let nodeCount = 0

  const build = (start: number, end: number): number => {
    const node = nodeCount++
    starts[node] = start
    ends[node] = end
    const widest = measure(node, start, end)
    if (end - start > leafPoints && widest >= 0) {
      const middle = (start + end) >>> 1
      selectMiddle(order, points, dims, widest, start, end, middle)
      build(start, middle)
      second[node] = build(middle, end)
    }
    return node
  }

  /** Fills in the node's box. @returns its widest dimension, -1 when all points are one */
  const measure = (node: number, start: number, end: number): number => {
    let [widest, width] = [-1, 0]
    for (let x = 0; x < dims; x++) {
      let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
      for (let at = start; at < end; at++) {
        const value = points[(order[at] ?? 0) * dims + x] ?? 0
        if (value < low) low = value
        if (value > high) high = value
      }
      boxes[node * 2 * dims + x] = low
      boxes[(node * 2 + 1) * dims + x] = high
      if (high - low > width) [widest, width] = [x, high - low]
    }
    return widest
  }

  if (count > 0) build(0, count)
  return { points, dims, order, nodeCount, starts, ends, second, boxes }
}

/** Hoare's selection (1961): what is before `middle` is no greater than what is from it on. */
function selectMiddle(
  order: Uint32Array,
  points: Float32Array,
  dims: number,
  x: number,
  start: number,
  end: number,
  middle: number,
): void {
  const value = (at: number): number => points[(order[at] ?? 0) * dims + x] ?? 0
  let [left, right] = [start, end - 1]
  while (left < right) {
    const pivot = value((left + right) >>> 1)
    let [i, j] = [left, right]
    while (i <= j) {
      while (value(i) < pivot) i++
      while (value(j) > pivot) j--
      if (i <= j) {
        const held = order[i] ?? 0
        order[i] = order[j] ?? 0
        order[j] = held
        i++
        j--
      }
    }
    if (middle <= j) right = j
    else if (middle >= i) left = i
    else return
  }
}

/** The squared distance from a point to a node's box; 0 inside. */
export function squareToBox(tree: KdTree, node: number, point: number): number {
  const { points, dims, boxes } = tree
  let square = 0
  for (let x = 0; x < dims; x++) {
    const value = points[point * dims + x] ?? 0
    const low = boxes[node * 2 * dims + x] ?? 0
    const high = boxes[(node * 2 + 1) * dims + x] ?? 0
    const beyond = value < low ? low - value : value > high ? value - high : 0
    square += beyond * beyond
  }
  return square
}

export function squareBetween(points: Float32Array, dims: number, a: number, b: number): number {
  let square = 0
  for (let x = 0; x < dims; x++) {
    const difference = (points[a * dims + x] ?? 0) - (points[b * dims + x] ?? 0)
    square += difference * difference
  }
  return square
}
