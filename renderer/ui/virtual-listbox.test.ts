import { expect, it } from 'vitest'
import { indexAfterKey } from './virtual-listbox.tsx'

it('walks a list by key and stays within it', () => {
  expect(indexAfterKey('ArrowDown', -1, 10, 4)).toBe(0)
  expect(indexAfterKey('ArrowDown', 9, 10, 4)).toBe(9)
  expect(indexAfterKey('ArrowUp', -1, 10, 4)).toBe(0)
  expect(indexAfterKey('PageDown', 2, 10, 4)).toBe(5)
  expect(indexAfterKey('PageUp', 2, 10, 4)).toBe(0)
  expect(indexAfterKey('End', 2, 10, 4)).toBe(9)
})

it('leaves other keys alone, and all of them in an empty list', () => {
  expect(indexAfterKey('a', 2, 10, 4)).toBeNull()
  expect(indexAfterKey('ArrowDown', -1, 0, 4)).toBeNull()
})
