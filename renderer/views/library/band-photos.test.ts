import { describe, expect, it } from 'vitest'
import { bandBetween, edgeScroll, photosInBand } from './band-photos.ts'
import { justify } from './justified-layout.ts'

const sizes = (each: (at: number) => number): Uint32Array =>
  Uint32Array.from({ length: 400 }, (_, at) => each(at))
const layout = justify(
  sizes((at) => 300 + ((at * 37) % 500)),
  sizes((at) => 300 + ((at * 53) % 300)),
  { containerWidthPx: 1000, rowHeightPx: 160, gapPx: 4 },
)

describe('the photos in a band', () => {
  it('are those whose pictures it touches, wherever it is', () => {
    const end = layout.contentHeightPx
    const corners = [0, 3, 161, 480, 999, 1200].flatMap((x) =>
      [-20, 0, 158, 163, end / 3, end - 5, end + 90].map((y) => ({ xPx: x, yPx: y })),
    )
    for (const from of corners) {
      for (const to of corners) {
        const band = bandBetween(from, to)
        const wanted: number[] = []
        for (let row = 0; row < layout.rowCount; row++) {
          const top = layout.rowTopsPx[row] ?? 0
          const bottom = top + (layout.rowHeightsPx[row] ?? 0)
          for (let at = layout.rowStarts[row] ?? 0; at < (layout.rowStarts[row + 1] ?? 0); at++) {
            const left = layout.leftsPx[at] ?? 0
            const right = left + (layout.widthsPx[at] ?? 0)
            const apart =
              left > band.rightPx ||
              right < band.leftPx ||
              top > band.bottomPx ||
              bottom < band.topPx
            if (!apart) wanted.push(at)
          }
        }
        expect(photosInBand(layout, band)).toEqual(wanted)
      }
    }
  })
})

describe('scrolling at the edges', () => {
  it('is still in the middle, and faster the farther out the pointer is', () => {
    expect(edgeScroll(300, 100, 700)).toBe(0)
    expect(edgeScroll(690, 100, 700)).toBeGreaterThan(0)
    expect(edgeScroll(760, 100, 700)).toBeGreaterThan(edgeScroll(690, 100, 700))
    expect(edgeScroll(110, 100, 700)).toBeLessThan(0)
    expect(edgeScroll(9000, 100, 700)).toBe(36)
  })
})
