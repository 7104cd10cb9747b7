import { describe, expect, it } from 'vitest'
import type { Categories } from './cloud-colour-by.ts'
import { legendOf, noneKey, otherKey } from './cloud-legend.ts'
import { categoryColours } from './cloud-palette.ts'

const categories = (keys: readonly number[]): Categories => ({
  kind: 'categories',
  keys: Int32Array.from(keys),
  nameOf: (key) => `kind ${key}`,
  noneName: 'None',
})

/** `count` points of each of these kinds, the first kind most often. */
const many = (kinds: number): number[] =>
  Array.from({ length: kinds }, (_, kind) => Array<number>(kinds + 1 - kind).fill(kind)).flat()

describe('a legend of kinds', () => {
  it('puts the most frequent first and gives every point its colour', () => {
    const { entries, entryOf, coloursRgb } = legendOf(categories([7, 3, 3, noneKey]), 'dark')
    expect(entries.map(({ name, count }) => [name, count])).toEqual([
      ['kind 3', 2],
      ['kind 7', 1],
      ['None', 1],
    ])
    expect([...entryOf]).toEqual([1, 0, 0, 2])
    const [first, second] = categoryColours('dark')
    expect([...coloursRgb.subarray(0, 6)]).toEqual([...(second ?? []), ...(first ?? [])])
  })

  it('gathers all but the twelve most frequent', () => {
    const { entries, entryOf } = legendOf(categories(many(15)), 'dark')
    expect(entries).toHaveLength(13)
    expect(entries.at(-1)).toMatchObject({ key: otherKey, name: '3 others', count: 4 + 3 + 2 })
    expect(entryOf.at(-1)).toBe(12)
    expect(entries.reduce((sum, { count }) => sum + count, 0)).toBe(many(15).length)
  })
})

describe('a legend of numbers', () => {
  const reading = (values: readonly number[], range: readonly [number, number] | null) =>
    legendOf({ kind: 'values', values, range, text: String }, 'dark')

  it('has five bands that hold every point', () => {
    const { entries, entryOf, ends } = reading([0, 0.1, 0.5, 0.99, 1], [0, 1])
    expect(entries.map(({ count }) => count)).toEqual([2, 0, 1, 0, 2])
    expect([...entryOf]).toEqual([0, 0, 2, 4, 4])
    expect(ends).toEqual(['0', '1'])
  })

  it('is not stretched by a single far value', () => {
    const values = [...Array.from({ length: 1000 }, (_, at) => at), 1e9]
    expect(Number(reading(values, null).ends?.[1])).toBeLessThan(1000)
  })

  it('gets lighter with the value on a dark backdrop', () => {
    const { coloursRgb } = reading([0, 0.5, 1], [0, 1])
    const lightness = [0, 1, 2].map((point) =>
      coloursRgb.subarray(point * 3, point * 3 + 3).reduce((sum, part) => sum + part, 0),
    )
    expect(lightness).toEqual([...lightness].sort((a, b) => a - b))
  })
})
