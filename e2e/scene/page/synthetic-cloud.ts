// Points in clusters, the same for the same seed.

export interface SyntheticCloud {
  readonly ids: Uint32Array
  readonly aspects: Float32Array
  /** [points, dims] */
  readonly positions: Float32Array
  /** [points, 3] */
  readonly coloursRgb: Uint8Array
}

/** Mulberry32: the same numbers on every machine. */
export function randomNumbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

/** Ids are neither the places nor in their order, as in a library from which photos went. */
export const idOfPoint = (point: number): number => 7 + point * 3

export function syntheticCloud(points: number, dims: 2 | 3, seed = 20): SyntheticCloud {
  const random = randomNumbers(seed)
  const normal = (): number =>
    Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
  const clusters = Array.from({ length: Math.max(12, Math.round(points ** 0.4)) }, () => ({
    middle: Array.from({ length: dims }, () => normal() * 4),
    spread: 0.15 + random() * 0.5,
    stretch: Array.from({ length: dims }, () => 0.5 + random()),
    colour: [random(), random(), random()].map((value) => 50 + value * 190),
  }))
  const ids = Uint32Array.from({ length: points }, (_, point) => idOfPoint(point))
  const aspects = Float32Array.from({ length: points }, () =>
    random() < 0.7 ? 1.5 : random() < 0.7 ? 2 / 3 : 1,
  )
  const positions = new Float32Array(points * dims)
  const coloursRgb = new Uint8Array(points * 3)
  for (let point = 0; point < points; point++) {
    const cluster = clusters[Math.floor(random() ** 1.7 * clusters.length)]
    for (let axis = 0; axis < dims; axis++) {
      const spread = (cluster?.spread ?? 1) * (cluster?.stretch[axis] ?? 1)
      positions[point * dims + axis] = (cluster?.middle[axis] ?? 0) + normal() * spread
    }
    for (let channel = 0; channel < 3; channel++)
      coloursRgb[point * 3 + channel] = (cluster?.colour[channel] ?? 128) + normal() * 18
  }
  return { ids, aspects, positions, coloursRgb }
}
