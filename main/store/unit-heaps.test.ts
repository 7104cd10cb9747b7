import { describe, expect, it } from 'vitest'
import { halfTable } from './half-float.ts'
import { keptLeast, keptMost, UnitHeaps } from './unit-heaps.ts'

/** The half float nearest to a small whole number. */
const half = (value: number): number => halfTable.indexOf(value)

function numbers(count: number, seed: number): number[] {
  let state = seed
  return Array.from({ length: count }, () => {
    state = (state * 1103515245 + 12345) % 2 ** 31
    return state % 1000
  })
}

describe('UnitHeaps', () => {
  it('agrees with sorting everything', () => {
    const heaps = UnitHeaps.empty(2)
    const values = [numbers(200, 1), numbers(200, 2)]
    for (let i = 0; i < 200; i++) {
      heaps.add(
        i + 1,
        Uint16Array.from(values, (unit) => half(unit[i] ?? 0)),
      )
    }
    values.forEach((unit, number) => {
      const sorted = [...unit].sort((a, b) => b - a)
      const { most, least } = heaps.of(number)
      expect(most.map(({ activation }) => activation)).toEqual(sorted.slice(0, keptMost))
      expect(least.map(({ activation }) => activation)).toEqual(
        sorted.reverse().slice(0, keptLeast),
      )
      for (const { photoId, activation } of most) expect(unit[photoId - 1]).toBe(activation)
    })
  })

  it('keeps the first of equals', () => {
    const heaps = UnitHeaps.empty(1)
    for (let id = 1; id <= 40; id++) heaps.add(id, Uint16Array.of(half(5)))
    expect(heaps.of(0).most.map(({ photoId }) => photoId)).toEqual(
      Array.from({ length: keptMost }, (_, i) => i + 1),
    )
  })

  it('forgets a photo and has room again', () => {
    const heaps = UnitHeaps.empty(3)
    for (let id = 1; id <= keptMost; id++) heaps.add(id, new Uint16Array(3).fill(half(id)))
    heaps.forget(5)
    for (const unit of [0, 1, 2]) {
      const ids = heaps.of(unit).most.map(({ photoId }) => photoId)
      expect(ids).toEqual([12, 11, 10, 9, 8, 7, 6, 4, 3, 2, 1])
    }
    heaps.add(5, new Uint16Array(3).fill(half(100)))
    expect(heaps.of(2).most[0]).toEqual({ photoId: 5, activation: 100 })
    expect(heaps.of(2).most).toHaveLength(keptMost)
  })

  it('comes back from its bytes', () => {
    const heaps = UnitHeaps.empty(2)
    heaps.add(9, Uint16Array.of(half(1), half(2)))
    expect(UnitHeaps.fromBytes(2, heaps.toBytes())?.of(1)).toEqual(heaps.of(1))
    expect(UnitHeaps.fromBytes(3, heaps.toBytes())).toBeUndefined()
  })
})
