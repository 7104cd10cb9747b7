// Maps the scrollbar of an element of limited height onto content of any height.

/**
 * Browsers stop laying out near 33 million device pixels, so 8 million CSS pixels are safe up to
 * fourfold display scaling. 100,000 photos stay below it; beyond, the scrollbar is compressed:
 * small steps still move pixel by pixel, a drag of the bar jumps proportionally.
 */
export const longestTrackPx = 8_000_000

export interface ScrollSpace {
  readonly contentPx: number
  readonly viewportPx: number
  /** Height of the element inside the scroller. */
  readonly trackPx: number
}

/** Where the content stands (`topPx`) while the scroller stands at `scrollTopPx`. */
export interface ScrollPlace {
  readonly topPx: number
  readonly scrollTopPx: number
}

export const scrollSpace = (contentPx: number, viewportPx: number): ScrollSpace => ({
  contentPx,
  viewportPx,
  trackPx: Math.min(contentPx, longestTrackPx),
})

const contentEndPx = (space: ScrollSpace): number => Math.max(0, space.contentPx - space.viewportPx)
const trackEndPx = (space: ScrollSpace): number => Math.max(0, space.trackPx - space.viewportPx)

/** The place for showing `topPx` at the top, both ends kept. */
export function placeAt(space: ScrollSpace, topPx: number): ScrollPlace {
  const endPx = contentEndPx(space)
  const clampedPx = Math.min(endPx, Math.max(0, topPx))
  if (space.trackPx === space.contentPx) return { topPx: clampedPx, scrollTopPx: clampedPx }
  const scrollTopPx = Math.round((clampedPx * trackEndPx(space)) / Math.max(1, endPx))
  return { topPx: clampedPx, scrollTopPx }
}

/** The place after the scroller moved; its `scrollTopPx` may ask for a correction of the scroller. */
export function afterScroll(
  space: ScrollSpace,
  before: ScrollPlace,
  scrollTopPx: number,
): ScrollPlace {
  if (space.trackPx === space.contentPx) return { topPx: scrollTopPx, scrollTopPx }
  const movedPx = scrollTopPx - before.scrollTopPx
  if (Math.abs(movedPx) > 2 * space.viewportPx) {
    const topPx = (scrollTopPx * contentEndPx(space)) / Math.max(1, trackEndPx(space))
    return { topPx, scrollTopPx }
  }
  const topPx = before.topPx + movedPx
  const leftContent = topPx <= 0 || topPx >= contentEndPx(space)
  const hitEnd = scrollTopPx <= 0 || scrollTopPx >= trackEndPx(space)
  return leftContent || hitEnd ? placeAt(space, topPx) : { topPx, scrollTopPx }
}
