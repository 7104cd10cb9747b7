import { describe, expect, it } from 'vitest'
import { pointFlag } from '../scene/cloud/cloud-scene-types.ts'
import { type BrightIf, brightMask, flagsOf, shownIds } from './cloud-flags.ts'
import { legendOf } from './cloud-legend.ts'

const points = {
  ids: Uint32Array.of(1, 2, 3, 4),
  takenAtMs: Float64Array.of(10, 20, 30, 40),
}
const nothing: BrightIf = {
  listed: null,
  matches: null,
  known: null,
  timeSpan: null,
  legend: null,
  legendKeys: new Set(),
}
const bright = (asked: Partial<BrightIf>): number[] => [
  ...brightMask(points, { ...nothing, ...asked }),
]

describe('bright points', () => {
  it('are all of them while nothing is asked', () => {
    expect(bright({})).toEqual([1, 1, 1, 1])
  })

  it('pass the filter, the search and the dates alike', () => {
    expect(bright({ matches: [4, 2, 3] })).toEqual([0, 1, 1, 1])
    expect(bright({ matches: [4, 2, 3], listed: [1, 3, 2] })).toEqual([0, 1, 1, 0])
    expect(bright({ matches: [4, 2, 3], timeSpan: { fromMs: 25, toMs: 35 } })).toEqual([0, 0, 1, 0])
    expect(bright({ matches: [] })).toEqual([0, 0, 0, 0])
  })

  it('have one of the legend’s entries that were chosen', () => {
    const legend = legendOf(
      { kind: 'categories', keys: [5, 6, 5, -1], nameOf: String, noneName: '' },
      'dark',
    )
    expect(bright({ legend, legendKeys: new Set([5]) })).toEqual([1, 0, 1, 0])
    expect(bright({ legend, legendKeys: new Set([6, -1]) })).toEqual([0, 1, 0, 1])
    expect(bright({ legend })).toEqual([1, 1, 1, 1])
  })
})

describe('flags', () => {
  it('name the photos by id when only some are shown', () => {
    const flags = flagsOf(points.ids, {
      bright: Uint8Array.of(1, 1, 0, 1),
      isolated: new Set([2, 3]),
      selected: new Set([3, 4]),
    })
    expect([...flags]).toEqual([
      pointFlag.hidden,
      0,
      pointFlag.faint | pointFlag.selected,
      pointFlag.hidden | pointFlag.selected,
    ])
    expect([...shownIds(points.ids, flags)]).toEqual([2])
  })
})
