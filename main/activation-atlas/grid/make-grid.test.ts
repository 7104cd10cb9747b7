import { describe, expect, it } from 'vitest'
import { halvesOf } from '../../atlas/vectors/half-bits.ts'
import { HalfMatrix } from '../../atlas/vectors/vector-rows.ts'
import { randomFrom } from '../../inspect/dream/random.ts'
import { bestCount, noSample } from '../protocol.ts'
import { makeGrid } from './make-grid.ts'
import { toUnitSquare } from './unit-square.ts'

const [count, dim, side, least] = [400, 6, 5, 3]
const random = randomFrom(7)
const units = Array.from({ length: count }, () => {
  const vector = Array.from({ length: dim }, random)
  const length = Math.hypot(...vector)
  return vector.map((value) => value / length)
})
const positions = Float32Array.from({ length: count * 2 }, () => random() * 20 - 3)
const norms = Float32Array.from({ length: count }, () => 1 + random())
const photoIds = Uint32Array.from({ length: count }, (_, i) => 1 + (i % 90))
const signal = new AbortController().signal

describe('the grid of an atlas', () => {
  it('brings a layout into the unit square in order, whatever strays', () => {
    const stray = Float32Array.from([...positions, 1e6, -1e6])
    const placed = toUnitSquare(stray)
    expect(placed.every((value) => value >= 0 && value < 1)).toBe(true)
    const byX = [...Array(count).keys()].sort((a, b) => (stray[a * 2] ?? 0) - (stray[b * 2] ?? 0))
    for (let i = 1; i < count; i++) {
      expect(placed[(byX[i] ?? 0) * 2]).toBeGreaterThanOrEqual(placed[(byX[i - 1] ?? 0) * 2] ?? 0)
    }
    // One point far off leaves the others most of the square.
    const rest = placed.filter((_, i) => i % 2 === 0).sort()
    expect((rest.at(-10) ?? 0) - (rest[10] ?? 0)).toBeGreaterThan(0.8)
  })

  it('averages, counts and picks as loops by hand do', async () => {
    const halves = halvesOf(Float32Array.from(units.flat()))
    const request = { positions, norms, photoIds, sides: [side], leastSamples: least }
    const [level] = await makeGrid(new HalfMatrix(halves, dim), request, { signal })
    const places = toUnitSquare(positions)
    const members = new Map<string, number[]>()
    for (let i = 0; i < count; i++) {
      const key = [places[i * 2] ?? 0, places[i * 2 + 1] ?? 0].map((p) => Math.floor(p * side))
      members.set(key.join(), [...(members.get(key.join()) ?? []), i])
    }
    const kept = [...members.values()].filter((own) => own.length >= least)
    expect(level?.counts).toHaveLength(kept.length)
    for (let cell = 0; cell < kept.length; cell++) {
      const own = members.get(`${level?.columns[cell]},${level?.rows[cell]}`) ?? []
      expect(level?.counts[cell]).toBe(own.length)
      expect(level?.photoCounts[cell]).toBe(new Set(own.map((i) => photoIds[i])).size)
      const mean = Array.from(
        { length: dim },
        (_, x) =>
          own.reduce((sum, i) => sum + (norms[i] ?? 0) * (units[i]?.[x] ?? 0), 0) / own.length,
      )
      mean.forEach((value, x) => {
        expect(level?.means[cell * dim + x]).toBeCloseTo(value, 2)
      })
      const cosine = (i: number): number =>
        mean.reduce((sum, value, x) => sum + value * (units[i]?.[x] ?? 0), 0) / Math.hypot(...mean)
      const best = level?.best.subarray(cell * bestCount, (cell + 1) * bestCount) ?? []
      const found = [...best].filter((sample) => sample !== noSample)
      expect(new Set(found.map((i) => photoIds[i])).size).toBe(found.length)
      expect(cosine(found[0] ?? -1)).toBeCloseTo(Math.max(...own.map(cosine)), 2)
    }
  })
})
