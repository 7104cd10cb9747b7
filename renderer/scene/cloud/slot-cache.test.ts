import { describe, expect, it } from 'vitest'
import { SlotCache } from './slot-cache.ts'

describe('SlotCache', () => {
  it('never gives one cell to two ids and never more cells than it has', () => {
    const cache = new SlotCache(16)
    let state = 7
    const next = (): number => {
      state = (state * 48271) % 2147483647
      return state
    }
    for (let round = 0; round < 200; round++) {
      const wanted = Array.from({ length: 12 }, () => next() % 60)
      cache.keep(wanted)
      for (const id of wanted) expect(cache.take(id)).toBeGreaterThanOrEqual(0)
      const held = Array.from({ length: 60 }, (_, id) => cache.cellOf(id)).filter((c) => c >= 0)
      expect(new Set(held).size).toBe(held.length)
      expect(cache.size).toBeLessThanOrEqual(16)
      for (const id of wanted) expect(cache.cellOf(id)).toBeGreaterThanOrEqual(0)
    }
  })

  it('gives up what was unwanted for longest', () => {
    const cache = new SlotCache(3)
    for (const id of [1, 2, 3]) cache.take(id)
    cache.keep([1])
    cache.keep([3])
    cache.take(4)
    expect([1, 2, 3, 4].map((id) => cache.cellOf(id) >= 0)).toEqual([true, false, true, true])
  })

  it('refuses when everything it holds is wanted', () => {
    const cache = new SlotCache(2)
    cache.keep([1, 2])
    cache.take(1)
    cache.take(2)
    expect(cache.take(3)).toBe(-1)
    expect(cache.cellOf(1)).toBeGreaterThanOrEqual(0)
  })
})
