// Finds the points inside a drawn outline: at once, or a slice a frame while it is still being drawn.
import { pointFlag } from './cloud-scene-types.ts'
import { insidePolygon } from './lasso-test.ts'
import { SeenPlaces, type SeenView } from './seen-places.ts'

type Found = (slots: Uint32Array) => void

interface Search {
  readonly places: SeenPlaces
  readonly paint: Uint8Array
  readonly inside: (xPx: number, yPx: number) => boolean
  readonly onFound: Found
  readonly slots: number[]
  next: number
}

interface Question {
  readonly polygonPx: Float32Array
  readonly view: SeenView
  readonly onFound: Found
}

const sliceMs = 6
/** Points between two looks at the clock. */
const stride = 8_192

export class LassoSearch {
  private places: SeenPlaces | null = null
  private running: Search | null = null
  private waiting: Question | null = null

  /** @param later runs a slice in a frame to come */
  constructor(
    private readonly later: (slice: () => void) => void,
    private readonly now: () => number,
  ) {}

  /** Points have other places than before. */
  forget(): void {
    this.places = null
    this.stop()
  }

  /** Slots of the points whose middles lie inside, whatever their depth; no hidden ones. */
  whole(polygonPx: Float32Array, view: SeenView): Uint32Array {
    const search = this.searchOf({ polygonPx, view, onFound: () => {} })
    go(search, () => false)
    return Uint32Array.from(search.slots)
  }

  /**
   * As {@link whole}, told later. An outline that comes while another one is searched waits for it, and
   * gives way to a newer one: a moving hand sees a number that lags, never one that stands still.
   */
  watch(polygonPx: Float32Array, view: SeenView, onFound: Found): void {
    const question = { polygonPx, view, onFound }
    if (this.running !== null) {
      this.waiting = question
      return
    }
    this.running = this.searchOf(question)
    this.slice()
  }

  stop(): void {
    this.running = null
    this.waiting = null
  }

  private slice(): void {
    const search = this.running
    if (search === null) return
    const untilMs = this.now() + sliceMs
    if (!go(search, () => this.now() >= untilMs)) {
      this.later(() => {
        if (this.running === search) this.slice()
      })
      return
    }
    const { waiting } = this
    this.stop()
    search.onFound(Uint32Array.from(search.slots))
    if (waiting === null) return
    this.running = this.searchOf(waiting)
    const next = this.running
    this.later(() => {
      if (this.running === next) this.slice()
    })
  }

  private searchOf({ polygonPx, view, onFound }: Question): Search {
    if (this.places?.isOf(view) !== true) this.places = new SeenPlaces(view)
    const { paint } = view.arrays
    const inside = insidePolygon(polygonPx)
    return { places: this.places, paint, inside, onFound, slots: [], next: 0 }
  }
}

/** @returns whether all points were looked at */
function go(search: Search, isTime: () => boolean): boolean {
  const { paint, places, inside, slots } = search
  const all = paint.length / 4
  while (search.next < all) {
    const end = Math.min(all, search.next + stride)
    const placesPx = places.upTo(end)
    for (let slot = search.next; slot < end; slot++) {
      if (((paint[slot * 4 + 3] ?? 0) & pointFlag.hidden) !== 0) continue
      if (inside(placesPx[slot * 2] ?? 0, placesPx[slot * 2 + 1] ?? 0)) slots.push(slot)
    }
    search.next = end
    if (search.next < all && isTime()) return false
  }
  return true
}
