import { describe, expect, it } from 'vitest'
import type { CloudPoints, CloudPositions } from '../../preload/contract/cloud.ts'
import { maskOf, placeOf, placesOf, startingPositions } from './cloud-points.ts'

const ids = Uint32Array.of(2, 5, 9, 40)

// Only what the functions look at is filled in.
const laidOut = (photoIds: readonly number[], positions: readonly number[], dims: 2 | 3 = 2) => ({
  points: { ids: Uint32Array.from(photoIds) } as CloudPoints,
  positions: { dims, positions: Float32Array.from(positions) } as CloudPositions,
})

describe('the place of a photo', () => {
  it('is found in ascending ids, and -1 for others', () => {
    expect([2, 5, 9, 40].map((id) => placeOf(ids, id))).toEqual([0, 1, 2, 3])
    expect([1, 3, 41].map((id) => placeOf(ids, id))).toEqual([-1, -1, -1])
    expect(placeOf(new Uint32Array(), 1)).toBe(-1)
  })

  it('is left out for photos that are not there', () => {
    expect([...placesOf(ids, [40, 7, 2])]).toEqual([3, 0])
  })

  it('is marked in a mask, whatever order the photos come in', () => {
    expect([...maskOf(ids, [40, 5, 1_000_000])]).toEqual([0, 1, 0, 1])
    expect([...maskOf(new Uint32Array(), [1])]).toEqual([])
  })
})

describe('points that move', () => {
  it('start where the same photos lay before, though their places have changed', () => {
    const before = laidOut([2, 9], [20, 21, 90, 91])
    const after = laidOut([1, 2, 5, 9], [1, 1, 2, 2, 5, 5, 9, 9])
    expect([...startingPositions(before, after)]).toEqual([1, 1, 20, 21, 5, 5, 90, 91])
  })

  it('start at their end when the layout has other dimensions', () => {
    const before = laidOut([2], [20, 21])
    const after = laidOut([2], [1, 2, 3], 3)
    expect([...startingPositions(before, after)]).toEqual([1, 2, 3])
  })
})
