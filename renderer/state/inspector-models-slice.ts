// Which networks the Inspector looks with: the model in use or another one, and a second beside it.
import type { InspectorModel } from '../../preload/contract/inspector.ts'
import { likeLayer } from './like-layer.ts'
import type { LatentState, Slice } from './slice.ts'

export interface InspectorModelsSlice {
  /** The network that is looked into; null for the model in use. */
  readonly inspectorModelId: string | null
  /** The network that the second photo is looked at with, where it is another one. */
  readonly secondModelId: string | null
  readonly secondModel: InspectorModel | null
  /** A layer of the second network. */
  readonly secondLayerName: string
  /** Looks into another network, with the photo that is open. */
  readonly chooseInspectorModel: (id: string) => Promise<void>
  /** Shows the Inspector with a network, at a layer of it, on whichever photo is at hand. */
  readonly lookIntoModel: (id: string, layer?: string) => Promise<void>
  /** Another model is in use, or models are gone: what the Inspector shows keeps up with that. */
  readonly followModels: (currentId: string, beforeId: string, ids: readonly string[]) => void
  readonly loadSecondModel: (id: string) => Promise<void>
  readonly chooseSecondLayer: (name: string) => void
}

/** Of the first photo's network; undefined leaves the choice to main. */
export const wantedModelId = ({
  inspectorModelId,
  models,
}: Pick<LatentState, 'inspectorModelId' | 'models'>): string | undefined =>
  inspectorModelId ?? models?.currentId ?? undefined

/** What was found out about the network before. */
const nothingKnown = {
  inspectorModel: null,
  inspectorModelFailure: null,
  layerName: '',
  channel: null,
  whyClasses: [null, null],
  whyLayer: null,
  dreams: new Map(),
  dreamFailures: new Map(),
  unitPhotos: null,
  unitPhotosFailure: null,
  unitPatches: new Map(),
  vector: null,
  vectorFailure: null,
} as const

export const createInspectorModelsSlice: Slice<InspectorModelsSlice> =
  ({ api }) =>
  (set, get) => ({
    inspectorModelId: null,
    secondModelId: null,
    secondModel: null,
    secondLayerName: '',

    chooseInspectorModel: async (id) => {
      if (id === get().inspectorModel?.id && id === wantedModelId(get())) return
      get().closeInspected('b')
      for (const dream of get().dreams.values()) {
        if (dream.state === 'running') void get().cancelDream(dream.id)
      }
      // What is open was run through another network: its layers are not this one's.
      set(({ inspected }) => ({
        inspectorModelId: id,
        ...nothingKnown,
        inspected: { ...inspected, a: { ...inspected.a, photo: null } },
      }))
      await get().inspectAgain('a')
    },

    lookIntoModel: async (id, layer = '') => {
      get().showWorkspace('inspector')
      await get().chooseInspectorModel(id)
      const { inspected, selection, list, rows } = get()
      const photoId = selection.ids.values().next().value ?? list?.ids[0]
      if (inspected.a.source === null && photoId !== undefined) {
        await get().inspect({ kind: 'photo', id: photoId }, rows.get(photoId)?.row.name ?? '')
      }
      await get().loadInspectorModel()
      const layers = get().inspectorModel?.layers ?? []
      if (!layers.some(({ name }) => name === layer)) return
      get().chooseLayer(layer)
      get().showInspectorView('activations')
    },

    followModels: (currentId, beforeId, ids) => {
      const { inspectorModelId, secondModelId } = get()
      if (secondModelId !== null && !ids.includes(secondModelId)) get().closeInspected('b')
      const isGone = inspectorModelId !== null && !ids.includes(inspectorModelId)
      if (inspectorModelId !== null && !isGone) return
      if (!isGone && currentId === beforeId) return
      void get()
        .chooseInspectorModel(currentId)
        .then(() => set({ inspectorModelId: null }))
    },

    loadSecondModel: async (id) => {
      if (get().secondModel?.id === id) return
      const result = await api.invoke('inspector:model', { modelId: id })
      if (get().secondModelId !== id) return
      if (!result.ok) {
        get().closeInspected('b')
        return get().tellFailure(result.error)
      }
      const { layers } = result.value
      const like = likeLayer(get().inspectorModel, get().layerName, result.value)
      set({ secondModel: result.value, secondLayerName: like ?? layers[0]?.name ?? '' })
    },

    chooseSecondLayer: (secondLayerName) => set({ secondLayerName }),
  })
