import { describe, expect, it } from 'vitest'
import { nextStop } from './toolbar-stops.ts'

describe('the stops of a toolbar', () => {
  it('follow the arrows of its direction, round its ends', () => {
    expect(nextStop('ArrowDown', 0, 3, 'vertical')).toBe(1)
    expect(nextStop('ArrowDown', 2, 3, 'vertical')).toBe(0)
    expect(nextStop('ArrowUp', 0, 3, 'vertical')).toBe(2)
    expect(nextStop('ArrowRight', 1, 3, 'horizontal')).toBe(2)
  })

  it('lead to both ends', () => {
    expect(nextStop('Home', 2, 3, 'vertical')).toBe(0)
    expect(nextStop('End', 0, 3, 'horizontal')).toBe(2)
  })

  it('leave other keys alone', () => {
    expect(nextStop('ArrowRight', 1, 3, 'vertical')).toBeNull()
    expect(nextStop('Enter', 1, 3, 'vertical')).toBeNull()
    expect(nextStop('Home', 0, 0, 'vertical')).toBeNull()
  })
})
