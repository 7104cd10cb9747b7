import { describe, expect, it } from 'vitest'
import {
  blendedPose,
  type CameraPose,
  depthOf,
  eyeOf,
  flownPose,
  halfHeightAtOne,
  lookedAround,
  orbited,
  placeAt,
  poseGap,
  poseOfView,
  scaledAbout,
  viewOf,
} from './camera-pose.ts'
import { minus, type Vector } from './vector.ts'

const pose: CameraPose = { target: [1, 2, 3], distance: 5, yaw: 0.4, pitch: -0.3, aside: [0, 0] }

/** Where a place stands in the view, by three's own convention of a camera looking along -z. */
function seenAt(from: CameraPose, place: Vector, aspect: number): readonly [number, number] {
  const [x, y, z] = minus(place, eyeOf(from))
  const [sinY, cosY] = [Math.sin(from.yaw), Math.cos(from.yaw)]
  const [turnedX, turnedZ] = [x * cosY - z * sinY, x * sinY + z * cosY]
  const [sinP, cosP] = [Math.sin(from.pitch), Math.cos(from.pitch)]
  const up = y * cosP - turnedZ * sinP
  const back = y * sinP + turnedZ * cosP
  return [turnedX / -back / halfHeightAtOne / aspect, up / -back / halfHeightAtOne]
}

describe('camera pose', () => {
  it('puts what is under a point of the view where it was asked for', () => {
    const place = placeAt(pose, 0.5, -0.25, 3, 1.5)
    const [x, y] = seenAt(pose, place, 1.5)
    expect(x).toBeCloseTo(0.5, 10)
    expect(y).toBeCloseTo(-0.25, 10)
    expect(depthOf(pose, place)).toBeCloseTo(3, 10)
  })

  it('keeps what lies under the pointer there while zooming, at every moment of the way', () => {
    const anchor = placeAt(pose, 0.7, 0.6, 4, 1.5)
    const zoomed = scaledAbout(pose, anchor, 0.25)
    for (const share of [0, 0.3, 0.77, 1]) {
      const [x, y] = seenAt(blendedPose(pose, zoomed, share), anchor, 1.5)
      expect(x).toBeCloseTo(0.7, 10)
      expect(y).toBeCloseTo(0.6, 10)
    }
  })

  it('comes back to a kept view', () => {
    expect(poseGap(poseOfView(viewOf(pose), [0, 0]), pose)).toBeLessThan(1e-9)
  })

  it('keeps the eye where it is while looking around, and upright while orbiting', () => {
    const eye = eyeOf(pose)
    for (const [axis, at] of eyeOf(lookedAround(pose, 0.5, 0.2)).entries())
      expect(at).toBeCloseTo(eye[axis] ?? Number.NaN, 10)
    expect(Math.abs(orbited(pose, 0, 9).pitch)).toBeLessThan(Math.PI / 2)
  })

  it('flies the short way round and zooms by equal factors', () => {
    const from = { ...pose, yaw: 3, distance: 1 }
    const to = { ...pose, yaw: -3, distance: 100 }
    const middle = flownPose(from, to, 0.5)
    expect(middle.distance).toBeCloseTo(10, 10)
    expect(Math.abs(middle.yaw)).toBeCloseTo(Math.PI, 10)
  })
})
