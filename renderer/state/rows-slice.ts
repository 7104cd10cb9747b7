// Fetches the rows of the photos in sight and keeps them.
import { createPace } from './pace.ts'
import { idsToFetch, type RowCache, withRows } from './row-cache.ts'
import type { Slice } from './slice.ts'

export interface RowsSlice {
  readonly rows: RowCache
  /** Tells which part of the list is in sight; its rows follow. */
  readonly showRange: (from: number, end: number) => void
  readonly refreshRows: () => void
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
    const pace = createPace(loadRows, { gapMs: 60, gapPerDuration: 2, now })

    return {
      rows: new Map(),
      showRange: (from, end) => {
        inSight = { from, end }
        pace.request()
      },
      refreshRows: () => pace.request(),
    }
  }
