import { describe, expect, it } from 'vitest'
import { pointArrays } from './point-arrays.ts'
import { projector } from './projector.ts'
import { ScreenBuckets } from './screen-buckets.ts'

describe('ScreenBuckets', () => {
  const canvas = { widthPx: 640, heightPx: 400 }
  const pose = {
    target: [0, 0, 0] as const,
    distance: 4,
    yaw: 0.3,
    pitch: 0.2,
    aside: [0.1, 0] as const,
  }
  const arrays = pointArrays(5000)
  let state = 3
  for (let i = 0; i < arrays.to.length; i++) {
    state = (state * 48271) % 2147483647
    arrays.to[i] = (state / 2147483647 - 0.5) * 5
    arrays.from[i] = -(arrays.to[i] ?? 0)
  }
  arrays.paint[7 * 4 + 3] = 1

  it.each([0, 0.1, 1])('finds all points within its reach at %f of a glide', (glide) => {
    const buckets = new ScreenBuckets(pose, canvas, arrays, glide)
    for (const [x, y] of [
      [320, 200],
      [0, 0],
      [639, 399],
      [31, 210],
    ] as const) {
      const found = new Set(buckets.near(x, y))
      let expected = 0
      for (let slot = 0; slot < 5000; slot++) {
        if (slot === 7) continue
        const [px = 0, py = 0, pz = 0] = [0, 1, 2].map((axis) => {
          const from = arrays.from[slot * 3 + axis] ?? 0
          return from + ((arrays.to[slot * 3 + axis] ?? 0) - from) * glide
        })
        const seen = projector(pose, canvas)(px, py, pz)
        if (seen.depth <= 0 || Math.hypot(seen.xPx - x, seen.yPx - y) > 30) continue
        expected++
        expect(found.has(slot)).toBe(true)
      }
      expect(found.size).toBeGreaterThanOrEqual(expected)
      expect(found.size).toBeLessThan(600)
      expect(found.has(7)).toBe(false)
    }
  })
})
