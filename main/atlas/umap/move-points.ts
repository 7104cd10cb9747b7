// The inner loop of a layout.
import { leastSquare, mostSquare, tableBase, tableShift } from './forces.ts'
import { type LayoutState, stride } from './layout-state.ts'

const negatives = 5
const mostMove = 4

/**
 * Moves the points `from` to `to` - 1 through one epoch.
 *
 * As in UMAP's stochastic gradient descent (McInnes, Healy and Melville 2018, section 4.3 and
 * algorithm 5) an edge is sampled as often as its weight says, pulls its ends together, and each
 * sample pushes its start away from {@link negatives} random points. Here every point moves only
 * itself: a pull that would come from an edge's other end is applied at this end a second time.
 */
export function movePoints(state: LayoutState, epoch: number, from: number, to: number): void {
  const { graph, epochs, firstMovable } = state
  const [positions, next] = epoch % 2 === 0 ? state.buffers : [state.buffers[1], state.buffers[0]]
  const { offsets, targets, weights, count } = graph
  const { attraction, repulsion } = state.forces
  const rate = state.learningRate * (1 - epoch / epochs)
  const samples = 1 / state.mostWeight
  const perRandom = count / 2 ** 32
  // The threads' own: a number is written as float and read as bits.
  const bits = new Int32Array(1)
  const float = new Float32Array(bits.buffer)
  for (let i = Math.max(from, firstMovable); i < to; i++) {
    let random = firstRandom(state.seed, epoch, i)
    let x = positions[i * stride] ?? 0
    let y = positions[i * stride + 1] ?? 0
    let z = positions[i * stride + 2] ?? 0
    const end = offsets[i + 1] ?? 0
    for (let edge = offsets[i] ?? 0; edge < end; edge++) {
      const perEpoch = (weights[edge] ?? 0) * samples
      if (Math.floor((epoch + 1) * perEpoch) === Math.floor(epoch * perEpoch)) continue
      const j = targets[edge] ?? 0
      const jx = positions[j * stride] ?? 0
      const jy = positions[j * stride + 1] ?? 0
      const jz = positions[j * stride + 2] ?? 0
      for (let pull = j < firstMovable ? 1 : 2; pull > 0; pull--) {
        const dx = x - jx
        const dy = y - jy
        const dz = z - jz
        const square = dx * dx + dy * dy + dz * dz
        if (square < leastSquare) break
        float[0] = square > mostSquare ? mostSquare : square
        const factor = attraction[((bits[0] ?? 0) >> tableShift) - tableBase] ?? 0
        x += rate * bounded(factor * dx)
        y += rate * bounded(factor * dy)
        z += rate * bounded(factor * dz)
      }
      for (let n = 0; n < negatives; n++) {
        random ^= random << 13
        random ^= random >>> 17
        random ^= random << 5
        const k = ((random >>> 0) * perRandom) | 0
        if (k === i) continue
        const dx = x - (positions[k * stride] ?? 0)
        const dy = y - (positions[k * stride + 1] ?? 0)
        const dz = z - (positions[k * stride + 2] ?? 0)
        const square = dx * dx + dy * dy + dz * dz
        if (square < leastSquare) continue
        float[0] = square > mostSquare ? mostSquare : square
        const factor = repulsion[((bits[0] ?? 0) >> tableShift) - tableBase] ?? 0
        x += rate * bounded(factor * dx)
        y += rate * bounded(factor * dy)
        z += rate * bounded(factor * dz)
      }
    }
    next[i * stride] = x
    next[i * stride + 1] = y
    next[i * stride + 2] = z
  }
}

const bounded = (move: number): number =>
  move > mostMove ? mostMove : move < -mostMove ? -mostMove : move

/** A start for xorshift32 (Marsaglia 2003) of its own for every point and epoch; never 0. */
function firstRandom(seed: number, epoch: number, point: number): number {
  // The finaliser of MurmurHash3 (Appleby, public domain).
  let h = seed ^ Math.imul(epoch + 1, 0x9e3779b1) ^ Math.imul(point + 1, 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  h ^= h >>> 16
  return h === 0 ? 1 : h
}
