import { randomFrom } from '../../inspect/dream/random.ts'

/** `most` of the numbers below `count`, ascending, the same for the same seed; or all of them. */
export function randomRows(count: number, most: number, seed: number): readonly number[] {
  if (count <= most) return Array.from({ length: count }, (_, row) => row)
  const random = randomFrom(seed)
  const chosen = new Set<number>()
  while (chosen.size < most) chosen.add(Math.floor(random() * count))
  return [...chosen].sort((a, b) => a - b)
}
