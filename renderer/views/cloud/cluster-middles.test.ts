import { expect, it } from 'vitest'
import { pointFlag } from '../../scene/cloud/cloud-scene-types.ts'
import type { CloudData } from '../../state/cloud-points.ts'
import { clusterMiddles } from './cluster-middles.ts'

// Only what the function looks at is filled in.
const data = {
  positions: { dims: 2, positions: Float32Array.of(0, 0, 1, 0, 2, 0, 9, 9, 8, 9, 50, 50) },
  clusters: { ofPoint: Int32Array.of(1, 1, 1, 0, 0, -1) },
  clusterNames: ['birds', 'dogs', 'empty'],
} as unknown as CloudData

it('finds the photo in the middle of each cluster, largest first', () => {
  expect(clusterMiddles(data, new Uint8Array(6))).toEqual([
    { cluster: 1, point: 1, size: 3 },
    { cluster: 0, point: 3, size: 2 },
  ])
})

it('leaves out what is hidden or faint', () => {
  const flags = Uint8Array.of(0, 0, pointFlag.faint, pointFlag.hidden, pointFlag.hidden, 0)
  expect(clusterMiddles(data, flags)).toEqual([{ cluster: 1, point: 0, size: 2 }])
})
