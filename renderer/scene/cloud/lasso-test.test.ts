import { describe, expect, it } from 'vitest'
import { insidePolygon } from './lasso-test.ts'

/** Sum of the angles under which the edges are seen: about 2 pi an odd number of times inside. */
function turnsAround(polygon: Float32Array, x: number, y: number): number {
  let sum = 0
  const corners = polygon.length / 2
  for (let i = 0; i < corners; i++) {
    const next = (i + 1) % corners
    const from = Math.atan2((polygon[2 * i + 1] ?? 0) - y, (polygon[2 * i] ?? 0) - x)
    const to = Math.atan2((polygon[2 * next + 1] ?? 0) - y, (polygon[2 * next] ?? 0) - x)
    let angle = to - from
    while (angle > Math.PI) angle -= 2 * Math.PI
    while (angle < -Math.PI) angle += 2 * Math.PI
    sum += angle
  }
  return Math.round(sum / (2 * Math.PI))
}

describe('insidePolygon', () => {
  it('agrees with the winding number on a hollow star and a spiral', () => {
    const star = new Float32Array([50, 0, 80, 95, 2, 36, 98, 36, 20, 95])
    const spiral = new Float32Array(
      Array.from({ length: 80 }, (_, i) => {
        const angle = i * 0.2
        const radius = 5 + i * 0.5
        return [50 + radius * Math.cos(angle), 50 + radius * Math.sin(angle)]
      }).flat(),
    )
    for (const polygon of [star, spiral]) {
      const inside = insidePolygon(polygon)
      let found = 0
      for (let y = 0.37; y < 100; y += 1.7) {
        for (let x = 0.41; x < 100; x += 1.9) {
          expect(inside(x, y)).toBe(Math.abs(turnsAround(polygon, x, y)) % 2 === 1)
          if (inside(x, y)) found++
        }
      }
      expect(found).toBeGreaterThan(100)
    }
  })

  it('holds nothing for a line or a place that is not a number', () => {
    expect(insidePolygon(new Float32Array([0, 0, 9, 9]))(5, 5)).toBe(false)
    expect(insidePolygon(new Float32Array([0, 0, 9, 0, 9, 9]))(Number.NaN, 2)).toBe(false)
  })
})
