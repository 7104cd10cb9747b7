import { describe, expect, it } from 'vitest'
import { climbTowards, cosines, directionObjective } from './direction-objective.ts'
import { randomFrom } from './random.ts'

describe('the objective of a dream of a direction', () => {
  const random = randomFrom(3)
  const [channels, area] = [5, 4]
  const raw = Array.from({ length: channels }, () => random() - 0.2)
  const unit = Float32Array.from(raw, (value) => value / Math.hypot(...raw))
  const map = Float32Array.from({ length: channels * area }, () => random())

  it('has the gradient that finite differences find', () => {
    const slope = climbTowards(unit, map)
    const step = 1e-3
    for (let at = 0; at < map.length; at++) {
      const moved = (by: number) => map.map((value, i) => (i === at ? value + by : value))
      const rise = directionObjective(unit, moved(step)) - directionObjective(unit, moved(-step))
      expect(slope[at]).toBeCloseTo(rise / (2 * step), 3)
    }
  })

  it('finds a position that points that very way', () => {
    const same = Float32Array.from(
      { length: channels * area },
      (_, i) => unit[Math.floor(i / area)] ?? 0,
    )
    for (const cosine of cosines(unit, same)) expect(cosine).toBeCloseTo(1, 5)
  })
})
