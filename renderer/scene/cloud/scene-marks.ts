// What stands out among the points: the focused one, links, and a place from outside.
import type { CloudSceneApi } from './cloud-scene-types.ts'
import { type LinkEnd, type Links, linksBetween } from './links.ts'
import type { Marker } from './marker.ts'
import type { ScenePoints } from './scene-points.ts'
import type { Vector } from './vector.ts'

type LinksTold = Parameters<CloudSceneApi['setLinks']>[0]

export class SceneMarks {
  private focus: number | null = null
  private told: LinksTold = null
  private place: Vector | null = null

  constructor(
    private readonly points: ScenePoints,
    private readonly links: Links,
    private readonly marker: Marker,
  ) {}

  /** -1 for none. */
  get focusSlot(): number {
    return this.focus === null ? -1 : (this.points.slotOf(this.focus) ?? -1)
  }

  setFocus(point: number | null): void {
    this.focus = point
  }

  setLinks(links: LinksTold): void {
    this.told = links
    this.relink()
  }

  setMarker(position: readonly number[] | null): void {
    const [x = 0, y = 0, z = 0] = position ?? []
    this.place = position === null ? null : [x, y, z]
    this.marker.set(this.place)
    this.relink()
  }

  /** Other points are there. */
  forget(): void {
    this.focus = null
    this.setLinks(null)
  }

  /** Points have other places. */
  relink(): void {
    const { told, points, place } = this
    const endAt = (point: number): LinkEnd => {
      const slot = points.slotOf(point) ?? 0
      return { from: points.placeOf(slot, 0), to: points.placeOf(slot, 1) }
    }
    const atMarker = place === null ? null : { from: place, to: place }
    const start = told === null ? null : told.from === null ? atMarker : endAt(told.from)
    this.links.set(told === null ? [] : linksBetween(start, told, endAt))
  }
}
