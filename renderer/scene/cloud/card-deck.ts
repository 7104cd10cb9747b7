// Which photos are drawn as pictures: finds the near ones, has their pictures loaded, fades them in.
import { type CardChoice, CardSearch, noCards } from './card-search.ts'
import { cardsWork, type FramePlanner } from './frame-plan.ts'
import { type PaintedView, pointsIn } from './painted-view.ts'
import type { PhotoCards } from './photo-cards.ts'
import type { PhotoPictures } from './photo-pictures.ts'

/** Narrower photos are dots. */
const leastPhotoPx = 9
/** A frame leaves less of the picture to be seen. */
const leastFramedPx = 14
const fadeSeconds = 0.3
const togetherMs = 150
/** Points looked at in one frame to find the near ones. */
const searchedMoving = 60_000
const searchedResting = 300_000

/** What the deck has to know of the frame at hand. */
export interface DeckFrame {
  readonly nowMs: number
  readonly moving: boolean
  readonly flat: boolean
  /** Dots that one frame may hold, or as much work of another kind. */
  readonly budget: number
}

export class CardDeck {
  choice: CardChoice = noCards
  private readonly search = new CardSearch()
  private searchStale = true
  private picturesStale = false
  private refreshedMs = 0
  private fadedLast = false

  constructor(
    private readonly cards: PhotoCards,
    private readonly pictures: PhotoPictures,
    private readonly planner: FramePlanner,
  ) {}

  /** The search has to begin again. */
  searchAgain(): void {
    this.searchStale = true
  }

  /** Pictures came. */
  refresh(): void {
    this.picturesStale = true
  }

  /** Other points are there. */
  forget(): void {
    this.choice = noCards
    this.search.stop()
    this.pictures.lookAgain()
  }

  /** @returns whether another frame is wanted */
  step(view: PaintedView, frame: DeckFrame): boolean {
    const searching = this.find(view, frame)
    const waiting = this.refill(view, frame)
    const fading = this.fade(view, frame)
    return searching || waiting || fading
  }

  dispose(): void {
    this.search.stop()
  }

  /** @returns whether the search goes on */
  private find(view: PaintedView, { moving, flat }: DeckFrame): boolean {
    const { search } = this
    if (view.photoUnits <= 0 && this.choice.slots.length === 0) return false
    if (this.searchStale && !(moving && search.running)) {
      this.searchStale = false
      const { arrays, pose, glide, size, photoUnits, aspectOf } = view
      search.start({
        arrays,
        pose,
        glide,
        aspectOf,
        canvas: size,
        flat,
        cardUnits: photoUnits,
        leastPx: view.framed ? leastFramedPx : leastPhotoPx,
        most: photoUnits > 0 ? this.cards.most : 0,
      })
    }
    const found = search.step(moving ? searchedMoving : searchedResting)
    if (found !== null) {
      if (!moving && !sameSlots(found.slots, this.choice.slots)) this.planner.restart()
      this.choice = found
      this.picturesStale = true
      this.pictures.want(found, view.idOf)
    }
    return search.running
  }

  /** @returns whether pictures wait to be shown */
  private refill(view: PaintedView, frame: DeckFrame): boolean {
    if (!this.picturesStale) return false
    // Where cards cost more than a frame, pictures that come one by one are shown together.
    const soon = frame.nowMs - this.refreshedMs < togetherMs
    if (soon && !this.pictures.atRest && !this.quick(view, frame)) return true
    this.picturesStale = false
    this.refreshedMs = frame.nowMs
    const arrived = this.pictures.takeArrived()
    const { slots } = this.choice
    this.cards.setCards({ ...view, slots })
    this.cards.setFresh({ ...view, slots: slots.filter((slot) => arrived.has(view.idOf(slot))) })
    this.planner.redrawCards()
    return false
  }

  /** Whether one frame holds everything. */
  private quick(view: PaintedView, { budget }: DeckFrame): boolean {
    return pointsIn(view) + cardsWork(this.choice.widthsPx) <= budget
  }

  /**
   * Where one frame holds everything, each step of a fade is a new picture. Otherwise photos appear at
   * once and lie over the points that are there.
   *
   * @returns whether pictures are still fading in
   */
  private fade(view: PaintedView, frame: DeckFrame): boolean {
    const fades = !view.calm && this.quick(view, frame)
    const fading = this.cards.setTime(frame.nowMs / 1000, fades ? fadeSeconds : 0)
    if (fading || this.fadedLast) this.planner.restart()
    this.fadedLast = fading
    return fading
  }
}

function sameSlots(a: Uint32Array, b: Uint32Array): boolean {
  return a.length === b.length && a.every((slot, i) => slot === b[i])
}
