import { expect, it } from 'vitest'
import { menuIndexAfterKey } from './menu-keys.ts'

it('moves round a menu, to its ends, and nowhere by other keys', () => {
  expect(menuIndexAfterKey('ArrowDown', -1, 3)).toBe(0)
  expect(menuIndexAfterKey('ArrowDown', 2, 3)).toBe(0)
  expect(menuIndexAfterKey('ArrowUp', 0, 3)).toBe(2)
  expect(menuIndexAfterKey('ArrowUp', -1, 3)).toBe(2)
  expect(menuIndexAfterKey('Home', 2, 3)).toBe(0)
  expect(menuIndexAfterKey('End', 0, 3)).toBe(2)
  expect(menuIndexAfterKey('Tab', 1, 3)).toBe(1)
  expect(menuIndexAfterKey('a', 1, 3)).toBeNull()
  expect(menuIndexAfterKey('ArrowDown', 0, 0)).toBeNull()
})
