// Which photos are selected and which one has the focus: plain data and the moves on it.

export interface Selection {
  readonly ids: ReadonlySet<number>
  /** The photo that holds the keyboard focus. */
  readonly focusId: number | null
  /** The fixed end of a range that shift extends. */
  readonly anchorId: number | null
}

export const nothingSelected: Selection = { ids: new Set(), focusId: null, anchorId: null }

export const selectOnly = (id: number): Selection => ({
  ids: new Set([id]),
  focusId: id,
  anchorId: id,
})

export const focusOnly = (selection: Selection, id: number): Selection => ({
  ...selection,
  focusId: id,
})

export function toggle(selection: Selection, id: number): Selection {
  const ids = new Set(selection.ids)
  if (!ids.delete(id)) ids.add(id)
  return { ids, focusId: id, anchorId: id }
}

/** Selects from the anchor to `id` in the order shown; without a usable anchor just `id`. */
export function extendTo(selection: Selection, order: Uint32Array, id: number): Selection {
  const anchorId = selection.anchorId ?? selection.focusId
  const from = anchorId === null ? -1 : order.indexOf(anchorId)
  const to = order.indexOf(id)
  if (anchorId === null || from < 0 || to < 0) return selectOnly(id)
  const range = order.subarray(Math.min(from, to), Math.max(from, to) + 1)
  return { ids: new Set(range), focusId: id, anchorId }
}

export const selectAll = (selection: Selection, order: Uint32Array): Selection => ({
  ...selection,
  ids: new Set(order),
})

export const clearSelection = (selection: Selection): Selection => ({
  ...selection,
  ids: new Set(),
  anchorId: null,
})

/** Selects, adds or takes away many; the last of them has the focus afterwards. */
export function selectMany(
  selection: Selection,
  photoIds: Iterable<number>,
  mode: 'replace' | 'add' | 'remove',
): Selection {
  const ids = new Set(mode === 'replace' ? photoIds : selection.ids)
  if (mode === 'add') for (const id of photoIds) ids.add(id)
  if (mode === 'remove') for (const id of photoIds) ids.delete(id)
  const { focusId, anchorId } = selection
  return {
    ids,
    focusId: focusId !== null && ids.has(focusId) ? focusId : null,
    anchorId: anchorId !== null && ids.has(anchorId) ? anchorId : null,
  }
}

/**
 * Drops what the list before held and the new one does not, so that no filter leaves selected photos
 * behind. What was selected in the Cloud though the list did not hold it stays.
 */
export function keepListed(
  selection: Selection,
  before: Uint32Array | null,
  order: Uint32Array,
): Selection {
  const { focusId, anchorId } = selection
  const asked = new Set(selection.ids)
  if (focusId !== null) asked.add(focusId)
  if (anchorId !== null) asked.add(anchorId)
  if (asked.size === 0) return selection
  const lost = new Set<number>()
  for (const id of before ?? []) if (asked.has(id)) lost.add(id)
  if (lost.size > 0) for (const id of order) lost.delete(id)
  if (lost.size === 0) return selection
  return {
    ids: new Set([...selection.ids].filter((id) => !lost.has(id))),
    focusId: focusId !== null && lost.has(focusId) ? null : focusId,
    anchorId: anchorId !== null && lost.has(anchorId) ? null : anchorId,
  }
}
