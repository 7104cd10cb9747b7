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

/** Keeps what is still in the list, so that no action reaches a photo out of sight. */
export function keepListed(selection: Selection, order: Uint32Array): Selection {
  const { focusId, anchorId } = selection
  const listed = new Set<number>()
  if (selection.ids.size > 0) {
    for (const id of order) if (selection.ids.has(id)) listed.add(id)
  }
  const isListed = (id: number | null): id is number => id !== null && order.includes(id)
  const next: Selection = {
    ids: listed.size === selection.ids.size ? selection.ids : listed,
    focusId: isListed(focusId) ? focusId : null,
    anchorId: isListed(anchorId) ? anchorId : null,
  }
  const same = next.ids === selection.ids && next.focusId === focusId && next.anchorId === anchorId
  return same ? selection : next
}
