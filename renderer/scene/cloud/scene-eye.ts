// Where the scene is seen from: what hands did to the eye, and flights to what is to be seen.
import { poseToSee, type Sphere } from './bounds.ts'
import { CameraHands } from './camera-hands.ts'
import { type CameraPose, poseOfView, viewOf } from './camera-pose.ts'
import { CameraRig } from './camera-rig.ts'
import type { CloudCameraView, CloudMotion } from './cloud-scene-types.ts'
import { type CloudInset, type FreeArea, freeArea, nothingCovered } from './free-area.ts'
import { middleOf, projector, type Seen } from './projector.ts'
import type { Vector } from './vector.ts'

/** Where it was sent last. */
interface Aim {
  readonly pose: CameraPose
  readonly untilMs: number
  readonly again: () => void
}

/** So long after it was sent somewhere, panels that this very step closes are still on their way. */
const leastAimMs = 300

export class SceneEye {
  readonly hands: CameraHands
  size = { widthPx: 1, heightPx: 1, pixelRatio: 1 }
  /** Whether it was ever sent anywhere on a canvas with a size. */
  aimed = false
  private readonly rig: CameraRig
  private inset: CloudInset = nothingCovered
  private lastAim: Aim | null = null

  /** @param calm moves at once, without easing (prefers-reduced-motion) */
  constructor(calm: () => boolean) {
    this.rig = new CameraRig(calm)
    this.hands = new CameraHands(this.rig)
  }

  get pose(): CameraPose {
    return this.rig.pose
  }

  get view(): CloudCameraView {
    return viewOf(this.rig.destination)
  }

  /** The next flight takes it into account, and so does one under way; nothing else moves. */
  setInset(inset: CloudInset): void {
    this.inset = inset
    const { lastAim } = this
    const steered = lastAim?.pose !== this.rig.destination
    if (lastAim !== null && !steered && performance.now() < lastAim.untilMs) lastAim.again()
  }

  setMotion(motion: CloudMotion): void {
    this.rig.motion = motion
  }

  resize(widthPx: number, heightPx: number, pixelRatio: number): void {
    this.size = { widthPx: Math.max(1, widthPx), heightPx: Math.max(1, heightPx), pixelRatio }
    this.hands.canvas = this.size
  }

  /** How near and far it may go follows from how large the cloud is. */
  bound({ radius }: Sphere, flat: boolean): void {
    this.rig.flat = flat
    this.rig.nearest = radius * 1e-3
    this.rig.farthest = radius * 20
  }

  /** @returns whether it moved */
  step(nowMs: number): boolean {
    return this.rig.step(nowMs)
  }

  /** Where the target is on the canvas. */
  get middle(): { readonly xPx: number; readonly yPx: number } {
    return middleOf(this.rig.pose, this.size)
  }

  projector(): (x: number, y: number, z: number) => Seen {
    return projector(this.rig.pose, this.size)
  }

  /** Looks at a plane squarely, from where it is. */
  straighten(nowMs: number, animateMs: number): void {
    this.rig.goTo(this.rig.destination, nowMs, animateMs)
  }

  /**
   * Shows these places whole.
   *
   * @param places [points, 3]
   * @param leastUnits comes no nearer
   */
  see(places: Float32Array, slots: readonly number[], leastUnits: number, animateMs: number): void {
    const nearest = Math.max(this.rig.nearest, leastUnits)
    this.aim(animateMs, (pose, free) =>
      poseToSee(pose, places, slots, this.hands.aspect, free, nearest),
    )
  }

  /** Moves towards a place, keeping the direction of view. */
  approach(target: Vector, leastUnits: number, animateMs: number): void {
    const near = Math.max(this.rig.nearest, leastUnits)
    this.aim(animateMs, (pose, { aside }) => {
      const distance = Math.min(pose.distance, near)
      return { ...pose, target, distance, aside }
    })
  }

  show(view: CloudCameraView, animateMs: number): void {
    this.aim(animateMs, (_, { aside }) => poseOfView(view, aside))
  }

  private aim(animateMs: number, poseAt: (pose: CameraPose, free: FreeArea) => CameraPose): void {
    const from = this.rig.destination
    const go = (): CameraPose => {
      const pose = poseAt(from, freeArea(this.size, this.inset))
      this.rig.goTo(pose, performance.now(), animateMs)
      return this.rig.destination
    }
    this.aimed = this.size.widthPx > 1
    const untilMs = performance.now() + Math.max(animateMs, leastAimMs)
    const again = (): void => {
      this.lastAim = { pose: go(), untilMs, again }
    }
    again()
  }
}
