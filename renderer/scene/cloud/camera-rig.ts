// Moves the eye: towards where hands have put it, softly, or along a flight to a named place.
import {
  blendedPose,
  type CameraPose,
  flownPose,
  lookedAround,
  moved,
  orbited,
  poseGap,
  scaledAbout,
} from './camera-pose.ts'
import type { CloudMotion } from './cloud-scene-types.ts'
import { eased } from './easing.ts'
import type { Vector } from './vector.ts'

interface Flight {
  readonly from: CameraPose
  readonly startedMs: number
  readonly durationMs: number
}

/** In this time the eye goes all but a third of what is left of its way. */
const followMs = 70
/** Shares of the view under which nobody sees a move. */
const restGap = 2e-4
const beginning: CameraPose = { target: [0, 0, 0], distance: 3, yaw: 0, pitch: 0, aside: [0, 0] }

export class CameraRig {
  pose = beginning
  motion: CloudMotion = 'orbit'
  /** A plane is looked at squarely. */
  flat = false
  /** How far the eye may go, in units. */
  nearest = 1e-6
  farthest = 1e6
  private goal = beginning
  private flight: Flight | null = null
  private lastMs = 0

  /** @param calm moves at once, without easing (prefers-reduced-motion) */
  constructor(private readonly calm: () => boolean) {}

  get atRest(): boolean {
    return this.flight === null && this.pose === this.goal
  }

  /** @returns whether the eye moved */
  step(nowMs: number): boolean {
    const sinceMs = Math.min(100, nowMs - this.lastMs)
    this.lastMs = nowMs
    if (this.atRest) return false
    if (this.flight !== null) this.fly(this.flight, nowMs)
    else this.follow(sinceMs)
    return true
  }

  /** @param share of the way from one side of the canvas's height to the other */
  turn(shareX: number, shareY: number): void {
    if (this.flat) return
    const [yaw, pitch] = [-shareX * Math.PI, shareY * Math.PI]
    // Looking around moves the picture as far as the hand does, which is less than turning a ball.
    if (this.motion === 'fly') this.steer((pose) => lookedAround(pose, -yaw * 0.25, -pitch * 0.25))
    else this.steer((pose) => orbited(pose, yaw, pitch))
  }

  /** Moves the picture, by units at the target's depth. */
  pan(right: number, up: number): void {
    this.steer((pose) => moved(pose, -right, -up))
  }

  /** @param anchor what stays where it is on the canvas */
  zoom(anchor: Vector, factor: number): void {
    this.steer((pose) => {
      const distance = pose.distance * factor
      // At the closest the eye goes on through: the target moves ahead of it.
      if (distance < this.nearest && !this.flat)
        return moved(pose, 0, 0, pose.distance * (1 - factor))
      const held = Math.min(this.farthest, Math.max(this.nearest, distance))
      return scaledAbout(pose, anchor, held / pose.distance)
    })
  }

  moveAhead(units: number): void {
    this.steer((pose) => moved(pose, 0, 0, units))
  }

  goTo(goal: CameraPose, nowMs: number, animateMs: number): void {
    this.goal = this.flat ? { ...goal, yaw: 0, pitch: 0 } : goal
    this.flight = null
    if (animateMs <= 0 || this.calm()) this.pose = this.goal
    else this.flight = { from: this.pose, startedMs: nowMs, durationMs: animateMs }
  }

  /** Where it will come to rest. */
  get destination(): CameraPose {
    return this.goal
  }

  private steer(change: (pose: CameraPose) => CameraPose): void {
    if (this.flight !== null) this.goal = this.pose
    this.flight = null
    this.goal = change(this.goal)
    if (this.calm()) this.pose = this.goal
  }

  private fly({ from, startedMs, durationMs }: Flight, nowMs: number): void {
    const share = (nowMs - startedMs) / durationMs
    if (share >= 1) {
      this.flight = null
      this.pose = this.goal
    } else {
      this.pose = flownPose(from, this.goal, eased(Math.max(0, share)))
    }
  }

  private follow(sinceMs: number): void {
    const next = blendedPose(this.pose, this.goal, 1 - Math.exp(-sinceMs / followMs))
    this.pose = poseGap(next, this.goal) < restGap ? this.goal : next
  }
}
