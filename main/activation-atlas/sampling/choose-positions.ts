// Which positions of a layer are looked at on a photo.
import { randomFrom } from '../../inspect/dream/random.ts'

/** At the border a layer sees more padding than photo; a map smaller than this has no middle. */
const leastSideWithBorder = 5

export interface Position {
  readonly row: number
  readonly column: number
}

/**
 * Positions chosen at random, none twice, none at the border.
 *
 * The same photo gets the same positions whatever other photos there are.
 *
 * @returns at most `count`, fewer from a map with fewer positions
 */
export function choosePositions(
  heightPx: number,
  widthPx: number,
  count: number,
  seed: number,
  photoId: number,
): readonly Position[] {
  const border = Math.min(heightPx, widthPx) >= leastSideWithBorder ? 1 : 0
  const [rows, columns] = [heightPx - 2 * border, widthPx - 2 * border]
  const places = Uint32Array.from({ length: rows * columns }, (_, i) => i)
  const random = randomFrom(seedOf(seed, photoId))
  const chosen: Position[] = []
  for (let i = 0; i < Math.min(count, places.length); i++) {
    const at = i + Math.floor(random() * (places.length - i))
    const place = places[at] ?? 0
    places[at] = places[i] ?? 0
    chosen.push({ row: Math.floor(place / columns) + border, column: (place % columns) + border })
  }
  return chosen
}

/**
 * The photos that are looked at: a random part of the library that only grows with `count`, so that
 * more photos go on from fewer, and photos that come later do not turn everything over.
 *
 * @returns `count` of the ids, in the order in which they are chosen
 */
export function choosePhotos(ids: Uint32Array, count: number, seed: number): Uint32Array {
  const keys = new Map(Array.from(ids, (id) => [id, randomFrom(seedOf(seed, id))()] as const))
  return ids
    .slice()
    .sort((a, b) => (keys.get(a) ?? 0) - (keys.get(b) ?? 0) || a - b)
    .slice(0, count)
}

/** Far apart for neighbouring seeds and photos: multiplied by odd constants (Knuth, Steele). */
const seedOf = (seed: number, photoId: number): number =>
  (Math.imul(seed, 0x9e3779b1) ^ Math.imul(photoId, 0x85ebca6b)) >>> 0
