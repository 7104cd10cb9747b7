// The samples of chosen photos, in the order in which they lie on disk.
import type { KnownSamples, SampledSquare } from './sample-file.ts'

export interface PlacedSamples {
  /** Slots + 1, ascending: as the sums of the Cloud name vectors. */
  readonly ids: Uint32Array
  readonly photoIds: Uint32Array
  readonly rows: Uint16Array
  readonly columns: Uint16Array
  readonly norms: Float32Array
  readonly squares: ReadonlyMap<number, SampledSquare>
  /** Photos that could not be read. */
  readonly skipped: number
}

export function placeSamples(
  known: KnownSamples,
  photos: readonly { readonly id: number }[],
): PlacedSamples {
  const entries = photos.flatMap(({ id }) => {
    const entry = known.photos.get(id)
    return entry === undefined ? [] : [{ id, entry }]
  })
  const slots = entries
    .flatMap(({ id, entry: { first, count } }) =>
      Array.from({ length: count }, (_, i) => ({ id, slot: first + i })),
    )
    .sort((a, b) => a.slot - b.slot)
  const places = slots.map(({ slot }) => known.place(slot))
  return {
    ids: Uint32Array.from(slots, ({ slot }) => slot + 1),
    photoIds: Uint32Array.from(slots, ({ id }) => id),
    rows: Uint16Array.from(places, ({ row }) => row),
    columns: Uint16Array.from(places, ({ column }) => column),
    norms: Float32Array.from(places, ({ norm }) => norm),
    squares: new Map(entries.map(({ id, entry }) => [id, entry.square])),
    skipped: entries.filter(({ entry }) => entry.count === 0).length,
  }
}
