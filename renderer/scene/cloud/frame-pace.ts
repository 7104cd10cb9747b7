// How much one frame may hold, learnt from how long frames take while the picture moves.

/** Frames that come faster have time to spare; slower ones stutter. */
const spareMs = 22
const slowMs = 36
const aimMs = 30
const growth = 1.15
/** Below the first the canvas itself is too much: moving pictures get coarser until the second. */
const coarseBelow = 8_000
const fineAbove = 40_000
const least = 6_000
const most = 8_000_000

export class FramePace {
  /** Scale of the drawing buffer while moving. */
  scale = 1
  private readonly recent: number[] = []

  /** @param budget dots that a frame may hold, or as much work of another kind */
  constructor(public budget: number) {}

  /** A move begins: frames before it tell nothing, and a better resolution may be tried. */
  begin(): void {
    this.recent.length = 0
    if (this.budget > fineAbove) this.scale = 1
  }

  /**
   * @param intervalMs from the frame before to this one, both of one move
   * @param full whether the frame held all that the budget allows
   */
  record(intervalMs: number, full: boolean): void {
    this.recent.push(intervalMs)
    if (this.recent.length < 3) return
    // One late frame is no slow scene: the middle of three counts.
    const middle = this.recent.toSorted((a, b) => a - b)[1] ?? aimMs
    this.recent.shift()
    if (middle > slowMs) {
      this.budget = Math.max(least, this.budget * Math.max(0.5, aimMs / middle))
      this.recent.length = 0
      if (this.budget < coarseBelow) this.scale = 0.5
    } else if (middle < spareMs && full) {
      this.budget = Math.min(most, this.budget * growth)
    }
  }
}
