// Tells of changes soon, but not of every one: many come in a moment.

const leastMs = 200

export class StatusTeller {
  private timer: NodeJS.Timeout | undefined
  private toldMs = Number.NEGATIVE_INFINITY
  private disposed = false

  constructor(private readonly tellNow: () => void) {}

  /** Something changed. */
  tell(): void {
    if (this.disposed || this.timer !== undefined) return
    const waitMs = Math.max(0, this.toldMs + leastMs - performance.now())
    this.timer = setTimeout(() => {
      this.timer = undefined
      this.toldMs = performance.now()
      this.tellNow()
    }, waitMs)
    this.timer.unref()
  }

  dispose(): void {
    this.disposed = true
    clearTimeout(this.timer)
  }
}
