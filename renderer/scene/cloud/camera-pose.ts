// Where the eye stands and how a pose changes; the eye keeps upright and never rolls.
import type { CloudCameraView } from './cloud-scene-types.ts'
import { add, blend, dot, length, minus, type Vector } from './vector.ts'

export interface CameraPose {
  /** What the eye turns about. */
  readonly target: Vector
  /** From the eye to the target. */
  readonly distance: number
  /** Radians; at 0 and 0 the eye looks along -z. */
  readonly yaw: number
  readonly pitch: number
  /** Where on the canvas the target is: right and down of the middle, in shares of its sides. */
  readonly aside: readonly [number, number]
}

export interface CameraAxes {
  readonly right: Vector
  readonly up: Vector
  /** From the target to the eye. */
  readonly back: Vector
}

export const fieldOfViewDegrees = 40
/** Half the height of the view at a distance of one. */
export const halfHeightAtOne = Math.tan((fieldOfViewDegrees / 360) * Math.PI)

/** Past this the eye would stand on its head. */
const steepest = Math.PI / 2 - 0.01
const turn = 2 * Math.PI

export function axesOf({ yaw, pitch }: CameraPose): CameraAxes {
  const [sinYaw, cosYaw] = [Math.sin(yaw), Math.cos(yaw)]
  const [sinPitch, cosPitch] = [Math.sin(pitch), Math.cos(pitch)]
  return {
    right: [cosYaw, 0, -sinYaw],
    up: [-sinYaw * sinPitch, cosPitch, -cosYaw * sinPitch],
    back: [sinYaw * cosPitch, sinPitch, cosYaw * cosPitch],
  }
}

export const eyeOf = (pose: CameraPose): Vector =>
  add(pose.target, axesOf(pose).back, pose.distance)

const clampPitch = (pitch: number): number => Math.min(steepest, Math.max(-steepest, pitch))

/** Turns the eye about the target. */
export const orbited = (pose: CameraPose, yaw: number, pitch: number): CameraPose => ({
  ...pose,
  yaw: pose.yaw + yaw,
  pitch: clampPitch(pose.pitch + pitch),
})

/** Turns the head where it is. */
export function lookedAround(pose: CameraPose, yaw: number, pitch: number): CameraPose {
  const eye = eyeOf(pose)
  const turned = orbited(pose, yaw, pitch)
  return { ...turned, target: add(eye, axesOf(turned).back, -pose.distance) }
}

/** @param right @param up in units of the layout */
export function moved(pose: CameraPose, right: number, up: number, forward = 0): CameraPose {
  const axes = axesOf(pose)
  const aside = add(add(pose.target, axes.right, right), axes.up, up)
  return { ...pose, target: add(aside, axes.back, -forward) }
}

/** Shrinks the way from `anchor` to the eye: what lies at `anchor` stays where it is on the canvas. */
export const scaledAbout = (pose: CameraPose, anchor: Vector, factor: number): CameraPose => ({
  ...pose,
  target: blend(anchor, pose.target, factor),
  distance: pose.distance * factor,
})

/** Every part goes the same share of its way, so an anchor of {@link scaledAbout} stays put. */
export const blendedPose = (from: CameraPose, to: CameraPose, share: number): CameraPose => ({
  target: blend(from.target, to.target, share),
  distance: from.distance + (to.distance - from.distance) * share,
  yaw: from.yaw + (to.yaw - from.yaw) * share,
  pitch: from.pitch + (to.pitch - from.pitch) * share,
  aside: [
    from.aside[0] + (to.aside[0] - from.aside[0]) * share,
    from.aside[1] + (to.aside[1] - from.aside[1]) * share,
  ],
})

/** For long ways: the distance changes by equal factors, the eye turns the short way round. */
export function flownPose(from: CameraPose, to: CameraPose, share: number): CameraPose {
  const nearestYaw = to.yaw + turn * Math.round((from.yaw - to.yaw) / turn)
  const straight = blendedPose(from, { ...to, yaw: nearestYaw }, share)
  return { ...straight, distance: from.distance * (to.distance / from.distance) ** share }
}

/** How far two poses are apart, in shares of the view. */
export const poseGap = (a: CameraPose, b: CameraPose): number =>
  Math.max(
    length(minus(a.target, b.target)) / b.distance,
    Math.abs(a.distance / b.distance - 1),
    Math.abs(a.yaw - b.yaw),
    Math.abs(a.pitch - b.pitch),
    Math.abs(a.aside[0] - b.aside[0]),
    Math.abs(a.aside[1] - b.aside[1]),
  )

export const viewOf = (pose: CameraPose): CloudCameraView => ({
  position: eyeOf(pose),
  target: pose.target,
  up: axesOf(pose).up,
})

/** A kept view's roll is dropped: the eye keeps upright. */
export function poseOfView(
  { position, target }: CloudCameraView,
  aside: CameraPose['aside'],
): CameraPose {
  const back = minus(position, target)
  const distance = Math.max(length(back), 1e-9)
  const pitch = Math.asin(Math.min(1, Math.max(-1, back[1] / distance)))
  return { target, distance, yaw: Math.atan2(back[0], back[2]), pitch: clampPitch(pitch), aside }
}

/** Distance of a place from the eye along the line of sight. */
export const depthOf = (pose: CameraPose, place: Vector): number =>
  pose.distance - dot(minus(place, pose.target), axesOf(pose).back)

/**
 * The place under a point of the view at a depth.
 *
 * @param x @param y from where the target is: 2 to the right or up is a whole side of the canvas
 */
export function placeAt(
  pose: CameraPose,
  x: number,
  y: number,
  depth: number,
  aspect: number,
): Vector {
  const half = halfHeightAtOne * depth
  return moved(pose, x * half * aspect, y * half, depth - pose.distance).target
}
