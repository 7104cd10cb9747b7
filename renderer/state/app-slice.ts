// Which workspace is shown, and what the app says about itself.
import type { AppInfo } from '../../preload/contract/domain.ts'
import type { Slice } from './slice.ts'

export type Workspace = 'library' | 'inspector' | 'cloud' | 'models' | 'activity'

export interface AppSlice {
  readonly workspace: Workspace
  readonly info: AppInfo | null
  /** False until the first answers are in: until then nothing is shown that may be wrong. */
  readonly started: boolean
  /** Raised to ask the search box to take the keyboard. */
  readonly searchFocusCount: number
  /** The list of all commands is open. */
  readonly paletteShown: boolean
  readonly start: () => Promise<void>
  readonly showWorkspace: (workspace: Workspace) => void
  readonly focusSearch: () => void
  readonly showPalette: (shown: boolean) => void
  /** Where no graphics card draws. */
  readonly restartInSoftware: () => Promise<void>
}

export const createAppSlice: Slice<AppSlice> =
  ({ api }) =>
  (set, get) => ({
    workspace: 'library',
    info: null,
    started: false,
    searchFocusCount: 0,
    paletteShown: false,

    start: async () => {
      const state = get()
      const info = api.invoke('app:info')
      // Nothing that is shown at first waits for them.
      void state.loadModels()
      await Promise.all([
        state.loadSettings(),
        state.loadEngine(),
        state.loadCurrentLibrary(),
        state.loadRecentLibraries(),
        state.loadJobs(),
      ])
      const answer = await info
      set({ started: true, ...(answer.ok && { info: answer.value }) })
    },

    showWorkspace: (workspace) => {
      if (get().workspace === workspace) return
      set({ workspace })
      if (workspace === 'activity') get().refreshProblems()
      if (workspace === 'models') void get().loadModels()
      if (workspace === 'cloud') void get().openCloud()
    },

    focusSearch: () =>
      set(({ workspace, searchFocusCount }) => ({
        workspace: workspace === 'cloud' ? 'cloud' : 'library',
        searchFocusCount: searchFocusCount + 1,
      })),
    showPalette: (paletteShown) => set({ paletteShown }),
    restartInSoftware: async () => {
      const result = await api.invoke('app:restart-in-software')
      if (!result.ok) get().tellFailure(result.error)
    },
  })
