import { describe, expect, it } from 'vitest'
import { nearestFirst } from './preview-order.ts'

const lying = (ids: readonly number[], positions: readonly number[], dims: 2 | 3) =>
  [Uint32Array.from(ids), { dims, positions: Float32Array.from(positions) }] as const

describe('the order of the preview', () => {
  it('goes from the opened photo to ever farther ones', () => {
    const line = lying([3, 5, 8, 9], [0, 0, 10, 0, 4, 0, -1, 0], 2)
    expect([...(nearestFirst(...line, 3, Uint32Array.of(3, 5, 8, 9)) ?? [])]).toEqual([3, 9, 8, 5])
  })

  it('keeps to the photos it is given, and to those that lie somewhere', () => {
    const line = lying([3, 5, 8, 9], [0, 0, 0, 10, 0, 0, 4, 0, 0, 1, 0, 0], 3)
    expect([...(nearestFirst(...line, 3, Uint32Array.of(5, 8, 77)) ?? [])]).toEqual([3, 8, 5])
    expect(nearestFirst(...line, 77, Uint32Array.of(3))).toBeNull()
  })

  it('ends after the nearest two thousand, in order', () => {
    const ids = Array.from({ length: 10_000 }, (_, i) => i + 1)
    const spread = lying(
      ids,
      ids.flatMap((id) => [(id * 7919) % 10_007, 0]),
      2,
    )
    const order = nearestFirst(...spread, 1, Uint32Array.from(ids)) ?? new Uint32Array()
    expect(order).toHaveLength(2000)
    const gaps = [...order].map((id) => Math.abs(((id * 7919) % 10_007) - 7919))
    expect(gaps).toEqual(gaps.toSorted((a, b) => a - b))
    const all = ids.map((id) => Math.abs(((id * 7919) % 10_007) - 7919)).sort((a, b) => a - b)
    expect(gaps.at(-1)).toBe(all[1999])
  })
})
