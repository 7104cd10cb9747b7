// How many of a photo's neighbours by embedding are its neighbours in the layout.
import type { Neighbours } from '../../main/atlas/knn/neighbour-lists.ts'
import { closenessIn } from '../../main/atlas/quality/layout-quality.ts'
import { nearestOf } from '../../main/atlas/quality/ranks.ts'

/** Of each photo's `of` nearest by embedding, the share among its `among` nearest in the layout. */
export function keptShare(
  { count, k, ids }: Neighbours,
  positions: Float32Array,
  of: number,
  among: number,
): number {
  let kept = 0
  for (let row = 0; row < count; row++) {
    const near = new Set(
      nearestOf(closenessIn(positions, positions.length / count, row), row, among),
    )
    for (const id of ids.subarray(row * k, row * k + of)) if (near.has(id)) kept++
  }
  return kept / (count * of)
}

/** Share of photos whose nearest one is of the same family, and of pairs at random. */
export function familyAgreement(
  { count, k, ids }: Neighbours,
  familyOf: (row: number) => string,
): { readonly nearest: number; readonly chance: number } {
  const sizes = new Map<string, number>()
  let same = 0
  for (let row = 0; row < count; row++) {
    const family = familyOf(row)
    sizes.set(family, (sizes.get(family) ?? 0) + 1)
    if (familyOf(ids[row * k] ?? 0) === family) same++
  }
  const pairs = [...sizes.values()].reduce((sum, size) => sum + size * (size - 1), 0)
  return { nearest: same / count, chance: pairs / (count * (count - 1)) }
}
