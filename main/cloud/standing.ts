// A layout as it is shown: which photos lie where.
import type { CloudSettings, LayoutFacts } from '../../preload/contract/cloud.ts'
import type { StandingLayout } from './next-move.ts'

export interface Standing extends StandingLayout {
  readonly settings: CloudSettings
  /** Ascending. */
  readonly ids: Uint32Array
  /** [ids, dims]. */
  readonly positions: Float32Array
  /** Null for one that was cut short. */
  readonly facts: LayoutFacts | null
}

/** Photos of `ids` that have no place in the layout, ascending. */
export function unplacedIn(ids: Uint32Array, standing: Standing): Uint32Array {
  const missing: number[] = []
  let at = 0
  for (const id of ids) {
    while (at < standing.ids.length && (standing.ids[at] ?? 0) < id) at++
    if (standing.ids[at] !== id) missing.push(id)
  }
  return Uint32Array.from(missing)
}

/**
 * The layout of exactly these photos.
 *
 * @param ids ascending, all of them in the layout or among the added
 * @param added photos with positions, [added, dims]
 */
export function withPhotos(
  standing: Standing,
  ids: Uint32Array,
  added: { readonly ids: Uint32Array; readonly positions: Float32Array },
): Standing {
  const { dims } = standing.settings
  const positions = new Float32Array(ids.length * dims)
  let old = 0
  let fresh = 0
  ids.forEach((id, i) => {
    while ((standing.ids[old] ?? Number.POSITIVE_INFINITY) < id) old++
    while ((added.ids[fresh] ?? Number.POSITIVE_INFINITY) < id) fresh++
    const [from, place] =
      standing.ids[old] === id ? [standing.positions, old] : [added.positions, fresh]
    for (let x = 0; x < dims; x++) positions[i * dims + x] = from[place * dims + x] ?? 0
  })
  return { ...standing, ids, positions }
}
