// The photo shown full size, and what is known about it.
import type { PhotoDetail } from '../../preload/contract/domain.ts'
import type { Slice } from './slice.ts'

export interface PreviewSlice {
  readonly previewId: number | null
  /** Details of the last photo that was asked for; may be of another id while loading. */
  readonly previewDetail: PhotoDetail | null
  /** Steps in minus steps out, as asked for by the menu. */
  readonly previewZoomSteps: number
  readonly openPreview: (id: number) => void
  readonly closePreview: () => void
  /** Goes to a neighbour in the list; stays at the ends. */
  readonly stepPreview: (by: 1 | -1) => void
  readonly stepPreviewZoom: (direction: 1 | -1) => void
  readonly loadPreviewDetail: (id: number) => Promise<void>
}

export const createPreviewSlice: Slice<PreviewSlice> =
  ({ api }) =>
  (set, get) => ({
    previewId: null,
    previewDetail: null,
    previewZoomSteps: 0,
    openPreview: (id) => {
      set({ previewId: id })
      const { list } = get()
      const at = list === null ? -1 : list.ids.indexOf(id)
      if (at >= 0) {
        get().showRange(Math.max(0, at - 2), at + 3)
        if (!get().selection.ids.has(id) || get().selection.ids.size === 1) get().pick(id, 'only')
        else get().pick(id, 'focus')
      }
      void get().loadPreviewDetail(id)
    },
    closePreview: () => set({ previewId: null, previewDetail: null }),
    stepPreview: (by) => {
      const { previewId, list } = get()
      if (previewId === null || list === null) return
      const at = list.ids.indexOf(previewId)
      const next = at < 0 ? undefined : list.ids[at + by]
      if (next !== undefined) get().openPreview(next)
    },
    stepPreviewZoom: (direction) =>
      set((state) => ({ previewZoomSteps: state.previewZoomSteps + direction })),
    loadPreviewDetail: async (id) => {
      const result = await api.invoke('photos:detail', { id })
      if (get().previewId !== id) return
      if (result.ok) set({ previewDetail: result.value })
      else get().tellFailure(result.error)
    },
  })
