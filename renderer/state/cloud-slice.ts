// The Cloud of the open library as main reports it: how far its layout is, and its points.
import type { CloudSettings, CloudStatus } from '../../preload/contract/cloud.ts'
import type { Failure } from '../../preload/contract/errors.ts'
import type { CloudData } from './cloud-points.ts'
import { createPace } from './pace.ts'
import type { Slice } from './slice.ts'

export interface CloudSlice {
  /** Null until the Cloud of this library was opened. */
  readonly cloudStatus: CloudStatus | null
  /** Null until its points and their positions are there. */
  readonly cloudData: CloudData | null
  /** Why it could not be opened or read. */
  readonly cloudFailure: Failure | null
  readonly openCloud: () => Promise<void>
  readonly cloudChanged: (status: CloudStatus) => void
  readonly layOutCloud: (change: Partial<CloudSettings>) => Promise<void>
  readonly stopCloud: () => Promise<void>
  /** RGB, [ids, 32, 32, 3]; rejects when they cannot be had. */
  readonly readTiles: (ids: Uint32Array) => Promise<Uint8Array>
  /** Another library is open. */
  readonly forgetCloud: () => void
}

/** What is not there yet is told of by the next change. */
const notYet = (failure: Failure): Failure | null => (failure.code === 'not-found' ? null : failure)

export const createCloudSlice: Slice<CloudSlice> =
  ({ api, now }) =>
  (set, get) => {
    /** What changed since it was last read; the parts fit together or are not taken. */
    const readChanges = async (status: CloudStatus): Promise<CloudData | Failure | null> => {
      const known = get().cloudData
      let points = known?.points
      if (points === undefined || points.revision !== status.pointsRevision) {
        const answer = await api.invoke('cloud:points')
        if (!answer.ok) return notYet(answer.error)
        points = answer.value
      }
      let positions = known?.positions
      if (
        positions?.pointsRevision !== points.revision ||
        positions.revision !== status.positionsRevision
      ) {
        const answer = await api.invoke('cloud:positions')
        if (!answer.ok) return notYet(answer.error)
        positions = answer.value
      }
      let clusters = known?.clusters ?? null
      let clusterNames = known?.clusterNames ?? []
      if (
        clusters?.pointsRevision !== points.revision ||
        clusters.revision !== status.clustersRevision
      ) {
        const answer = await api.invoke('cloud:clusters')
        if (!answer.ok && notYet(answer.error) !== null) return answer.error
        // Names come with the status: both must tell of the same clusters.
        const named = get().cloudStatus
        const fits =
          answer.ok &&
          answer.value.revision === named?.clustersRevision &&
          answer.value.ofPoint.length === points.ids.length
        clusters = fits ? answer.value : null
        clusterNames = fits ? (named?.clusters ?? []).map(({ name }) => name) : []
      }
      const fits =
        positions.pointsRevision === points.revision &&
        positions.positions.length === points.ids.length * positions.dims
      return fits ? { points, positions, clusters, clusterNames } : null
    }

    /** Raised when all is forgotten: what was asked before is of no use then. */
    let turn = 0

    const load = async (): Promise<void> => {
      const { cloudStatus: status, workspace } = get()
      // Out of sight nothing is read: it would take time from what is looked at.
      if (status === null || workspace !== 'cloud') return
      if (status.state === 'empty') return set({ cloudData: null })
      const asked = turn
      const read = await readChanges(status)
      if (asked !== turn || read === null) return
      if ('code' in read) return set({ cloudFailure: read })
      const before = get().cloudData
      set({ cloudData: read, cloudFailure: null })
      get().cloudDataChanged(before, read)
    }
    const pace = createPace(load, { gapMs: 250, gapPerDuration: 4, now })

    return {
      cloudStatus: null,
      cloudData: null,
      cloudFailure: null,

      openCloud: async () => {
        const { library } = get()
        if (library === null) return
        set({ cloudFailure: null })
        const result = await api.invoke('cloud:open')
        if (get().library?.id !== library.id) return
        if (!result.ok) return set({ cloudFailure: result.error })
        if (result.value !== null) get().cloudChanged(result.value)
      },

      cloudChanged: (status) => {
        if (status.libraryId !== get().library?.id) return
        set({ cloudStatus: status })
        pace.request()
      },

      layOutCloud: async (change) => {
        const result = await api.invoke('cloud:lay-out', change)
        if (!result.ok) get().tellFailure(result.error)
      },

      stopCloud: async () => {
        const result = await api.invoke('cloud:stop')
        if (!result.ok) get().tellFailure(result.error)
      },

      readTiles: async (ids) => {
        const result = await api.invoke('cloud:tiles', { ids: [...ids] })
        if (!result.ok) throw new Error(result.error.message)
        return result.value
      },

      forgetCloud: () => {
        turn += 1
        set({ cloudStatus: null, cloudData: null, cloudFailure: null })
        get().forgetAtlas()
        get().resetCloudView()
        get().forgetMorph()
        get().resetLikeness()
        get().clearOutside()
        get().resetCloudSearch()
        get().openSavedViews()
      },
    }
  }
