// The photo in the middle of each cluster: where its name stands.
import { pointFlag } from '../../scene/cloud/cloud-scene-types.ts'
import type { CloudData } from '../../state/cloud-points.ts'

export interface ClusterMiddle {
  readonly cluster: number
  /** Of the cluster's photos that are drawn and bright. */
  readonly size: number
  /** The place of the photo nearest to the mean of them. */
  readonly point: number
}

/** Of the clusters that can be seen, largest first. */
export function clusterMiddles(data: CloudData, flags: Uint8Array): readonly ClusterMiddle[] {
  const { clusters, positions } = data
  if (clusters === null) return []
  const { ofPoint } = clusters
  const { dims, positions: places } = positions
  const isSeen = (point: number): boolean =>
    ((flags[point] ?? 0) & (pointFlag.hidden | pointFlag.faint)) === 0
  const count = data.clusterNames.length
  const sums = new Float64Array(count * dims)
  const sizes = new Uint32Array(count)
  for (let point = 0; point < ofPoint.length; point++) {
    const cluster = ofPoint[point] ?? -1
    if (cluster < 0 || cluster >= count || !isSeen(point)) continue
    sizes[cluster] = (sizes[cluster] ?? 0) + 1
    for (let axis = 0; axis < dims; axis++) {
      const at = cluster * dims + axis
      sums[at] = (sums[at] ?? 0) + (places[point * dims + axis] ?? 0)
    }
  }
  const nearest = new Int32Array(count).fill(-1)
  const distances = new Float64Array(count).fill(Number.POSITIVE_INFINITY)
  for (let point = 0; point < ofPoint.length; point++) {
    const cluster = ofPoint[point] ?? -1
    if (cluster < 0 || cluster >= count || !isSeen(point)) continue
    let distance = 0
    for (let axis = 0; axis < dims; axis++) {
      const mean = (sums[cluster * dims + axis] ?? 0) / (sizes[cluster] ?? 1)
      distance += ((places[point * dims + axis] ?? 0) - mean) ** 2
    }
    if (distance < (distances[cluster] ?? 0)) {
      distances[cluster] = distance
      nearest[cluster] = point
    }
  }
  const middles = Array.from(nearest, (point, cluster) => ({
    cluster,
    point,
    size: sizes[cluster] ?? 0,
  }))
  return middles.filter(({ point }) => point >= 0).sort((a, b) => b.size - a.size)
}
