import { describe, expect, it } from 'vitest'
import { focusAfterKey } from './grid-focus.ts'
import { justify } from './justified-layout.ts'

// Rows of four, four and two photos of 3:2.
const sides = (px: number): Uint32Array => new Uint32Array(10).fill(px)
const layout = justify(sides(3000), sides(2000), {
  containerWidthPx: 1200,
  rowHeightPx: 200,
  gapPx: 4,
})
const focusFrom = (index: number, key: string): number | null =>
  focusAfterKey(layout, index, key, 400)

describe('focusAfterKey', () => {
  it('moves along the list and stops at its ends', () => {
    expect(focusFrom(3, 'ArrowRight')).toBe(4)
    expect(focusFrom(4, 'ArrowLeft')).toBe(3)
    expect(focusFrom(0, 'ArrowLeft')).toBe(0)
    expect(focusFrom(9, 'ArrowRight')).toBe(9)
  })

  it('moves to the photo above or below that lies nearest', () => {
    expect(focusFrom(1, 'ArrowDown')).toBe(5)
    expect(focusFrom(6, 'ArrowUp')).toBe(2)
    expect(focusFrom(7, 'ArrowDown')).toBe(9)
    expect(focusFrom(2, 'ArrowUp')).toBe(2)
    expect(focusFrom(8, 'ArrowDown')).toBe(8)
  })

  it('moves by pages and to the ends', () => {
    expect(focusFrom(0, 'PageDown')).toBe(4)
    expect(focusFrom(9, 'PageUp')).toBe(1)
    expect(focusFrom(5, 'Home')).toBe(0)
    expect(focusFrom(5, 'End')).toBe(9)
  })

  it('leaves other keys alone', () => {
    expect(focusFrom(5, 'a')).toBeNull()
  })
})
