import { expect, it } from 'vitest'
import { tokenRows } from './token-rows.ts'

const shape = { contextTokens: 5, fills: false, padId: 9, endId: 2 }

it('fills shorter texts up to the longest, which the mask leaves out', () => {
  const rows = tokenRows(
    [
      [1, 4, 2],
      [1, 2],
    ],
    shape,
  )
  expect([...rows.ids]).toEqual([1, 4, 2, 1, 2, 9])
  expect([...rows.mask]).toEqual([1, 1, 1, 1, 1, 0])
})

it('fills up to the context where the network wants it', () => {
  const rows = tokenRows([[1, 2]], { ...shape, fills: true })
  expect(rows.length).toBe(5)
  expect([...rows.ids]).toEqual([1, 2, 9, 9, 9])
})

it('cuts a long text, which still ends as texts do', () => {
  expect([...tokenRows([[1, 4, 5, 6, 7, 8, 2]], shape).ids]).toEqual([1, 4, 5, 6, 2])
  const without = { ...shape, endId: undefined }
  expect([...tokenRows([[4, 5, 6, 7, 8, 3]], without).ids]).toEqual([4, 5, 6, 7, 8])
})

it('gives a text of no tokens a place', () => {
  expect(tokenRows([[]], shape)).toMatchObject({ length: 1, ids: Int32Array.of(9) })
})
