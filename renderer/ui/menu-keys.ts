// How keys move through a menu.

/**
 * @param at the item that has the focus; -1 for none
 * @returns the item to go to, or null when the key is not one of a menu's
 */
export function menuIndexAfterKey(key: string, at: number, count: number): number | null {
  if (count === 0) return null
  switch (key) {
    case 'ArrowDown':
      return (at + 1) % count
    case 'ArrowUp':
      return at <= 0 ? count - 1 : at - 1
    case 'Home':
      return 0
    case 'End':
      return count - 1
    // It would leave the menu open and go on behind it.
    case 'Tab':
      return Math.max(at, 0)
    default:
      return null
  }
}
