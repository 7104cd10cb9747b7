import { describe, expect, it } from 'vitest'
import { noTrays, putInTray, sameTrays, sampleOf, takeFromTrays } from './cloud-likeness.ts'

describe('trays', () => {
  it('hold a photo once, in the tray it was put into last', () => {
    const both = putInTray(putInTray(noTrays, 'more', [1, 2]), 'less', [2, 3])
    expect(both).toEqual({ more: [1], less: [2, 3] })
    expect(putInTray(both, 'more', [3, 1])).toEqual({ more: [3, 1], less: [2] })
    expect(takeFromTrays(both, 2)).toEqual({ more: [1], less: [3] })
  })

  it('are the same when they hold the same photos in the same order', () => {
    expect(sameTrays({ more: [1], less: [] }, { more: [1], less: [] })).toBe(true)
    expect(sameTrays({ more: [1], less: [] }, { more: [], less: [1] })).toBe(false)
    expect(sameTrays(null, noTrays)).toBe(false)
  })
})

it('samples a large selection evenly', () => {
  const ids = Array.from({ length: 5000 }, (_, at) => at)
  const sample = sampleOf(ids, 10)
  expect(sample).toEqual([0, 500, 1000, 1500, 2000, 2500, 3000, 3500, 4000, 4500])
  expect(sampleOf([3, 1], 10)).toEqual([3, 1])
})
