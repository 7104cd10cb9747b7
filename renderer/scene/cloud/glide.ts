// How far points are on the way from where they were to where they belong.
import { eased } from './easing.ts'

export class Glide {
  /** 0 to 1. */
  share = 1
  /** Points rest on their way, at a share that somebody chose. */
  private held = false
  private doubted = false
  private from = 0
  private to = 1
  private startedMs = 0
  private durationMs = 0

  get atRest(): boolean {
    return this.held ? this.share === this.to && !this.doubted : this.share === 1
  }

  get onTheWay(): boolean {
    return this.share !== 1
  }

  start(nowMs: number, durationMs: number): void {
    this.held = false
    this.from = 0
    this.to = 1
    this.startedMs = nowMs
    this.durationMs = durationMs
    this.share = durationMs > 0 ? 0 : 1
  }

  /** Goes to a share of the way and stays there. */
  hold(share: number, nowMs: number, durationMs: number): void {
    this.held = true
    this.doubted = true
    this.from = this.share
    this.to = share
    this.startedMs = nowMs
    this.durationMs = durationMs
    if (durationMs <= 0) this.share = share
  }

  /** @returns whether anything moved */
  step(nowMs: number): boolean {
    if (this.atRest) return false
    this.doubted = false
    const passed = this.durationMs <= 0 ? 1 : (nowMs - this.startedMs) / this.durationMs
    const share = passed >= 1 ? 1 : eased(Math.max(0, passed))
    this.share = share === 1 ? this.to : this.from + (this.to - this.from) * share
    return true
  }
}
