import { describe, expect, it } from 'vitest'
import { type GridShape, justify } from './justified-layout.ts'

const shape: GridShape = { containerWidthPx: 1200, rowHeightPx: 200, gapPx: 4 }

const sizes = (count: number): [Uint32Array, Uint32Array] => {
  let seed = 7
  const random = (): number => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
    return seed / 2_147_483_648
  }
  const widths = new Uint32Array(count)
  const heights = new Uint32Array(count)
  for (let i = 0; i < count; i++) {
    const portrait = random() < 0.3
    const long = 3000 + Math.floor(random() * 3000)
    widths[i] = portrait ? 2400 : long
    heights[i] = portrait ? long : 2400
  }
  return [widths, heights]
}

describe('justify', () => {
  it('gives an empty list no rows and no height', () => {
    const layout = justify(new Uint32Array(0), new Uint32Array(0), shape)
    expect(layout.rowCount).toBe(0)
    expect(layout.contentHeightPx).toBe(0)
    expect([...layout.rowStarts]).toEqual([0])
  })

  it('ends every row but the last exactly at the edge of the container', () => {
    const layout = justify(...sizes(1000), shape)
    for (let row = 0; row < layout.rowCount - 1; row++) {
      const last = (layout.rowStarts[row + 1] ?? 0) - 1
      expect((layout.leftsPx[last] ?? 0) + (layout.widthsPx[last] ?? 0)).toBe(1200)
    }
  })

  it('puts every photo into exactly one row, in order, without overlap', () => {
    const layout = justify(...sizes(1000), shape)
    expect(layout.rowStarts[0]).toBe(0)
    expect(layout.rowStarts[layout.rowCount]).toBe(1000)
    for (let row = 0; row < layout.rowCount; row++) {
      const start = layout.rowStarts[row] ?? 0
      const end = layout.rowStarts[row + 1] ?? 0
      expect(end).toBeGreaterThan(start)
      for (let i = start + 1; i < end; i++) {
        const previousEnd = (layout.leftsPx[i - 1] ?? 0) + (layout.widthsPx[i - 1] ?? 0)
        expect(layout.leftsPx[i]).toBe(previousEnd + 4)
      }
    }
  })

  it('keeps row heights near the wanted one', () => {
    const layout = justify(...sizes(5000), shape)
    for (let row = 0; row < layout.rowCount; row++) {
      expect(layout.rowHeightsPx[row]).toBeGreaterThan(120)
      expect(layout.rowHeightsPx[row]).toBeLessThanOrEqual(300)
    }
  })

  it('treats an unknown size as 3:2', () => {
    const layout = justify(new Uint32Array(1), new Uint32Array(1), shape)
    expect(layout.widthsPx[0]).toBe(300)
    expect(layout.rowHeightsPx[0]).toBe(200)
  })

  it('does not stretch a lone last photo over the whole width', () => {
    const layout = justify(new Uint32Array([3000]), new Uint32Array([2000]), shape)
    expect(layout.widthsPx[0]).toBe(300)
  })

  it('crops a panorama instead of giving it a row of a few pixels', () => {
    const layout = justify(new Uint32Array([30_000]), new Uint32Array([1000]), shape)
    expect(layout.widthsPx[0]).toBe(640)
    expect(layout.rowHeightsPx[0]).toBe(200)
  })

  it('fits one photo a row into a container narrower than a photo', () => {
    const layout = justify(...sizes(10), { ...shape, containerWidthPx: 100 })
    expect(layout.rowCount).toBe(10)
    expect(Math.max(...layout.widthsPx)).toBeLessThanOrEqual(100)
  })

  it('lays out 100,000 photos in under 50 ms', () => {
    const [widths, heights] = sizes(100_000)
    justify(widths, heights, shape)
    const startedAtMs = performance.now()
    justify(widths, heights, shape)
    expect(performance.now() - startedAtMs).toBeLessThan(50)
  })
})
