import { expect, it } from 'vitest'
import { boxOutline, lassoOutline, pathOf, polygonOf } from './outline-shape.ts'

const at = (xPx: number, yPx: number) => ({ xPx, yPx })

it('draws a box from any corner to any other', () => {
  expect([...polygonOf(boxOutline(at(5, 8), at(1, 2)))]).toEqual([5, 8, 1, 8, 1, 2, 5, 2])
})

it('leaves out places of a lasso that lie too near to the last', () => {
  const line = lassoOutline([at(0, 0)], at(1, 1))
  expect(line).toEqual([at(0, 0)])
  expect(lassoOutline(line, at(4, 0))).toEqual([at(0, 0), at(4, 0)])
})

it('closes the line that is shown', () => {
  expect(pathOf([at(0, 0), at(4, 0), at(4, 3)])).toBe('M0.0 0.0L4.0 0.0L4.0 3.0Z')
  expect(pathOf([at(0, 0)])).toBe('')
})
