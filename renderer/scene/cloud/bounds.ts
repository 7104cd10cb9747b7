// The box that holds the points, and how far to stand off to see some of them whole.
import { axesOf, type CameraPose, halfHeightAtOne } from './camera-pose.ts'
import type { FreeArea } from './free-area.ts'
import { add, type Vector } from './vector.ts'

export interface Sphere {
  readonly centre: Vector
  readonly radius: number
}

/** @param places [points, 3] */
export function sphereAround(places: readonly Float32Array[]): Sphere {
  const low = [Infinity, Infinity, Infinity]
  const high = [-Infinity, -Infinity, -Infinity]
  for (const array of places) {
    for (let i = 0; i < array.length; i++) {
      const value = array[i] ?? 0
      const axis = i % 3
      if (value < (low[axis] ?? 0)) low[axis] = value
      if (value > (high[axis] ?? 0)) high[axis] = value
    }
  }
  const [x = 0, y = 0, z = 0] = low.map((value, axis) => (value + (high[axis] ?? 0)) / 2)
  if (!Number.isFinite(x + y + z)) return { centre: [0, 0, 0], radius: 1 }
  const [wide = 0, tall = 0, deep = 0] = low.map((value, axis) => (high[axis] ?? 0) - value)
  return { centre: [x, y, z], radius: Math.max(Math.hypot(wide, tall, deep) / 2, 1e-6) }
}

/** Share of what is free of the canvas that the points may fill. */
const filled = 0.86

/**
 * Keeps the direction of view.
 *
 * @param places [points, 3]
 * @param slots of the points to be seen
 */
export function poseToSee(
  pose: CameraPose,
  places: Float32Array,
  slots: Iterable<number>,
  aspect: number,
  free: FreeArea,
  leastDistance: number,
): CameraPose {
  const { right, up, back } = axesOf(pose)
  const list = Uint32Array.from(slots)
  const low = [Infinity, Infinity, Infinity]
  const high = [-Infinity, -Infinity, -Infinity]
  const along = (axis: Vector, at: number): number =>
    (places[at] ?? 0) * axis[0] + (places[at + 1] ?? 0) * axis[1] + (places[at + 2] ?? 0) * axis[2]
  const axes = [right, up, back]
  for (const slot of list) {
    for (let i = 0; i < 3; i++) {
      const value = along(axes[i] ?? back, slot * 3)
      low[i] = Math.min(low[i] ?? 0, value)
      high[i] = Math.max(high[i] ?? 0, value)
    }
  }
  const [x = 0, y = 0, z = 0] = low.map((value, i) => (value + (high[i] ?? 0)) / 2)
  if (!Number.isFinite(x + y + z)) return pose
  const [halfWidth, halfHeight] = [
    halfHeightAtOne * aspect * free.sides[0] * filled,
    halfHeightAtOne * free.sides[1] * filled,
  ]
  let distance = leastDistance
  for (const slot of list) {
    const aside = Math.abs(along(right, slot * 3) - x) / halfWidth
    const above = Math.abs(along(up, slot * 3) - y) / halfHeight
    distance = Math.max(distance, along(back, slot * 3) - z + Math.max(aside, above))
  }
  const target = add(add(add([0, 0, 0], right, x), up, y), back, z)
  return { ...pose, target, distance, aside: free.aside }
}
