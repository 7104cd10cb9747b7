// Turns what hands do on the canvas into moves of the eye and places pointed at.

export interface PointerAims {
  /** Pixels that a drag went. */
  readonly onTurn: (dxPx: number, dyPx: number) => void
  readonly onPan: (dxPx: number, dyPx: number) => void
  /** @param factor below 1 comes closer */
  readonly onZoom: (xPx: number, yPx: number, factor: number) => void
  /** Null when the pointer has left or drags. */
  readonly onPoint: (place: { readonly xPx: number; readonly yPx: number } | null) => void
}

/** Pixels of a wheel's step that halve the distance. */
const wheelHalfPx = 260
const pixelsPerLine = 32
/** Pinching sends steps of a few pixels. */
const pinchGain = 6

type Drag = 'turn' | 'pan'

export class PointerInput {
  /** While true the left button draws a selection that is not the scene's business. */
  selecting = false
  /** A plane is not turned: the left button pans. */
  flat = false
  private drag: { readonly pointer: number; readonly kind: Drag; xPx: number; yPx: number } | null =
    null
  private readonly listeners = new AbortController()

  constructor(
    private readonly canvas: HTMLCanvasElement,
    private readonly aims: PointerAims,
  ) {
    const { signal } = this.listeners
    canvas.addEventListener('pointerdown', (event) => this.press(event), { signal })
    canvas.addEventListener('pointermove', (event) => this.move(event), { signal })
    for (const name of ['pointerup', 'pointercancel'] as const)
      canvas.addEventListener(name, (event) => this.release(event), { signal })
    canvas.addEventListener('pointerleave', () => this.aims.onPoint(null), { signal })
    canvas.addEventListener('wheel', (event) => this.roll(event), { signal, passive: false })
    canvas.addEventListener('contextmenu', (event) => event.preventDefault(), { signal })
  }

  dispose(): void {
    this.listeners.abort()
  }

  private press(event: PointerEvent): void {
    const kind = this.dragOf(event)
    if (kind === null || this.drag !== null) return
    // The middle button would start the browser's own scrolling.
    if (event.button === 1) event.preventDefault()
    this.canvas.setPointerCapture(event.pointerId)
    this.drag = { pointer: event.pointerId, kind, xPx: event.clientX, yPx: event.clientY }
  }

  private dragOf({ button, shiftKey, ctrlKey, metaKey }: PointerEvent): Drag | null {
    if (button === 1 || button === 2) return 'pan'
    // With a key held, a press chooses photos.
    if (button !== 0 || this.selecting || ctrlKey || metaKey) return null
    return shiftKey || this.flat ? 'pan' : 'turn'
  }

  private move(event: PointerEvent): void {
    const { drag } = this
    if (drag === null) {
      this.aims.onPoint({ xPx: event.offsetX, yPx: event.offsetY })
      return
    }
    if (event.pointerId !== drag.pointer) return
    const [dx, dy] = [event.clientX - drag.xPx, event.clientY - drag.yPx]
    if (dx === 0 && dy === 0) return
    drag.xPx = event.clientX
    drag.yPx = event.clientY
    this.aims.onPoint(null)
    if (drag.kind === 'turn') this.aims.onTurn(dx, dy)
    else this.aims.onPan(dx, dy)
  }

  private release(event: PointerEvent): void {
    if (event.pointerId !== this.drag?.pointer) return
    this.drag = null
    if (event.type === 'pointerup') this.aims.onPoint({ xPx: event.offsetX, yPx: event.offsetY })
  }

  /**
   * Pinching arrives as a wheel with ctrl held. Two fingers on a touchpad move in both directions
   * and by parts of pixels; a mouse's wheel turns in one, by whole steps.
   */
  private roll(event: WheelEvent): void {
    event.preventDefault()
    const unit =
      event.deltaMode === WheelEvent.DOM_DELTA_PIXEL
        ? 1
        : event.deltaMode === WheelEvent.DOM_DELTA_LINE
          ? pixelsPerLine
          : this.canvas.clientHeight
    const [dx, dy] = [event.deltaX * unit, event.deltaY * unit]
    if (event.ctrlKey) this.zoom(event, dy * pinchGain)
    else if (fromTouchpad(event)) this.aims.onPan(-dx, -dy)
    else this.zoom(event, dy)
  }

  private zoom({ offsetX, offsetY }: WheelEvent, steps: number): void {
    this.aims.onZoom(offsetX, offsetY, 2 ** (Math.max(-400, Math.min(400, steps)) / wheelHalfPx))
  }
}

/** A mouse's wheel says whole multiples of 120 in the older field; touchpads say thrice the pixels. */
function fromTouchpad(event: WheelEvent): boolean {
  if (event.deltaMode !== WheelEvent.DOM_DELTA_PIXEL) return false
  if (event.deltaX !== 0) return true
  const older = 'wheelDeltaY' in event ? Number(event.wheelDeltaY) : 0
  return older !== 0 && older % 120 !== 0
}
