// Turns a new layout so that it lies as the old one did and people keep their bearings.
import { symmetricEigen } from '../linear/symmetric-eigen.ts'

/**
 * The rotation or reflection with translation that brings the points that both layouts have closest
 * to where they were (orthogonal Procrustes, Schönemann 1966); distances stay as they are.
 *
 * @param layout [count, dims], dims 2 or 3
 * @param before positions in the old layout of the points `shared`, [shared, dims]
 * @param shared numbers of points of the new layout
 * @returns the whole layout, turned
 */
export function alignLayout(
  layout: Float32Array,
  dims: number,
  before: Float32Array,
  shared: Uint32Array,
): Float32Array {
  if (shared.length === 0) return layout
  const now = new Float32Array(shared.length * dims)
  shared.forEach((point, i) => {
    now.set(layout.subarray(point * dims, (point + 1) * dims), i * dims)
  })
  const [from, to] = [meanOf(now, dims), meanOf(before, dims)]
  const rotation = rotationBetween(now, from, before, to, dims)
  const aligned = new Float32Array(layout.length)
  for (let i = 0; i < layout.length; i += dims) {
    for (let row = 0; row < dims; row++) {
      let value = to[row] ?? 0
      for (let x = 0; x < dims; x++) {
        value += (rotation[row * dims + x] ?? 0) * ((layout[i + x] ?? 0) - (from[x] ?? 0))
      }
      aligned[i + row] = value
    }
  }
  return aligned
}

function meanOf(points: Float32Array, dims: number): Float64Array {
  const mean = new Float64Array(dims)
  points.forEach((value, at) => {
    mean[at % dims] = (mean[at % dims] ?? 0) + (value * dims) / points.length
  })
  return mean
}

/** U V' of the singular value decomposition of the cross-covariance, [dims, dims]. */
function rotationBetween(
  now: Float32Array,
  from: Float64Array,
  before: Float32Array,
  to: Float64Array,
  dims: number,
): Float64Array {
  const cross = new Float64Array(dims * dims)
  for (let i = 0; i < now.length; i += dims) {
    for (let row = 0; row < dims; row++) {
      for (let column = 0; column < dims; column++) {
        const product =
          ((before[i + row] ?? 0) - (to[row] ?? 0)) * ((now[i + column] ?? 0) - (from[column] ?? 0))
        cross[row * dims + column] = (cross[row * dims + column] ?? 0) + product
      }
    }
  }
  const { values, vectors } = symmetricEigen(gram(cross, dims), dims)
  const left: number[][] = []
  for (let k = 0; k < dims; k++) {
    const image = Array.from({ length: dims }, (_, row) => {
      let sum = 0
      for (let x = 0; x < dims; x++) {
        sum += (cross[row * dims + x] ?? 0) * (vectors[k * dims + x] ?? 0)
      }
      return sum
    })
    // Points on a line or plane leave a direction open: any that is upright to the others.
    const open = (values[k] ?? 0) <= 1e-12 * (values[0] ?? 0)
    left.push(unitBeside(left, open ? [] : [image], dims))
  }
  const rotation = new Float64Array(dims * dims)
  left.forEach((axis, k) => {
    axis.forEach((value, row) => {
      for (let x = 0; x < dims; x++) {
        const at = row * dims + x
        rotation[at] = (rotation[at] ?? 0) + value * (vectors[k * dims + x] ?? 0)
      }
    })
  })
  return rotation
}

/** matrix' matrix. */
function gram(matrix: Float64Array, dims: number): Float64Array {
  const product = new Float64Array(dims * dims)
  for (let i = 0; i < dims; i++) {
    for (let j = 0; j < dims; j++) {
      for (let row = 0; row < dims; row++) {
        const at = i * dims + j
        product[at] =
          (product[at] ?? 0) + (matrix[row * dims + i] ?? 0) * (matrix[row * dims + j] ?? 0)
      }
    }
  }
  return product
}

/** What is left of the first candidate, or else of an axis, beside the others; of length 1. */
function unitBeside(
  others: readonly (readonly number[])[],
  candidates: readonly (readonly number[])[],
  dims: number,
): number[] {
  const axes = Array.from({ length: dims }, (_, axis) =>
    Array.from({ length: dims }, (_none, x) => (x === axis ? 1 : 0)),
  )
  for (const candidate of [...candidates, ...axes]) {
    const rest = [...candidate]
    const size = Math.hypot(...rest)
    for (const other of others) {
      const along = other.reduce((sum, value, x) => sum + value * (rest[x] ?? 0), 0)
      other.forEach((value, x) => {
        rest[x] = (rest[x] ?? 0) - along * value
      })
    }
    const length = Math.hypot(...rest)
    if (length > 0.1 * size && size > 0) return rest.map((value) => value / length)
  }
  throw new Error('Expected an axis beside fewer than all')
}
