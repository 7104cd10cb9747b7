import { describe, expect, it } from 'vitest'
import { blockShape } from './block-shape.ts'

const layers = [
  { channels: 32, widthPx: 149 },
  { channels: 288, widthPx: 35 },
  { channels: 2048, widthPx: 8 },
  { channels: 2048, widthPx: 1 },
]

describe('the drawing of a layer', () => {
  it('narrows and grows taller along the network', () => {
    const shapes = layers.map((layer) => blockShape(layer, layers))
    const widths = shapes.map(({ width }) => width)
    const heights = shapes.map(({ height }) => height)
    expect(widths).toEqual([...widths].sort((a, b) => b - a))
    expect(heights).toEqual([...heights].sort((a, b) => a - b))
    expect(widths[0]).toBe(1)
    expect(widths.at(-1)).toBeLessThan(0.1)
    expect(heights.at(-1)).toBe(1)
  })
})
