import { describe, expect, it } from 'vitest'
import { type CardQuery, CardSearch } from './card-search.ts'
import { pointArrays } from './point-arrays.ts'

/** Points along the line of sight and beside it, the eye at z = 10. */
function query(places: readonly (readonly number[])[], change: Partial<CardQuery> = {}): CardQuery {
  const arrays = pointArrays(places.length)
  arrays.to.set(places.flat())
  arrays.from.set(places.flat())
  return {
    pose: { target: [0, 0, 0], distance: 10, yaw: 0, pitch: 0, aside: [0, 0] },
    canvas: { widthPx: 800, heightPx: 600 },
    arrays,
    glide: 1,
    cardUnits: 0.5,
    leastPx: 9,
    most: 100,
    aspectOf: () => 1,
    flat: false,
    ...change,
  }
}

function search(of: CardQuery, step = 1000): ReturnType<CardSearch['step']> {
  const searching = new CardSearch()
  searching.start(of)
  let found = searching.step(step)
  while (found === null) found = searching.step(step)
  return found
}

describe('CardSearch', () => {
  it('finds the near ones in sight, nearest first, however small its steps', () => {
    const places = [
      [1, 0, 0],
      [-1, 0, 5],
      [0, 0, -900],
      [50, 0, 0],
      [0, 0, 11],
      [0, 1, 2],
    ]
    for (const step of [1, 4, 100])
      expect([...(search(query(places), step)?.slots ?? [])]).toEqual([1, 5, 0])
  })

  it('leaves out what is hidden, faint, or behind a nearer photo', () => {
    const of = query([
      [0, 0, 4],
      [0, 0, 0],
      [1.5, 0, 0],
      [-1.5, 0, 0],
    ])
    of.arrays.paint[2 * 4 + 3] = 1
    of.arrays.paint[3 * 4 + 3] = 2
    expect([...(search(of)?.slots ?? [])]).toEqual([0])
  })

  it('takes later slots for the upper ones in a plane, and selected ones first', () => {
    const of = query(
      [
        [-1, 0, 0],
        [0, 0, 0],
        [1, 0, 0],
      ],
      { flat: true },
    )
    of.arrays.paint[0 * 4 + 3] = 4
    expect([...(search(of)?.slots ?? [])]).toEqual([0, 2, 1])
  })

  it('rates a photo in the middle above one of the same width at the edge', () => {
    const found = search(
      query([
        [4, 0, 0],
        [0, 0, 0],
      ]),
    )
    const worth = new Map(Array.from(found?.slots ?? [], (slot, i) => [slot, found?.worths[i]]))
    expect(worth.get(1)).toBeGreaterThan(worth.get(0) ?? Number.NaN)
  })
})
