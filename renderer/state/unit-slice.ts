// What excites a unit among the photos of the library, and where on each of them.
import { type Failure, fail, type Result } from '../../preload/contract/errors.ts'
import type { UnitPatch, UnitPhotos } from '../../preload/contract/inspector.ts'
import type { Slice } from './slice.ts'

export interface Unit {
  readonly layer: string
  readonly channel: number
}

export interface UnitSlice {
  /** Of the unit last asked for, once it is there; the one before stays until then. */
  readonly unitPhotos: UnitPhotos | null
  readonly unitPhotosFailure: Failure | null
  /** By photo, of the same unit as `unitPhotos`. */
  readonly unitPatches: ReadonlyMap<number, Result<UnitPatch>>
  readonly loadUnit: (unit: Unit) => Promise<void>
}

export const unitKey = ({ layer, channel }: Unit): string => `${layer}/${channel}`

export const createUnitSlice: Slice<UnitSlice> =
  ({ api }) =>
  (set, get) => {
    let lastTurn = 0

    /** Of the network that is looked into. */
    const ofModel = (): { modelId?: string } => {
      const modelId = get().inspectorModel?.id
      return modelId === undefined ? {} : { modelId }
    }

    /** One after the other: each costs a run of the network. */
    const loadPatches = async (unit: Unit, photos: UnitPhotos, turn: number): Promise<void> => {
      const ids = new Set([...photos.most, ...photos.least].map(({ photo }) => photo.id))
      for (const id of ids) {
        const patch = await api.invoke('inspector:unit-patch', {
          ...ofModel(),
          layer: unit.layer,
          channel: unit.channel,
          photoId: id,
        })
        if (turn !== lastTurn) return
        set({ unitPatches: new Map(get().unitPatches).set(id, patch) })
      }
    }

    return {
      unitPhotos: null,
      unitPhotosFailure: null,
      unitPatches: new Map(),
      loadUnit: async ({ layer, channel }) => {
        lastTurn += 1
        const turn = lastTurn
        set({ unitPhotosFailure: null })
        const result =
          get().library === null
            ? fail('not-found', 'No library is open.', 'Open a folder to see your own photos here.')
            : await api.invoke('inspector:unit-photos', { ...ofModel(), layer, channel })
        if (turn !== lastTurn) return
        if (!result.ok) {
          set({ unitPhotos: null, unitPatches: new Map(), unitPhotosFailure: result.error })
          return
        }
        set({ unitPhotos: result.value, unitPatches: new Map() })
        await loadPatches({ layer, channel }, result.value, turn)
      },
    }
  }
