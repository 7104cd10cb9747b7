// Where the keys of a toolbar lead (WAI-ARIA toolbar pattern): the ends are joined.

export type ToolbarDirection = 'vertical' | 'horizontal'

/** @returns the place of the next button, null when the key is not the toolbar's */
export function nextStop(
  key: string,
  at: number,
  count: number,
  direction: ToolbarDirection,
): number | null {
  if (count === 0) return null
  const [back, on] =
    direction === 'vertical' ? ['ArrowUp', 'ArrowDown'] : ['ArrowLeft', 'ArrowRight']
  if (key === on) return (at + 1) % count
  if (key === back) return (at + count - 1) % count
  if (key === 'Home') return 0
  if (key === 'End') return count - 1
  return null
}
