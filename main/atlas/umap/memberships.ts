// How strongly each photo belongs to each of its neighbours' surroundings.
import type { Neighbours } from '../knn/neighbour-lists.ts'
import { inTurns, type Watch } from '../turns.ts'

const mostSteps = 64
const tolerance = 1e-5
/** A width is no smaller than this part of the mean distance. */
const leastWidth = 1e-3

/**
 * exp(-max(0, d - rho) / sigma) for the cosine distance d = 1 - similarity, where rho is the
 * distance of the nearest neighbour that is not the same, and sigma makes a photo's strengths sum to
 * log2(k) (McInnes, Healy and Melville 2018, section 4.1, algorithm 3). A photo is not counted among
 * its own k neighbours.
 *
 * @returns 0 to 1, [count, k]
 * @throws the signal's reason
 */
export async function memberships(neighbours: Neighbours, watch: Watch): Promise<Float32Array> {
  const { count, k, similarities } = neighbours
  const strengths = new Float32Array(count * k)
  const distances = similarities.map((similarity) => Math.max(0, 1 - similarity))
  const mean = distances.reduce((sum, distance) => sum + distance, 0) / Math.max(1, count * k)
  await inTurns(count, 512, watch, (from, to) => {
    for (let row = from; row < to; row++) {
      const own = distances.subarray(row * k, (row + 1) * k)
      const { rho, sigma } = widthOf(own, mean)
      for (let rank = 0; rank < k; rank++) {
        strengths[row * k + rank] = strength(own[rank] ?? 0, rho, sigma)
      }
    }
  })
  return strengths
}

const strength = (distance: number, rho: number, sigma: number): number =>
  distance <= rho || sigma === 0 ? 1 : Math.exp(-(distance - rho) / sigma)

/** @param distances rising, of at least one neighbour; @param meanOfAll over every photo */
export function widthOf(
  distances: Float32Array,
  meanOfAll: number,
): { readonly rho: number; readonly sigma: number } {
  const k = distances.length
  const rho = distances.find((distance) => distance > 0) ?? 0
  const target = Math.log2(k)
  let [low, high, sigma] = [0, Number.POSITIVE_INFINITY, 1]
  for (let step = 0; step < mostSteps; step++) {
    let sum = 0
    for (let rank = 0; rank < k; rank++) sum += strength(distances[rank] ?? 0, rho, sigma)
    if (Math.abs(sum - target) < tolerance) break
    if (sum > target) high = sigma
    else low = sigma
    sigma = high === Number.POSITIVE_INFINITY ? sigma * 2 : (low + high) / 2
  }
  const mean = rho > 0 ? distances.reduce((sum, distance) => sum + distance, 0) / k : meanOfAll
  return { rho, sigma: Math.max(sigma, leastWidth * mean) }
}
