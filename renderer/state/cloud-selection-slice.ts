// Selecting in the Cloud: many photos at once, clusters, what is shown; the selection is everybody's.
import { shownOf } from './cloud-shown.ts'
import { nothingSelected, selectMany } from './selection.ts'
import type { Slice } from './slice.ts'

export type SelectMode = 'replace' | 'add' | 'remove'

export interface CloudSelectionSlice {
  readonly selectPhotos: (ids: Iterable<number>, mode: SelectMode) => void
  /** What is drawn and bright. */
  readonly selectShown: () => void
  /** Of what is drawn and bright, selects what was not selected. */
  readonly invertShown: () => void
  readonly selectCluster: (cluster: number, mode: SelectMode) => void
  /** Only the selected photos stay. */
  readonly isolateSelected: () => void
}

export const createCloudSelectionSlice: Slice<CloudSelectionSlice> = () => (set, get) => ({
  selectPhotos: (ids, mode) => set({ selection: selectMany(get().selection, ids, mode) }),
  selectShown: () => get().selectPhotos(shownOf(get()), 'replace'),
  invertShown: () => {
    const selected = get().selection.ids
    get().selectPhotos(
      shownOf(get()).filter((id) => !selected.has(id)),
      'replace',
    )
  },
  selectCluster: (cluster, mode) => {
    const { cloudData } = get()
    if (cloudData?.clusters == null) return
    const { ofPoint } = cloudData.clusters
    get().selectPhotos(
      cloudData.points.ids.filter((_, at) => ofPoint[at] === cluster),
      mode,
    )
  },
  isolateSelected: () => {
    const { ids } = get().selection
    if (ids.size === 0) return
    get().isolate(ids)
    // They are all there is to see: being marked tells nothing more.
    set({ selection: { ...nothingSelected, focusId: get().selection.focusId } })
  },
})
