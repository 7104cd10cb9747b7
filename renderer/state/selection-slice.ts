// The selection and what can be done with the selected photos.
import {
  clearSelection,
  extendTo,
  focusOnly,
  nothingSelected,
  type Selection,
  selectAll,
  selectOnly,
  toggle,
} from './selection.ts'
import type { Slice } from './slice.ts'

/** How a click or a key changes the selection. */
export type PickMode = 'only' | 'toggle' | 'extend' | 'focus'

export interface SelectionSlice {
  readonly selection: Selection
  readonly pick: (id: number, mode: PickMode) => void
  readonly selectEverything: () => void
  readonly clearSelected: () => void
  /** Goes back to what was selected before. */
  readonly restoreSelected: (selection: Selection) => void
  /** In the file manager, each folder once; asks before many windows open. */
  readonly reveal: (ids: readonly number[], sure?: boolean) => Promise<void>
  /** Puts their paths on the clipboard, one a line. */
  readonly copyPaths: (ids: readonly number[]) => Promise<void>
  readonly retry: (ids: readonly number[]) => Promise<void>
}

export const createSelectionSlice: Slice<SelectionSlice> =
  ({ api }) =>
  (set, get) => ({
    selection: nothingSelected,
    pick: (id, mode) => {
      const { selection, list } = get()
      if (list === null) return
      const moves: Record<PickMode, () => Selection> = {
        only: () => selectOnly(id),
        toggle: () => toggle(selection, id),
        extend: () => extendTo(selection, list.ids, id),
        focus: () => focusOnly(selection, id),
      }
      set({ selection: moves[mode]() })
    },
    selectEverything: () => {
      const { selection, list } = get()
      if (list !== null) set({ selection: selectAll(selection, list.ids) })
    },
    restoreSelected: (selection) => set({ selection }),
    clearSelected: () => set((state) => ({ selection: clearSelection(state.selection) })),
    reveal: async (ids, sure = false) => {
      const result = await api.invoke('photos:reveal', { ids: [...ids], sure })
      if (!result.ok) return get().tellFailure(result.error)
      const { folderCount, opened } = result.value
      if (opened) return
      get().tell(
        `These photos lie in ${folderCount} folders.`,
        'Each opens in a window of its own.',
        {
          text: `Open ${folderCount} windows`,
          run: () => void get().reveal(ids, true),
        },
      )
    },
    copyPaths: async (ids) => {
      const result = await api.invoke('photos:copy-paths', { ids: [...ids] })
      if (!result.ok) return get().tellFailure(result.error)
      get().tell(ids.length === 1 ? 'The path is copied.' : `${ids.length} paths are copied.`)
    },
    retry: async (ids) => {
      const result = await api.invoke('photos:retry', { ids: [...ids] })
      if (!result.ok) return get().tellFailure(result.error)
      get().tell(
        ids.length === 1 ? 'Trying the photo again.' : `Trying ${ids.length} photos again.`,
      )
    },
  })
