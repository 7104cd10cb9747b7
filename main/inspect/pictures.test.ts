import { describe, expect, it } from 'vitest'
import { channelGrid, spotlit } from './pictures.ts'

describe('channelGrid', () => {
  it('lays channels out row by row with a gap', () => {
    const bytes = Uint8Array.from({ length: 3 * 4 }, (_, i) => i + 1)
    const { pixels, widthPx, heightPx } = channelGrid(bytes, 3, 2, 2)
    expect([widthPx, heightPx]).toEqual([5, 5])
    expect([...pixels]).toEqual(
      [
        [1, 2, 0, 5, 6],
        [3, 4, 0, 7, 8],
        [0, 0, 0, 0, 0],
        [9, 10, 0, 0, 0],
        [11, 12, 0, 0, 0],
      ].flat(),
    )
  })

  it('takes a single channel as it is', () => {
    const bytes = Uint8Array.of(1, 2, 3, 4, 5, 6)
    expect(channelGrid(bytes, 1, 2, 3)).toEqual({ pixels: bytes, widthPx: 3, heightPx: 2 })
  })
})

describe('spotlit', () => {
  it('keeps the picture where the map peaks and shades it elsewhere', () => {
    const pixels = new Uint8Array(2 * 2 * 3).fill(200)
    const map = { values: Float32Array.of(4, 0, -1, 4), heightPx: 2, widthPx: 2 }
    const lit = spotlit(pixels, 2, map).pixels
    expect([lit[0], lit[3], lit[6], lit[9]]).toEqual([200, 40, 40, 200])
  })

  it('survives a map of zeros', () => {
    const map = { values: new Float32Array(1), heightPx: 1, widthPx: 1 }
    expect(spotlit(new Uint8Array(3).fill(100), 1, map).pixels[0]).toBe(20)
  })
})
