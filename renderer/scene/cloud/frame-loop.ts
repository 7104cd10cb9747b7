// Draws when asked and goes on only while a drawing says that there is more to draw.

export class FrameLoop {
  private frame = 0

  /** @param draw returns whether another frame is wanted */
  constructor(private readonly draw: (nowMs: number) => boolean) {}

  get atRest(): boolean {
    return this.frame === 0
  }

  request(): void {
    if (this.frame !== 0) return
    this.frame = requestAnimationFrame((nowMs) => {
      this.frame = 0
      if (this.draw(nowMs)) this.request()
    })
  }

  stop(): void {
    cancelAnimationFrame(this.frame)
    this.frame = 0
  }
}
