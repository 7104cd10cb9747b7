// The open library and the ones opened before.
import type { LibrarySummary, RecentLibrary } from '../../preload/contract/domain.ts'
import type { Result } from '../../preload/contract/errors.ts'
import { noFilter } from './query-slice.ts'
import { nothingSelected } from './selection.ts'
import type { Slice } from './slice.ts'

export interface LibrarySlice {
  readonly library: LibrarySummary | null
  readonly recentLibraries: readonly RecentLibrary[]
  /** A folder is being opened; its answer is not in yet. */
  readonly opening: boolean
  readonly loadCurrentLibrary: () => Promise<void>
  readonly loadRecentLibraries: () => Promise<void>
  readonly pickFolder: () => Promise<void>
  readonly openRecent: (id: string) => Promise<void>
  readonly forgetRecent: (id: string) => Promise<void>
  readonly rescan: () => Promise<void>
  readonly closeLibrary: () => Promise<void>
  /** What a dropped folder came to. */
  readonly folderOpened: (result: Result<LibrarySummary | null>) => void
  readonly libraryChanged: (library: LibrarySummary | null) => void
}

export const createLibrarySlice: Slice<LibrarySlice> =
  ({ api }) =>
  (set, get) => ({
    library: null,
    recentLibraries: [],
    opening: false,

    loadCurrentLibrary: async () => {
      const result = await api.invoke('library:current')
      if (!result.ok) return get().tellFailure(result.error)
      // None was open when main answered; one that opened since has said so itself.
      if (result.value !== null) get().libraryChanged(result.value)
    },

    loadRecentLibraries: async () => {
      const result = await api.invoke('library:recent')
      if (result.ok) set({ recentLibraries: result.value })
      else get().tellFailure(result.error)
    },

    pickFolder: async () => {
      if (get().opening) return
      set({ opening: true })
      get().folderOpened(await api.invoke('library:pick'))
    },

    openRecent: async (id) => {
      if (get().opening) return
      set({ opening: true })
      get().folderOpened(await api.invoke('library:open-recent', { id }))
    },

    forgetRecent: async (id) => {
      const result = await api.invoke('library:forget-recent', { id })
      if (result.ok) set({ recentLibraries: result.value })
      else get().tellFailure(result.error)
    },

    rescan: async () => {
      const result = await api.invoke('library:rescan')
      if (!result.ok) get().tellFailure(result.error)
    },

    closeLibrary: async () => {
      const result = await api.invoke('library:close')
      if (!result.ok) return get().tellFailure(result.error)
      get().libraryChanged(null)
      await get().loadRecentLibraries()
    },

    folderOpened: (result) => {
      set({ opening: false })
      if (!result.ok) return get().tellFailure(result.error)
      if (result.value === null) return
      get().libraryChanged(result.value)
      if (get().workspace !== 'cloud') get().showWorkspace('library')
      void get().loadRecentLibraries()
    },

    libraryChanged: (library) => {
      const before = get().library
      const another = before?.id !== library?.id
      // The same photos with the results of another model: classes are others, photos are not.
      const anotherModel = !another && before?.modelId !== library?.modelId
      const isOld = before !== null && library !== null && library.revision < before.revision
      if (!another && isOld) return
      set({ library })
      if (another) {
        get().closePreview()
        get().forgetInspectedPhotos()
        get().forgetCloud()
        set({ list: null, labelCounts: [], problems: null, rows: new Map(), filter: noFilter })
        set({ truthAsked: null, truthsToTakeBack: [] })
        set((state) => ({ selection: nothingSelected, queryCount: state.queryCount + 1 }))
      }
      if (another || anotherModel) set({ agreement: null, accuracy: null })
      if (anotherModel) {
        get().forgetCloud()
        set(({ filter, queryCount }) => ({
          labelCounts: [],
          rows: new Map(),
          filter: { ...filter, labels: [] },
          queryCount: queryCount + 1,
        }))
      }
      if (another) void get().loadJobs()
      if (library === null) return
      if (get().workspace === 'models') void get().loadModels()
      if ((another || anotherModel) && get().workspace === 'cloud') void get().openCloud()
      if (another || anotherModel) get().requeryNow()
      else if (library.revision !== before?.revision) get().requery()
      if (get().workspace === 'activity') get().refreshProblems()
    },
  })
