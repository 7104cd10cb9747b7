import { expect, it } from 'vitest'
import type { CloudMorph } from '../../preload/contract/cloud.ts'
import { farthest } from './cloud-morph-slice.ts'

it('lists the photos that move farthest, without those that only one model knows', () => {
  const morph: CloudMorph = {
    modelId: 'b',
    pointsRevision: 1,
    positionsRevision: 1,
    dims: 2,
    positions: new Float32Array(8),
    isShared: Uint8Array.of(1, 1, 0, 1),
    distances: Float32Array.of(0.1, 0.9, 0, 0.4),
    onlyOther: 0,
  }
  expect(farthest(morph, 2)).toEqual([1, 3])
  expect(farthest(morph, 9)).toEqual([1, 3, 0])
})
