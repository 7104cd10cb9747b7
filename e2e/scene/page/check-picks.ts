// Whether picking finds what lies in front, told from the points' places alone.
import type { CloudScene } from '../../../renderer/scene/cloud/cloud-scene.ts'
import { randomNumbers } from './synthetic-cloud.ts'

export interface PickCheck {
  readonly tried: number
  readonly right: number
}

/** A dot covers the pixels this near to its middle, however small it is, */
const surelyCoveredPx = 0.7
/** and none this far away, however large. */
const neverCoveredPx = 19

/**
 * Picks at the middles of points chosen at random. Right is a point that can cover the pixel and that is
 * not farther from the eye than any that surely covers it.
 *
 * @param places [points, 3]
 * @param hidden 1 for points that must not be found
 */
export function checkPicks(
  scene: CloudScene,
  places: Float32Array,
  hidden: Uint8Array,
  tries: number,
): PickCheck {
  const random = randomNumbers(99)
  const points = places.length / 3
  const seen = Array.from({ length: points }, (_, point) => scene.whereIs(point))
  const { position, target } = scene.view()
  const sight = position.map((value, axis) => value - (target[axis] ?? 0))
  const farAway = (point: number): number =>
    position.reduce(
      (sum, value, axis) => sum + (value - (places[point * 3 + axis] ?? 0)) * (sight[axis] ?? 0),
      0,
    )
  const onCanvas = seen.flatMap((at, point) =>
    at !== null && at.xPx > 5 && at.yPx > 5 && at.xPx < innerWidth - 5 && at.yPx < innerHeight - 5
      ? [point]
      : [],
  )
  let right = 0
  for (let i = 0; i < tries; i++) {
    const at = seen[onCanvas[Math.floor(random() * onCanvas.length)] ?? 0]
    if (at === null || at === undefined) continue
    const found = scene.pick(at.xPx, at.yPx)
    if (found === null || hidden[found] === 1) continue
    const away = (point: number): number => {
      const place = seen[point]
      return place ? Math.hypot(place.xPx - at.xPx, place.yPx - at.yPx) : Number.POSITIVE_INFINITY
    }
    const covering = onCanvas.filter((point) => away(point) < surelyCoveredPx)
    const nearest = Math.min(...covering.map(farAway))
    if (away(found) < neverCoveredPx && farAway(found) <= nearest * 1.0005) right++
  }
  return { tried: tries, right }
}
