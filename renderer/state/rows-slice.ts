// Fetches the rows of the photos in sight and keeps them.
import { createPace } from './pace.ts'
import { idsToFetch, type RowCache, withRows } from './row-cache.ts'
import type { Slice } from './slice.ts'

export interface RowsSlice {
  readonly rows: RowCache
  /** Tells which part of the list is in sight; its rows follow. */
  readonly showRange: (from: number, end: number) => void
  readonly refreshRows: () => void
  /** Tells which photos are in sight elsewhere than in the list; their rows follow. */
  readonly showPhotos: (ids: readonly number[]) => void
}

const mostIdsPerCall = 2000

export const createRowsSlice: Slice<RowsSlice> =
  ({ api, now }) =>
  (set, get) => {
    let inSight = { from: 0, end: 0 }

    const loadRows = async (): Promise<void> => {
      const { list, rows, library } = get()
      if (list === null || library === null) return
      const ids = idsToFetch(rows, list.ids, list.revision, inSight.from, inSight.end)
      if (ids.length === 0) return
      const result = await api.invoke('photos:rows', { ids: ids.slice(0, mostIdsPerCall) })
      if (get().library?.id !== library.id) return
      if (!result.ok) return get().tellFailure(result.error)
      set((state) => ({ rows: withRows(state.rows, result.value, list.revision) }))
    }
    let wanted = new Set<number>()
    const loadWanted = async (): Promise<void> => {
      const { list, rows, library } = get()
      const revision = list?.revision ?? library?.revision ?? 0
      const ids = [...wanted].filter((id) => (rows.get(id)?.revision ?? -1) < revision)
      wanted = new Set()
      if (library === null || ids.length === 0) return
      const result = await api.invoke('photos:rows', { ids: ids.slice(-mostIdsPerCall) })
      if (get().library?.id !== library.id) return
      if (!result.ok) return get().tellFailure(result.error)
      set((state) => ({ rows: withRows(state.rows, result.value, revision) }))
    }
    const wantedPace = createPace(loadWanted, { gapMs: 60, gapPerDuration: 2, now })
    const pace = createPace(loadRows, { gapMs: 60, gapPerDuration: 2, now })

    return {
      rows: new Map(),
      showRange: (from, end) => {
        inSight = { from, end }
        pace.request()
      },
      refreshRows: () => pace.request(),
      showPhotos: (ids) => {
        for (const id of ids) wanted.add(id)
        wantedPace.request()
      },
    }
  }
