import { describe, expect, it } from 'vitest'
import { tileLevels } from './tile-levels.ts'

describe('tileLevels', () => {
  it('takes the tile that was asked for and averages it down', () => {
    const tiles = new Uint8Array(2 * 4 * 4 * 3)
    // The second tile: left half red, right half blue.
    for (let i = 0; i < 16; i++) tiles[48 + i * 3 + (i % 4 < 2 ? 0 : 2)] = 200
    const levels = tileLevels(tiles, 1, 4, 3) ?? []
    expect(levels.map(({ length }) => length)).toEqual([64, 16, 4])
    expect([...(levels[1] ?? [])]).toEqual(
      [
        [200, 0, 0, 255],
        [0, 0, 200, 255],
        [200, 0, 0, 255],
        [0, 0, 200, 255],
      ].flat(),
    )
    expect([...(levels[2] ?? [])]).toEqual([100, 0, 100, 255])
  })

  it('takes a black tile for none', () => {
    expect(tileLevels(new Uint8Array(4 * 4 * 3), 0, 4, 3)).toBeNull()
  })
})
