// How many photos an atlas can be made of.
import { formatCount } from '../../ui/format.ts'

/** Some minutes of work on a laptop; more photos change little. */
export const firstPhotoCount = 5000
const steps = [500, 2000, 5000, 20_000] as const

/** Fewer than there are, and all of them. */
export function photoChoices(
  photoCount: number,
): readonly (readonly [photos: number, words: string])[] {
  return [
    ...steps.filter((step) => step < photoCount).map((step) => [step, formatCount(step)] as const),
    [photoCount, `All ${formatCount(photoCount)}`],
  ]
}
