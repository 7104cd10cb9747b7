// What a dream of a direction climbs: how far a layer points there, and how purely.

/** Power of the cosine: without it other units grow along (Carter et al. 2019 take 4 of a neuron). */
const purity = 2
const leastCosine = 0.1

/**
 * The mean over all positions of (a · w) max(cosine(a, w), 0.1)^2.
 *
 * @param unit w, of unit length, [channels]
 * @param map [channels, positions]
 */
export function directionObjective(unit: Float32Array, map: Float32Array): number {
  const area = map.length / unit.length
  const { dots, lengths } = products(unit, map, area)
  return dots.reduce((sum, dot, p) => {
    const cosine = dot / (lengths[p] || 1)
    return sum + (dot * Math.max(cosine, leastCosine) ** purity) / area
  }, 0)
}

/** The gradient of {@link directionObjective} to the map, [channels, positions]. */
export function climbTowards(unit: Float32Array, map: Float32Array): Float32Array {
  const area = map.length / unit.length
  const { dots, lengths } = products(unit, map, area)
  const slope = new Float32Array(map.length)
  for (let p = 0; p < area; p++) {
    const length = lengths[p] ?? 0
    const cosine = (dots[p] ?? 0) / (length || 1)
    const pure = cosine > leastCosine
    const along = pure ? (1 + purity) * cosine ** purity : leastCosine ** purity
    const against = pure ? (purity * cosine ** (purity + 1)) / length : 0
    for (let channel = 0; channel < unit.length; channel++) {
      const at = channel * area + p
      slope[at] = (along * (unit[channel] ?? 0) - against * (map[at] ?? 0)) / area
    }
  }
  return slope
}

/** Of each position with the direction. */
export function cosines(unit: Float32Array, map: Float32Array): Float32Array {
  const { dots, lengths } = products(unit, map, map.length / unit.length)
  return dots.map((dot, p) => dot / (lengths[p] || 1))
}

function products(
  unit: Float32Array,
  map: Float32Array,
  area: number,
): { readonly dots: Float32Array; readonly lengths: Float32Array } {
  const dots = new Float32Array(area)
  const lengths = new Float32Array(area)
  for (let channel = 0; channel < unit.length; channel++) {
    const weight = unit[channel] ?? 0
    for (let p = 0; p < area; p++) {
      const value = map[channel * area + p] ?? 0
      dots[p] = (dots[p] ?? 0) + weight * value
      lengths[p] = (lengths[p] ?? 0) + value * value
    }
  }
  return { dots, lengths: lengths.map(Math.sqrt) }
}
