// Vectors that lie as those of photos do: clusters of uneven size, in families, each with a few
// dimensions of its own; for tests and benchmarks.
import { normalFrom, randomFrom } from '../../inspect/dream/random.ts'
import { halfBits } from '../vectors/half-bits.ts'
import { HalfMatrix } from '../vectors/vector-rows.ts'

export interface ClusteredVectorsOptions {
  readonly count: number
  readonly dim: number
  readonly clusters: number
  readonly seed: number
  /** Dimensions in which the photos of a cluster differ. */
  readonly innerDim?: number
}

const noiseCount = 65_537

/** Which cluster a row is of: row numbers are dealt out so that the first clusters get more. */
export const clusterOfRow = (row: number, clusters: number): number =>
  Math.floor(clusters * ((row * 0.618_033_988_75) % 1) ** 1.5)

/**
 * Unit vectors: a cluster's centre, plus a position in the cluster's own subspace, plus noise, cut
 * off at zero as pooled activations are.
 */
export function clusteredVectors(options: ClusteredVectorsOptions): HalfMatrix {
  const { count, dim, clusters, seed, innerDim = 8 } = options
  const normal = normalFrom(randomFrom(seed))
  const normals = (length: number): Float32Array => Float32Array.from({ length }, normal)
  const kingdoms = Array.from({ length: 8 }, () => normals(dim))
  const families = Array.from({ length: Math.ceil(clusters / 12) }, (_, family) =>
    mixed(kingdoms[family % 8] ?? new Float32Array(dim), normals(dim), 0.7),
  )
  const centres = Array.from({ length: clusters }, (_, cluster) =>
    mixed(families[cluster % families.length] ?? new Float32Array(dim), normals(dim), 0.7),
  )
  const spaces = Array.from({ length: clusters }, () => normals(dim * innerDim))
  // Drawn once and read from another place in another step for every row: normals are slow to draw.
  const uniform = randomFrom(seed + 1)
  const noise = normals(noiseCount)
  const halves = new Uint16Array(count * dim)
  const row = new Float32Array(dim)
  for (let i = 0; i < count; i++) {
    const cluster = clusterOfRow(i, clusters)
    const centre = centres[cluster] ?? row
    const space = spaces[cluster] ?? row
    const inner = Array.from({ length: innerDim }, () => (0.8 * normal()) / Math.sqrt(innerDim))
    let square = 0
    let at = Math.floor(uniform() * noiseCount)
    const step = 1 + Math.floor(uniform() * (noiseCount - 1))
    for (let x = 0; x < dim; x++) {
      let value = (centre[x] ?? 0) + 0.25 * (noise[at] ?? 0)
      at = (at + step) % noiseCount
      for (let k = 0; k < innerDim; k++) value += (inner[k] ?? 0) * (space[x * innerDim + k] ?? 0)
      value = Math.max(0, value)
      row[x] = value
      square += value * value
    }
    const scale = 1 / Math.sqrt(square || 1)
    for (let x = 0; x < dim; x++) halves[i * dim + x] = halfBits((row[x] ?? 0) * scale)
  }
  return new HalfMatrix(halves, dim)
}

/** Of variance 1 when both are; `share` is the correlation with `a`. */
const mixed = (a: Float32Array, b: Float32Array, share: number): Float32Array =>
  a.map((value, x) => share * value + Math.sqrt(1 - share ** 2) * (b[x] ?? 0))
