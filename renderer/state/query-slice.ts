// What the grid is asked to show, the list that answers it and the counts by label.
import type {
  LabelCount,
  PhotoFilter,
  PhotoList,
  PhotoSort,
} from '../../preload/contract/domain.ts'
import { createPace } from './pace.ts'
import { keepListed } from './selection.ts'
import type { Slice } from './slice.ts'

export const noFilter: PhotoFilter = {
  text: '',
  labels: [],
  minProbability: 0,
  statuses: [],
  truth: null,
}

export const isFiltering = (filter: PhotoFilter): boolean =>
  filter.text.trim() !== '' ||
  filter.labels.length > 0 ||
  filter.minProbability > 0 ||
  filter.statuses.length > 0 ||
  filter.truth !== null

export interface ListedPhotos extends PhotoList {
  /** `queryCount` at the time of asking: lists of the same number answer the same question. */
  readonly queryCount: number
}

export interface QuerySlice {
  readonly filter: PhotoFilter
  readonly sort: PhotoSort
  /** Raised whenever filter, sort or library change. */
  readonly queryCount: number
  /** Null until the first answer for this library. */
  readonly list: ListedPhotos | null
  readonly labelCounts: readonly LabelCount[]
  readonly changeFilter: (change: Partial<PhotoFilter>) => void
  readonly clearFilter: () => void
  readonly toggleLabel: (index: number) => void
  readonly changeSort: (change: Partial<PhotoSort>) => void
  readonly requery: () => void
  readonly requeryNow: () => void
}

export const createQuerySlice: Slice<QuerySlice> =
  ({ api, now }) =>
  (set, get) => {
    const loadList = async (): Promise<void> => {
      const { library, filter, sort, queryCount } = get()
      if (library === null) return
      const result = await api.invoke('photos:query', { filter, sort })
      if (get().queryCount !== queryCount) return
      if (!result.ok) return get().tellFailure(result.error)
      const list = { ...result.value, queryCount }
      set((state) => ({
        list,
        selection: keepListed(state.selection, state.list?.ids ?? null, list.ids),
      }))
      get().refreshRows()
    }
    const loadCounts = async (): Promise<void> => {
      const { library, filter, queryCount } = get()
      if (library === null) return
      const result = await api.invoke('photos:label-counts', { filter })
      if (get().queryCount !== queryCount) return
      if (result.ok) set({ labelCounts: result.value })
      else get().tellFailure(result.error)
    }
    const listPace = createPace(loadList, { gapMs: 500, gapPerDuration: 4, now })
    const countsPace = createPace(loadCounts, { gapMs: 1000, gapPerDuration: 8, now })

    const requeryNow = (): void => {
      listPace.requestNow()
      countsPace.requestNow()
    }
    const ask = (question: Partial<Pick<QuerySlice, 'filter' | 'sort'>>): void => {
      set((state) => ({ ...question, queryCount: state.queryCount + 1 }))
      requeryNow()
    }

    return {
      filter: noFilter,
      sort: { by: 'date', descending: true },
      queryCount: 0,
      list: null,
      labelCounts: [],
      changeFilter: (change) => ask({ filter: { ...get().filter, ...change } }),
      clearFilter: () => ask({ filter: noFilter }),
      toggleLabel: (index) => {
        const { labels } = get().filter
        const without = labels.filter((other) => other !== index)
        get().changeFilter({
          labels: without.length < labels.length ? without : [...labels, index],
        })
      },
      changeSort: (change) => ask({ sort: { ...get().sort, ...change } }),
      requery: () => {
        listPace.request()
        countsPace.request()
      },
      requeryNow,
    }
  }
