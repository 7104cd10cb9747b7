import { describe, expect, it } from 'vitest'
import { CallError } from '../inspect/calls.ts'
import { morphWay } from './morph.ts'

const points = [0, 0, 4, 0, 4, 2, 0, 3, 1, 1]
const own = { ids: Uint32Array.of(1, 3, 5, 7, 9), positions: Float32Array.from(points) }

/** Turned by a right angle, twice as large, elsewhere. */
const turned = (values: readonly number[]): number[] =>
  Array.from({ length: values.length / 2 }, (_, i) => [
    10 - 2 * (values[2 * i + 1] ?? 0),
    2 * (values[2 * i] ?? 0) - 7,
  ]).flat()

describe('the way from one layout to another', () => {
  it('is nothing where the other is the same, turned, scaled and moved', () => {
    const other = { ids: own.ids, positions: Float32Array.from(turned(points)) }
    const { positions, distances } = morphWay(own, other, 2)
    for (const [i, value] of points.entries()) expect(positions[i]).toBeCloseTo(value, 4)
    expect(Math.max(...distances)).toBeLessThan(1e-4)
  })

  it('is longest for the photo that lies elsewhere', () => {
    const many = Array.from({ length: 60 }, (_, i) => [Math.cos(i), Math.sin(2 * i)]).flat()
    const ids = Uint32Array.from({ length: 60 }, (_, i) => i + 1)
    const moved = [...many]
    moved[2 * 17] = -3
    const { distances } = morphWay(
      { ids, positions: Float32Array.from(many) },
      { ids, positions: Float32Array.from(turned(moved)) },
      2,
    )
    expect(distances.indexOf(Math.max(...distances))).toBe(17)
  })

  it('leaves photos alone that only one model knows', () => {
    const other = {
      ids: Uint32Array.of(1, 2, 3, 7, 8, 9),
      positions: Float32Array.from([0, 0, 9, 9, 4, 1, 0, 3, 8, 8, 2, 1]),
    }
    const { isShared, positions, distances, onlyOther } = morphWay(own, other, 2)
    expect([...isShared]).toEqual([1, 1, 0, 1, 1])
    expect([positions[4], positions[5], distances[2]]).toEqual([4, 2, 0])
    expect(onlyOther).toBe(2)
  })

  it('is refused where next to no photo is known to both', () => {
    const other = { ids: Uint32Array.of(1, 2), positions: new Float32Array(4) }
    expect(() => morphWay(own, other, 2)).toThrow(CallError)
  })
})
