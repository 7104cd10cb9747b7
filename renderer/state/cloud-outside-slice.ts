// Dropped photos in the Cloud: where each would lie, though the library does not hold it.
import type { CloudPlace } from '../../preload/contract/cloud.ts'
import type { CloudData } from './cloud-points.ts'
import type { Slice } from './slice.ts'

export interface OutsidePhoto {
  readonly inspectionId: string
  readonly name: string
  readonly place: CloudPlace
}

export interface CloudOutsideSlice {
  /** In the order in which they came. */
  readonly outsidePhotos: readonly OutsidePhoto[]
  /** The one whose neighbours are shown. */
  readonly outsideShownId: string | null
  /** Places one more; the first of a drop shows its neighbours. */
  readonly placeOutside: (inspectionId: string, name: string) => Promise<void>
  /** Null hides the neighbours. */
  readonly showOutside: (inspectionId: string | null) => void
  readonly forgetOutside: (inspectionId: string) => void
  readonly clearOutside: () => void
  /** The layout has moved: asks where they would lie now. */
  readonly placeOutsideAgain: (before: CloudData | null, after: CloudData) => void
}

/** More would hide the Cloud behind them. The oldest make way. */
export const mostOutside = 50

const none = { outsidePhotos: [], outsideShownId: null } as const

export const createCloudOutsideSlice: Slice<CloudOutsideSlice> =
  ({ api }) =>
  (set, get) => ({
    ...none,

    placeOutside: async (inspectionId, name) => {
      const { library } = get()
      const result = await api.invoke('cloud:place', { inspectionId })
      if (get().library?.id !== library?.id) return
      if (!result.ok) return get().tellFailure(result.error)
      const placed = { inspectionId, name, place: result.value }
      const { outsidePhotos, outsideShownId } = get()
      const again = outsidePhotos.some((photo) => photo.inspectionId === inspectionId)
      set({
        outsidePhotos: again
          ? outsidePhotos.map((photo) => (photo.inspectionId === inspectionId ? placed : photo))
          : [...outsidePhotos, placed].slice(-mostOutside),
        ...(!again && outsideShownId === null && { outsideShownId: inspectionId }),
      })
    },
    showOutside: (outsideShownId) => set({ outsideShownId }),
    forgetOutside: (inspectionId) =>
      set(({ outsidePhotos, outsideShownId }) => ({
        outsidePhotos: outsidePhotos.filter((photo) => photo.inspectionId !== inspectionId),
        outsideShownId: outsideShownId === inspectionId ? null : outsideShownId,
      })),
    clearOutside: () => set(none),

    placeOutsideAgain: (before, after) => {
      const moved = before?.positions.revision !== after.positions.revision
      if (!moved || get().cloudStatus?.state !== 'ready') return
      for (const { inspectionId, name } of get().outsidePhotos)
        void get().placeOutside(inspectionId, name)
    },
  })

/** The dropped photo whose neighbours are shown. */
export const shownOutside = ({
  outsidePhotos,
  outsideShownId,
}: Pick<CloudOutsideSlice, 'outsidePhotos' | 'outsideShownId'>): OutsidePhoto | null =>
  outsidePhotos.find(({ inspectionId }) => inspectionId === outsideShownId) ?? null
