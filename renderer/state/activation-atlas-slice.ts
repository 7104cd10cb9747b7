// The activation atlas that the window looks at: of which layer, how far it is, what is chosen on it.
import type {
  ActivationAtlas,
  ActivationAtlasStatus,
  AtlasCellDetail,
  AtlasCellPlace,
  CellDream,
} from '../../preload/contract/activation-atlas.ts'
import type { Failure, Result } from '../../preload/contract/errors.ts'
import type { InspectorModel } from '../../preload/contract/inspector.ts'
import { firstAtlasLayer } from './atlas-layers.ts'
import type { Slice } from './slice.ts'

/** What the Cloud shows: photos as points, or what a layer tells apart on them. */
export type CloudMode = 'photos' | 'atlas'
export type AtlasPictures = 'patches' | 'dreams'

export interface ActivationAtlasSlice {
  readonly cloudMode: CloudMode
  /** The model in use; null until it was read. */
  readonly atlasModel: InspectorModel | null
  readonly atlasPictures: AtlasPictures
  /** Null until one was opened. */
  readonly atlasStatus: ActivationAtlasStatus | null
  readonly atlas: ActivationAtlas | null
  readonly atlasFailure: Failure | null
  readonly atlasCell: AtlasCellPlace | null
  /** Null while it is read. */
  readonly atlasCellDetail: Result<AtlasCellDetail> | null
  /** By `cellKey`, of the atlas that is shown. */
  readonly cellDreams: ReadonlyMap<string, CellDream>
  readonly showCloudAs: (mode: CloudMode) => void
  readonly showAtlasAs: (pictures: AtlasPictures) => void
  /** Of the layer that was looked at last, or the one that tells parts of things apart. */
  readonly openFirstAtlas: () => Promise<void>
  readonly openAtlas: (layer: string) => Promise<void>
  readonly makeAtlas: (photos: number) => Promise<void>
  readonly stopAtlas: () => Promise<void>
  readonly atlasChanged: (status: ActivationAtlasStatus) => void
  readonly pickAtlasCell: (place: AtlasCellPlace | null) => Promise<void>
  readonly wantCellDreams: (cells: readonly AtlasCellPlace[]) => Promise<void>
  readonly cellDreamChanged: (dream: CellDream) => void
  /** Another library is open, or another model in use. */
  readonly forgetAtlas: () => void
}

export const cellKey = ({ side, column, row }: AtlasCellPlace): string => `${side}-${column}-${row}`

const seed = 1

const nothingOpen = {
  atlasModel: null,
  atlasStatus: null,
  atlas: null,
  atlasFailure: null,
  atlasCell: null,
  atlasCellDetail: null,
  cellDreams: new Map<string, CellDream>(),
} as const

export const createActivationAtlasSlice: Slice<ActivationAtlasSlice> =
  ({ api }) =>
  (set, get) => {
    /** The map comes once for every atlas. */
    const readMap = async (atlasId: string): Promise<void> => {
      if (get().atlas?.id === atlasId) return
      const result = await api.invoke('activation-atlas:map')
      if (get().atlasStatus?.atlasId !== atlasId) return
      if (!result.ok) return set({ atlasFailure: result.error })
      set({
        atlas: result.value,
        ...{ atlasFailure: null, atlasCell: null, atlasCellDetail: null, cellDreams: new Map() },
      })
    }

    return {
      ...nothingOpen,
      cloudMode: 'photos',
      atlasPictures: 'patches',

      showCloudAs: (cloudMode) => set({ cloudMode }),
      showAtlasAs: (atlasPictures) => set({ atlasPictures }),

      openFirstAtlas: async () => {
        const { library, atlasStatus } = get()
        if (library === null) return
        if (atlasStatus !== null) return get().openAtlas(atlasStatus.layer)
        const result = await api.invoke('inspector:model', {})
        if (get().library?.id !== library.id) return
        if (!result.ok) return set({ atlasFailure: result.error })
        set({ atlasModel: result.value })
        const layer = firstAtlasLayer(result.value)
        if (layer !== undefined) await get().openAtlas(layer)
      },

      openAtlas: async (layer) => {
        const { library } = get()
        if (library === null) return
        const { atlasModel } = get()
        if (get().atlasStatus?.layer !== layer) set({ ...nothingOpen, atlasModel })
        const result = await api.invoke('activation-atlas:open', { layer })
        if (get().library?.id !== library.id) return
        if (!result.ok) return set({ atlasFailure: result.error })
        if (result.value !== null) get().atlasChanged(result.value)
      },

      makeAtlas: async (photos) => {
        const { atlasStatus } = get()
        if (atlasStatus === null) return
        const { layer } = atlasStatus
        const result = await api.invoke('activation-atlas:make', { layer, photos, seed })
        if (!result.ok) get().tellFailure(result.error)
      },

      stopAtlas: async () => {
        const result = await api.invoke('activation-atlas:stop')
        if (!result.ok) get().tellFailure(result.error)
      },

      atlasChanged: (status) => {
        if (status.libraryId !== get().library?.id) return
        set({ atlasStatus: status })
        if (status.atlasId !== null) void readMap(status.atlasId)
      },

      pickAtlasCell: async (place) => {
        const { atlas } = get()
        set({ atlasCell: place, atlasCellDetail: null })
        if (place === null || atlas === null) return
        const result = await api.invoke('activation-atlas:cell', { atlasId: atlas.id, ...place })
        if (get().atlasCell === place) set({ atlasCellDetail: result })
      },

      wantCellDreams: async (cells) => {
        const { atlas } = get()
        if (atlas === null) return
        // What is no longer at hand is told by the atlas's status.
        await api.invoke('activation-atlas:dreams', { atlasId: atlas.id, cells: [...cells] })
      },

      cellDreamChanged: (dream) => {
        if (dream.atlasId !== get().atlas?.id) return
        set(({ cellDreams }) => ({ cellDreams: new Map(cellDreams).set(cellKey(dream), dream) }))
      },

      forgetAtlas: () => set(nothingOpen),
    }
  }
