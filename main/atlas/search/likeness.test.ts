import { expect, it } from 'vitest'
import { likenessVector } from './likeness.ts'

const right = Float32Array.of(1, 0, 0)
const up = Float32Array.of(0, 1, 0)

it('is the photo itself for one photo', () => {
  expect([...likenessVector([right], [])]).toEqual([1, 0, 0])
})

it('lies between photos, and away from those that it is to be unlike', () => {
  const between = likenessVector([right, up], [])
  expect(between[0]).toBeCloseTo(Math.SQRT1_2)
  expect(between[1]).toBeCloseTo(Math.SQRT1_2)
  const away = likenessVector([right], [up])
  expect(away[1]).toBeLessThan(0)
  expect(Math.hypot(...away)).toBeCloseTo(1)
})

it('wants something to be like', () => {
  expect(() => likenessVector([], [up])).toThrow(RangeError)
})
