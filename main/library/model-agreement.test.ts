import { expect, it } from 'vitest'
import { labelSet } from '../models/labels.ts'
import { agreementOf } from './model-agreement.ts'

const own = labelSet([
  ['', 'cat'],
  ['', 'dog'],
  ['', 'car'],
])
/** The same things under other numbers, and one more. */
const other = labelSet([
  ['', 'Dog'],
  ['', 'cat'],
  ['', 'wolf'],
])

it('compares labels by their names, whatever their numbers', () => {
  const pairs = [
    { own: 1, other: 0, count: 5 },
    { own: 1, other: 2, count: 3 },
    { own: 0, other: 1, count: 2 },
    { own: 2, other: 0, count: 1 },
  ]
  const found = agreementOf(pairs, own, other)
  expect([found.photos, found.same]).toEqual([11, 7])
  expect(
    found.differences.map(({ ownName, otherName, count }) => [ownName, otherName, count]),
  ).toEqual([
    ['dog', 'wolf', 3],
    ['car', 'Dog', 1],
  ])
  expect(found.matrix).toEqual({
    rows: ['dog', 'cat', 'car'],
    columns: ['cat', 'Dog', 'wolf'],
    counts: [
      [0, 5, 3],
      [2, 0, 0],
      [0, 1, 0],
    ],
  })
})

it('says nothing of no photos', () => {
  expect(agreementOf([], own, other)).toEqual({
    photos: 0,
    same: 0,
    matrix: { rows: [], columns: [], counts: [] },
    differences: [],
  })
})
