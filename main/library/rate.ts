// Work per second over the last few seconds.

const windowMs = 10_000

export class Rate {
  private events: { atMs: number; count: number }[] = []

  constructor(private readonly now: () => number = Date.now) {}

  add(count: number): void {
    const atMs = this.now()
    this.events.push({ atMs, count })
    const oldest = atMs - windowMs
    while (this.events.length > 2 && (this.events[0]?.atMs ?? atMs) < oldest) this.events.shift()
  }

  /** Forgets the past: a pause must not count as slowness. */
  restart(): void {
    this.events = []
  }

  /** 0 until there are two events to measure between. */
  get perSecond(): number {
    const first = this.events[0]
    const last = this.events.at(-1)
    if (first === undefined || last === undefined || last.atMs <= first.atMs) return 0
    const count = this.events.slice(1).reduce((sum, event) => sum + event.count, 0)
    return (count * 1000) / (last.atMs - first.atMs)
  }
}
