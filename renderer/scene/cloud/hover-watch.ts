// Which point the pointer is on: asked once a picture is complete, told only when it is another.

interface Place {
  readonly xPx: number
  readonly yPx: number
}

export class HoverWatch {
  /** The point under the pointer, null for none. */
  hovered: number | null = null
  private pointer: Place | null = null
  private stale = false

  constructor(
    private readonly pick: (xPx: number, yPx: number) => number | null,
    private readonly onHover: (point: number | null) => void,
  ) {}

  /** @param place null when the pointer has left or drags */
  point(place: Place | null): void {
    this.pointer = place
    this.stale = true
  }

  /** Something else may have come under the pointer. */
  doubt(): void {
    this.stale = true
  }

  /** Other points are there. */
  forget(): void {
    this.hovered = null
  }

  ask(): void {
    if (!this.stale) return
    this.stale = false
    const { pointer } = this
    const point = pointer === null ? null : this.pick(pointer.xPx, pointer.yPx)
    if (point === this.hovered) return
    this.hovered = point
    this.onHover(point)
  }
}
