// The course of what moves by itself: slow, fast, slow.

/** @param share 0 to 1 of the time; returns the share of the way */
export const eased = (share: number): number =>
  share < 0.5 ? 4 * share ** 3 : 1 - (2 - 2 * share) ** 3 / 2
