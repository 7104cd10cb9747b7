import { describe, expect, it } from 'vitest'
import { afterScroll, longestTrackPx, placeAt, scrollSpace } from './scroll-space.ts'

describe('scroll space of content that fits the browser', () => {
  const space = scrollSpace(100_000, 800)

  it('is the identity', () => {
    expect(afterScroll(space, { topPx: 0, scrollTopPx: 0 }, 99_000)).toEqual({
      topPx: 99_000,
      scrollTopPx: 99_000,
    })
    expect(placeAt(space, 1e9)).toEqual({ topPx: 99_200, scrollTopPx: 99_200 })
  })
})

describe('scroll space of 50 million pixels', () => {
  const space = scrollSpace(50_000_000, 800)

  it('keeps the track within what browsers lay out', () => {
    expect(space.trackPx).toBe(longestTrackPx)
  })

  it('moves pixel by pixel on small steps', () => {
    const before = placeAt(space, 25_000_000)
    const after = afterScroll(space, before, before.scrollTopPx + 120)
    expect(after.topPx - before.topPx).toBe(120)
  })

  it('jumps in proportion when the bar is dragged', () => {
    const after = afterScroll(space, placeAt(space, 0), (longestTrackPx - 800) / 2)
    expect(after.topPx).toBeCloseTo((50_000_000 - 800) / 2, 0)
  })

  it('reaches both ends', () => {
    expect(placeAt(space, 0)).toEqual({ topPx: 0, scrollTopPx: 0 })
    expect(placeAt(space, 1e12)).toEqual({
      topPx: 50_000_000 - 800,
      scrollTopPx: longestTrackPx - 800,
    })
  })

  it('re-centres when the scroller ends before the content does', () => {
    const after = afterScroll(space, { topPx: 5000, scrollTopPx: 100 }, 0)
    expect(after.topPx).toBe(4900)
    expect(after.scrollTopPx).toBeGreaterThan(0)
  })
})
