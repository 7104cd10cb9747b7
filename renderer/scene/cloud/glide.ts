// How far points are on the way from where they were to where they belong.
import { eased } from './easing.ts'

export class Glide {
  /** 0 to 1. */
  share = 1
  private startedMs = 0
  private durationMs = 0

  get atRest(): boolean {
    return this.share === 1
  }

  start(nowMs: number, durationMs: number): void {
    this.startedMs = nowMs
    this.durationMs = durationMs
    this.share = durationMs > 0 ? 0 : 1
  }

  /** @returns whether anything moved */
  step(nowMs: number): boolean {
    if (this.atRest) return false
    const share = (nowMs - this.startedMs) / this.durationMs
    this.share = share >= 1 ? 1 : eased(Math.max(0, share))
    return true
  }
}
