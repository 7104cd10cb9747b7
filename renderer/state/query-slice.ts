// What the grid is asked to show, the list that answers it and the counts by label.
import type {
  LabelCount,
  PhotoFilter,
  PhotoList,
  PhotoSort,
} from '../../preload/contract/domain.ts'
import { canDescribe, type SearchBy } from './describing.ts'
import { createPace } from './pace.ts'
import { remember, remembered } from './remembered.ts'
import { keepListed } from './selection.ts'
import type { Slice } from './slice.ts'

export const noFilter: PhotoFilter = {
  text: '',
  labels: [],
  minProbability: 0,
  statuses: [],
  truth: null,
}

export const isDescribing = ({ described = '' }: PhotoFilter): boolean => described.trim() !== ''

export const isFiltering = (filter: PhotoFilter): boolean =>
  filter.text.trim() !== '' ||
  isDescribing(filter) ||
  filter.labels.length > 0 ||
  filter.minProbability > 0 ||
  filter.statuses.length > 0 ||
  filter.truth !== null

const noDescription = { described: undefined, similarFrom: undefined } as const

export interface ListedPhotos extends PhotoList {
  /** `queryCount` at the time of asking: lists of the same number answer the same question. */
  readonly queryCount: number
}

export interface QuerySlice {
  readonly filter: PhotoFilter
  /** How the search fields read what is typed, where the model in use can read descriptions. */
  readonly searchBy: SearchBy
  readonly sort: PhotoSort
  /** A description is being read. */
  readonly describing: boolean
  /** Raised whenever filter, sort or library change. */
  readonly queryCount: number
  /** Null until the first answer for this library. */
  readonly list: ListedPhotos | null
  readonly labelCounts: readonly LabelCount[]
  readonly setSearchBy: (by: SearchBy) => void
  /** The model in use may read no descriptions any more. */
  readonly followDescribing: () => void
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
      // The first text of a session waits for its network.
      set({ describing: isDescribing(filter) })
      const result = await api.invoke('photos:query', { filter, sort })
      if (get().queryCount !== queryCount) return
      set({ describing: false })
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
      searchBy: remembered('search-by') === 'names' ? 'names' : 'description',
      sort: { by: 'date', descending: true },
      describing: false,
      queryCount: 0,
      list: null,
      labelCounts: [],
      setSearchBy: (searchBy) => {
        remember('search-by', searchBy)
        set({ searchBy })
        // What was typed into the field that goes away filters no longer.
        if (searchBy === 'description') get().changeFilter({ text: '' })
        else get().changeFilter(noDescription)
        get().searchCloud('')
      },
      followDescribing: () => {
        if (canDescribe(get()) || !isDescribing(get().filter)) return
        get().changeFilter(noDescription)
      },
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
