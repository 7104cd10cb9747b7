import { describe, expect, it } from 'vitest'
import { CardCover } from './card-cover.ts'

const canvas = { widthPx: 400, heightPx: 300 }

describe('CardCover', () => {
  it('drops a photo right behind a larger one, and keeps one that shows at its side', () => {
    const cover = new CardCover(canvas)
    expect(cover.add(200, 150, 100, 1)).toBe(true)
    expect(cover.add(205, 152, 40, 1.5)).toBe(false)
    expect(cover.add(240, 150, 40, 1)).toBe(true)
    expect(cover.add(200, 150, 100, 3)).toBe(true)
  })

  it('never drops a photo of which a pixel shows', () => {
    const cover = new CardCover(canvas)
    const shown = new Uint8Array(canvas.widthPx * canvas.heightPx)
    let state = 11
    const next = (least: number, most: number): number => {
      state = (state * 48271) % 2147483647
      return least + (state / 2147483647) * (most - least)
    }
    let dropped = 0
    for (let i = 0; i < 900; i++) {
      const [x, y, width] = [next(60, 340), next(60, 240), next(80, 9 + (80 * (900 - i)) / 900)]
      const seen = cover.add(x, y, width, 1)
      let clear = 0
      for (let py = Math.ceil(y - width / 2); py < y + width / 2; py++) {
        for (let px = Math.ceil(x - width / 2); px < x + width / 2; px++) {
          const at = py * canvas.widthPx + px
          clear += 1 - (shown[at] ?? 0)
          if (seen) shown[at] = 1
        }
      }
      if (!seen) dropped++
      if (!seen) expect(clear).toBe(0)
    }
    expect(dropped).toBeGreaterThan(300)
  })
})
