// What the next frame draws: a sample while things move, then, added to the same picture, the rest.

export interface FramePlan {
  /** Starts the picture anew; otherwise adds to it. */
  readonly clear: boolean
  readonly scale: number
  /** Soft edges; sampled dots go without. */
  readonly soft: boolean
  /** How many cards, 0 to leave those there as they are. */
  readonly cards: number
  readonly firstDot: number
  readonly dots: number
}

/** A card's work in dots: so much for itself, and so much for a pixel of it. */
const cardDots = 4
const cardDotsPerPixel = 0.06
/** Of a moving frame's budget. */
const cardsShare = 0.7

export class FramePlanner {
  /** Something changed that the picture shows. */
  private stale = true
  private cardsStale = false
  private drawn = 0
  private sampled = false

  /** All of it has to be drawn again. */
  restart(): void {
    this.stale = true
  }

  /** Cards came or changed; they lie over what is there. */
  redrawCards(): void {
    this.cardsStale = true
  }

  complete(points: number): boolean {
    return !this.stale && !this.cardsStale && !this.sampled && this.drawn >= points
  }

  get dotsDrawn(): number {
    return this.drawn
  }

  /** @param widthsPx of the cards in pixels of the drawing buffer, nearest first */
  moving(points: number, widthsPx: Float32Array, budget: number, scale: number): FramePlan {
    const cards = cardsWithin(widthsPx, budget * cardsShare)
    const dots = Math.min(
      points,
      Math.floor(Math.max(budget * (1 - cardsShare), budget - cards.cost)),
    )
    const whole = dots === points && cards.count === widthsPx.length && scale === 1
    this.drawn = dots
    this.sampled = !whole
    this.stale = false
    this.cardsStale = false
    return { clear: true, scale, soft: dots === points, cards: cards.count, firstDot: 0, dots }
  }

  /** @returns null when the picture is complete */
  resting(points: number, cards: number, budget: number): FramePlan | null {
    if (this.complete(points)) return null
    const clear = this.stale || this.sampled
    if (clear) this.drawn = 0
    const dots = Math.min(points - this.drawn, Math.floor(budget))
    const plan = {
      clear,
      scale: 1,
      soft: true,
      cards: clear || this.cardsStale ? cards : 0,
      firstDot: this.drawn,
      dots,
    }
    this.drawn += dots
    this.stale = false
    this.cardsStale = false
    this.sampled = false
    return plan
  }
}

/** Work of drawing all these cards, in dots. */
export const cardsWork = (widthsPx: Float32Array): number =>
  cardsWithin(widthsPx, Number.POSITIVE_INFINITY).cost

function cardsWithin(
  widthsPx: Float32Array,
  budget: number,
): { readonly count: number; readonly cost: number } {
  let cost = 0
  for (let count = 0; count < widthsPx.length; count++) {
    const next = cost + cardDots + cardDotsPerPixel * (widthsPx[count] ?? 0) ** 2
    if (next > budget) return { count, cost }
    cost = next
  }
  return { count: widthsPx.length, cost }
}
