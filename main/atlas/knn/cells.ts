// Divides rows into cells of like ones, and tells which cells have neighbours in which.
import { GraphSession } from '../../engine/graph-session.ts'
import { randomFrom } from '../../inspect/dream/random.ts'
import { encodeModel } from '../../onnx/codec.ts'
import { GraphBuilder, nodeOf } from '../../onnx/graph-builder.ts'
import { dataType } from '../../onnx/model.ts'
import { turn, type Watch } from '../turns.ts'

export interface Cells {
  readonly count: number
  /** Which cell each point is in. */
  readonly ofPoint: Uint32Array
  /**
   * [count, count]: how many points of one cell have the other among their
   * {@link nearCentres} nearest centres.
   */
  readonly shared: Uint32Array
}

/** The centre of a point's own cell and the next ones: neighbours across an edge lie there. */
const nearCentres = 5
const rounds = 8
const mostSample = 32_768
const blockPoints = 8192

/**
 * Lloyd's k-means (1982) on a sample that is spread evenly, started from random points of it; then
 * every point goes to its nearest centre.
 *
 * @param points [n, dims]
 * @param count of cells, at least 2
 * @throws the signal's reason
 */
export async function divide(
  points: Float32Array,
  dims: number,
  count: number,
  seed: number,
  threads: number,
  { signal, onProgress }: Watch,
): Promise<Cells> {
  const n = points.length / dims
  const sample = sampleOf(points, dims, Math.min(n, mostSample))
  const centres = firstCentres(sample, dims, count, seed)
  const near = Math.min(nearCentres, count)
  const session = await GraphSession.create(nearestGraph(dims, near), { threads })
  const nearest = async (of: Float32Array, take: (first: number, found: Float32Array) => void) => {
    const total = of.length / dims
    for (let first = 0; first < total; first += blockPoints) {
      await turn(signal)
      const block = of.slice(first * dims, (first + blockPoints) * dims)
      const { nearest: found } = await session.run({
        points: { data: block, dims: [block.length / dims, dims] },
        centres: { data: centres, dims: [count, dims] },
        lengths: { data: halfSquares(centres, dims), dims: [count] },
      })
      if (found === undefined) throw new Error('Expected the nearest centres')
      take(first, found.data)
    }
  }
  try {
    for (let round = 0; round < rounds; round++) {
      const sums = new Float64Array(count * dims)
      const members = new Uint32Array(count)
      await nearest(sample, (first, found) => {
        for (let i = 0; i * near < found.length; i++) {
          const cell = found[i * near] ?? 0
          members[cell] = (members[cell] ?? 0) + 1
          for (let x = 0; x < dims; x++) {
            const at = cell * dims + x
            sums[at] = (sums[at] ?? 0) + (sample[(first + i) * dims + x] ?? 0)
          }
        }
      })
      for (let at = 0; at < centres.length; at++) {
        const size = members[Math.floor(at / dims)] ?? 0
        // A centre that nothing is near stays where it is.
        if (size > 0) centres[at] = (sums[at] ?? 0) / size
      }
      onProgress?.((round + 1) / (rounds + 1))
    }
    const ofPoint = new Uint32Array(n)
    const shared = new Uint32Array(count * count)
    await nearest(points, (first, found) => {
      for (let i = 0; i * near < found.length; i++) {
        const cell = found[i * near] ?? 0
        ofPoint[first + i] = cell
        for (let rank = 1; rank < near; rank++) {
          const at = cell * count + (found[i * near + rank] ?? 0)
          shared[at] = (shared[at] ?? 0) + 1
        }
      }
    })
    return { count, ofPoint, shared }
  } finally {
    await session.dispose()
  }
}

function sampleOf(points: Float32Array, dims: number, size: number): Float32Array {
  const n = points.length / dims
  const sample = new Float32Array(size * dims)
  for (let i = 0; i < size; i++) {
    const row = Math.floor((i * n) / size)
    sample.set(points.subarray(row * dims, (row + 1) * dims), i * dims)
  }
  return sample
}

function firstCentres(
  sample: Float32Array,
  dims: number,
  count: number,
  seed: number,
): Float32Array {
  const random = randomFrom(seed)
  const chosen = new Set<number>()
  while (chosen.size < count) chosen.add(Math.floor((random() * sample.length) / dims))
  const centres = new Float32Array(count * dims)
  let at = 0
  for (const row of chosen) {
    centres.set(sample.subarray(row * dims, (row + 1) * dims), at)
    at += dims
  }
  return centres
}

/** Half the squared length of each centre, negated. */
const halfSquares = (centres: Float32Array, dims: number): Float32Array =>
  Float32Array.from({ length: centres.length / dims }, (_, k) => {
    let square = 0
    for (let x = 0; x < dims; x++) square += (centres[k * dims + x] ?? 0) ** 2
    return -square / 2
  })

/**
 * points [n, dims], centres [count, dims], lengths [count] -> nearest [n, near]: the greatest
 * p c - |c|² / 2 is the least distance.
 */
function nearestGraph(dims: number, near: number): Uint8Array {
  const graph = new GraphBuilder('cells')
  const points = graph.input('points', dataType.float, ['n', dims])
  const centres = graph.input('centres', dataType.float, ['count', dims])
  const lengths = graph.input('lengths', dataType.float, ['count'])
  const closeness = graph.node('Gemm', [points, centres, lengths], 'closeness', { transB: 1 })
  const k = graph.int64s('k', [near])
  const best = graph.node('TopK', [closeness, k], 'best', { axis: 1 })
  const places = graph.secondOutput(nodeOf('TopK', [closeness, k], best), 'places')
  graph.nodeInto('Cast', [places], 'nearest', { to: dataType.float })
  graph.output('nearest', dataType.float, ['n', near])
  return encodeModel(graph.build())
}
