// Averages sampled activations in the cells of a grid (Carter et al. 2019, "Exploring Neural Networks
// with Activation Atlases", https://distill.pub/2019/activation-atlas).
import { inTurns, type Watch } from '../../atlas/turns.ts'
import { floatRows, type HalfMatrix } from '../../atlas/vectors/vector-rows.ts'
import { bestCount, type GridLevel, type GridRequest, noSample } from '../protocol.ts'
import { toUnitSquare } from './unit-square.ts'

const samplesATurn = 256

/**
 * @param rows unit vectors of the samples
 * @throws the signal's reason
 */
export async function makeGrid(
  rows: HalfMatrix,
  request: Omit<GridRequest, 'set'>,
  { signal, onProgress }: Watch,
): Promise<readonly GridLevel[]> {
  const places = toUnitSquare(request.positions)
  const levels: GridLevel[] = []
  for (const [i, side] of request.sides.entries()) {
    const watch: Watch = {
      signal,
      onProgress: (share) => onProgress?.((i + share) / request.sides.length),
    }
    levels.push(await makeLevel(rows, places, side, request, watch))
  }
  return levels
}

async function makeLevel(
  rows: HalfMatrix,
  places: Float32Array,
  side: number,
  { norms, photoIds, leastSamples }: Omit<GridRequest, 'set'>,
  { signal, onProgress }: Watch,
): Promise<GridLevel> {
  const { cells, ofSample } = cellsOf(places, side, leastSamples)
  const { dim, count } = rows
  const means = new Float32Array(cells.length * dim)
  const counts = new Uint32Array(cells.length)
  const photos = cells.map(() => new Set<number>())
  const eachSample = (
    share: (fraction: number) => number,
    visit: (sample: number, cell: number, vector: Float32Array) => void,
  ) =>
    inTurns(
      count,
      samplesATurn,
      { signal, onProgress: (fraction) => onProgress?.(share(fraction)) },
      (from, to) => {
        const block = floatRows(rows, from, to - from)
        for (let sample = from; sample < to; sample++) {
          const cell = ofSample[sample] ?? -1
          const start = (sample - from) * dim
          if (cell >= 0) visit(sample, cell, block.subarray(start, start + dim))
        }
      },
    )
  await eachSample(
    (fraction) => fraction / 2,
    (sample, cell, vector) => {
      counts[cell] = (counts[cell] ?? 0) + 1
      photos[cell]?.add(photoIds[sample] ?? 0)
      const norm = norms[sample] ?? 0
      for (let x = 0; x < dim; x++) {
        means[cell * dim + x] = (means[cell * dim + x] ?? 0) + norm * (vector[x] ?? 0)
      }
    },
  )
  const lengths = new Float32Array(cells.length)
  for (let cell = 0; cell < cells.length; cell++) {
    let sum = 0
    for (let at = cell * dim; at < (cell + 1) * dim; at++) {
      means[at] = (means[at] ?? 0) / (counts[cell] ?? 1)
      sum += (means[at] ?? 0) ** 2
    }
    lengths[cell] = Math.sqrt(sum)
  }
  const cosines = new Float32Array(count)
  await eachSample(
    (fraction) => (1 + fraction) / 2,
    (sample, cell, vector) => {
      let dot = 0
      for (let x = 0; x < dim; x++) dot += (vector[x] ?? 0) * (means[cell * dim + x] ?? 0)
      cosines[sample] = dot / (lengths[cell] || 1)
    },
  )
  return {
    side,
    columns: Uint16Array.from(cells, (place) => place % side),
    rows: Uint16Array.from(cells, (place) => Math.floor(place / side)),
    counts,
    photoCounts: Uint32Array.from(photos, (set) => set.size),
    means,
    ...bestOf(cosines, ofSample, photoIds, cells.length),
    ofSample,
  }
}

/**
 * @param places [samples, 2], from 0 to below 1
 * @returns the places of the cells that hold enough, by rows, and the cell of each sample or -1
 */
export function cellsOf(
  places: Float32Array,
  side: number,
  leastSamples: number,
): { readonly cells: readonly number[]; readonly ofSample: Int32Array } {
  const placeOf = Int32Array.from({ length: places.length / 2 }, (_, i) => {
    const [x = 0, y = 0] = places.subarray(i * 2, i * 2 + 2)
    return Math.floor(y * side) * side + Math.floor(x * side)
  })
  const counts = new Uint32Array(side * side)
  for (const place of placeOf) counts[place] = (counts[place] ?? 0) + 1
  const cells = [...counts.keys()].filter((place) => (counts[place] ?? 0) >= leastSamples)
  const cellAt = new Map(cells.map((place, cell) => [place, cell]))
  return { cells, ofSample: placeOf.map((place) => cellAt.get(place) ?? -1) }
}

/** The samples most like their cell's mean; of each photo only its best, so that one sees many. */
function bestOf(
  cosines: Float32Array,
  ofSample: Int32Array,
  photoIds: Uint32Array,
  cellCount: number,
): Pick<GridLevel, 'best' | 'similarities'> {
  const best = new Uint32Array(cellCount * bestCount).fill(noSample)
  const similarities = new Float32Array(cellCount * bestCount)
  const found = new Uint32Array(cellCount)
  const seen = new Set<string>()
  const order = [...cosines.keys()].sort((a, b) => (cosines[b] ?? 0) - (cosines[a] ?? 0) || a - b)
  for (const sample of order) {
    const cell = ofSample[sample] ?? -1
    const taken = found[cell] ?? bestCount
    const key = `${cell} ${photoIds[sample]}`
    if (taken >= bestCount || seen.has(key)) continue
    seen.add(key)
    best[cell * bestCount + taken] = sample
    similarities[cell * bestCount + taken] = cosines[sample] ?? 0
    found[cell] = taken + 1
  }
  return { best, similarities }
}
