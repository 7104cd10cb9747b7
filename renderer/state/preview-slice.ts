// The photo shown full size, and what is known about it.
import type { PhotoDetail } from '../../preload/contract/domain.ts'
import { previewOrder } from './preview-order.ts'
import type { LatentState, Slice } from './slice.ts'

export interface PreviewSlice {
  readonly previewId: number | null
  /** Details of the last photo that was asked for; may be of another id while loading. */
  readonly previewDetail: PhotoDetail | null
  /** What is stepped through; null is the Library's list. */
  readonly previewOrder: Uint32Array | null
  /** Steps in minus steps out, as asked for by the menu. */
  readonly previewZoomSteps: number
  /** @param order to step through; without it the workspace decides */
  readonly openPreview: (id: number, order?: Uint32Array) => void
  readonly closePreview: () => void
  /** Goes to the next photo or the one before; stays at the ends. */
  readonly stepPreview: (by: 1 | -1) => void
  readonly stepPreviewZoom: (direction: 1 | -1) => void
  readonly loadPreviewDetail: (id: number) => Promise<void>
}

/** What the preview steps through, in order. */
export const previewedIds = ({
  previewOrder,
  list,
}: Pick<LatentState, 'previewOrder' | 'list'>): Uint32Array | undefined => previewOrder ?? list?.ids

export const createPreviewSlice: Slice<PreviewSlice> =
  ({ api }) =>
  (set, get) => {
    const show = (id: number): void => {
      set({ previewId: id })
      const { list, previewOrder, selection } = get()
      const at = previewedIds(get())?.indexOf(id) ?? -1
      if (at >= 0) {
        if (previewOrder === null) get().showRange(Math.max(0, at - 2), at + 3)
        else get().showPhotos([...previewOrder.subarray(Math.max(0, at - 2), at + 3)])
        const several = selection.ids.has(id) && selection.ids.size > 1
        if (list !== null) get().pick(id, several ? 'focus' : 'only')
      }
      void get().loadPreviewDetail(id)
    }

    return {
      previewId: null,
      previewDetail: null,
      previewOrder: null,
      previewZoomSteps: 0,
      openPreview: (id, order) => {
        set({ previewOrder: order ?? previewOrder(get(), id) })
        show(id)
      },
      closePreview: () => set({ previewId: null, previewDetail: null, previewOrder: null }),
      stepPreview: (by) => {
        const { previewId } = get()
        const ids = previewedIds(get())
        const at = previewId === null ? -1 : (ids?.indexOf(previewId) ?? -1)
        const next = at < 0 ? undefined : ids?.[at + by]
        if (next !== undefined) show(next)
      },
      stepPreviewZoom: (direction) =>
        set((state) => ({ previewZoomSteps: state.previewZoomSteps + direction })),
      loadPreviewDetail: async (id) => {
        const result = await api.invoke('photos:detail', { id })
        if (get().previewId !== id) return
        if (result.ok) set({ previewDetail: result.value })
        else get().tellFailure(result.error)
      },
    }
  }
