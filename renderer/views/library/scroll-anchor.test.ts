import { describe, expect, it } from 'vitest'
import { justify } from './justified-layout.ts'
import { topAfterChange } from './scroll-anchor.ts'

/** Rows of four 3:2 photos, 200 px high and 4 px apart. */
const content = (ids: readonly number[], queryCount = 1, containerWidthPx = 1212) => ({
  ids: Uint32Array.from(ids),
  queryCount,
  layout: justify(new Uint32Array(ids.length), new Uint32Array(ids.length), {
    containerWidthPx,
    rowHeightPx: 200,
    gapPx: 4,
  }),
})
const counted = (from: number, end: number): number[] =>
  Array.from({ length: end - from }, (_, at) => from + at)

describe('topAfterChange', () => {
  it('follows the photo at the top when rows come in above it', () => {
    const before = content(counted(100, 200))
    const now = content(counted(80, 200))
    expect(topAfterChange(before, now, 2 * 204 + 50)).toBe(7 * 204 + 50)
  })

  it('stays at the very top', () => {
    expect(topAfterChange(content(counted(100, 200)), content(counted(0, 200)), 0)).toBe(0)
  })

  it('takes the next photo when the one at the top is gone', () => {
    const before = content(counted(100, 200))
    const now = content(counted(105, 200))
    expect(topAfterChange(before, now, 204)).toBe(0)
  })

  it('follows the photo when the grid gets wider', () => {
    const before = content(counted(1, 101))
    const wide = content(counted(1, 101), 1, 2428)
    expect(topAfterChange(before, wide, 10 * 204)).toBe(5 * 204)
  })

  it('starts from the top for another question', () => {
    expect(topAfterChange(content(counted(1, 101)), content(counted(1, 101), 2), 999)).toBe(0)
  })
})
