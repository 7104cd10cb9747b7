// What the Inspector looks at: one photo or two, a view, a layer and a unit of it.
import type { Failure } from '../../preload/contract/errors.ts'
import type {
  InspectedPhoto,
  InspectorModel,
  InspectorSlot,
  InspectorSource,
} from '../../preload/contract/inspector.ts'
import { type RecentInspection, sourceKey, withRecent } from './recent-inspections.ts'
import { remember, remembered } from './remembered.ts'
import type { Slice } from './slice.ts'

export type InspectorView =
  | 'prediction'
  | 'kernels'
  | 'activations'
  | 'why'
  | 'unit'
  | 'vector'
  | 'compare'

export interface InspectedSlot {
  readonly source: InspectorSource | null
  readonly name: string
  /** The last photo that was opened; it stays to look at while another one opens. */
  readonly photo: InspectedPhoto | null
  readonly opening: boolean
  readonly failure: Failure | null
}

export interface InspectorSlice {
  readonly inspectorView: InspectorView
  readonly inspected: Readonly<Record<InspectorSlot, InspectedSlot>>
  /** The network that is looked into; null for the model in use. */
  readonly inspectorModelId: string | null
  readonly inspectorModel: InspectorModel | null
  readonly inspectorModelFailure: Failure | null
  /** The network that the second photo is looked at with, where it is another one. */
  readonly secondModelId: string | null
  readonly secondModel: InspectorModel | null
  /** A layer of the second network. */
  readonly secondLayerName: string
  /** Empty until the model is known. */
  readonly layerName: string
  /** Null chooses the strongest one on the photo. */
  readonly channel: number | null
  readonly explanationShown: boolean
  /** Latest first. */
  readonly recentlyInspected: readonly RecentInspection[]
  /**
   * Opens a photo in the Inspector and shows it.
   *
   * @param modelId for the second photo: another network than the first one's
   */
  readonly inspect: (
    source: InspectorSource,
    name: string,
    slot?: InspectorSlot,
    modelId?: string,
  ) => Promise<void>
  /** Looks into another network, with the photo that is open. */
  readonly chooseInspectorModel: (id: string) => Promise<void>
  /** Shows the Inspector with a network, at a layer of it. */
  readonly lookIntoModel: (id: string, layer?: string) => Promise<void>
  /** Another model is in use, or models are gone: what the Inspector shows keeps up with that. */
  readonly followModels: (currentId: string, beforeId: string, ids: readonly string[]) => void
  readonly chooseSecondLayer: (name: string) => void
  /** A dropped photo is on its way to this slot; null when it will not come. */
  readonly expectInspected: (slot: InspectorSlot, name: string | null) => void
  readonly inspectAgain: (slot: InspectorSlot) => Promise<void>
  readonly closeInspected: (slot: InspectorSlot) => void
  readonly loadInspectorModel: () => Promise<void>
  readonly showInspectorView: (view: InspectorView) => void
  readonly showExplanation: (shown: boolean) => void
  readonly chooseLayer: (name: string) => void
  readonly chooseChannel: (channel: number | null) => void
  /** Shows what a unit looks for. */
  readonly lookAtUnit: (layer: string, channel: number) => void
  /** Another library is open: its predecessor's photos can no longer be asked for. */
  readonly forgetInspectedPhotos: () => void
}

const emptySlot: InspectedSlot = {
  source: null,
  name: '',
  photo: null,
  opening: false,
  failure: null,
}

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

/** A layer of another network that lies as deep, with maps as large as can be had. */
function likeLayer(
  first: InspectorModel | null,
  layerName: string,
  second: InspectorModel,
): string | undefined {
  const layers = first?.layers ?? []
  const at = layers.findIndex(({ name }) => name === layerName)
  if (at < 0) return undefined
  const wantedPx = layers[at]?.widthPx ?? 1
  const share = at / Math.max(layers.length - 1, 1)
  const last = Math.max(second.layers.length - 1, 1)
  const far = (widthPx: number, i: number): number =>
    Math.abs(Math.log2(widthPx / wantedPx)) + Math.abs(i / last - share)
  return second.layers
    .map(({ name, widthPx }, i) => ({ name, distance: far(widthPx, i) }))
    .toSorted((a, b) => a.distance - b.distance)[0]?.name
}

export const createInspectorSlice: Slice<InspectorSlice> =
  ({ api }) =>
  (set, get) => {
    const changeSlot = (slot: InspectorSlot, change: Partial<InspectedSlot>): void =>
      set(({ inspected }) => ({
        inspected: { ...inspected, [slot]: { ...inspected[slot], ...change } },
      }))
    let modelAsked: Promise<void> | null = null

    /** Of the first photo's network; undefined leaves the choice to main. */
    const wantedModel = (): string | undefined =>
      get().inspectorModelId ?? get().models?.currentId ?? undefined

    const askModel = async (): Promise<void> => {
      set({ inspectorModelFailure: null })
      const modelId = wantedModel()
      const result = await api.invoke('inspector:model', modelId === undefined ? {} : { modelId })
      modelAsked = null
      if (modelId !== wantedModel()) return get().loadInspectorModel()
      if (!result.ok) return set({ inspectorModelFailure: result.error })
      const { layers } = result.value
      set(({ layerName }) => ({
        inspectorModel: result.value,
        layerName: layers.some(({ name }) => name === layerName)
          ? layerName
          : (layers[0]?.name ?? ''),
      }))
    }

    const askSecondModel = async (modelId: string): Promise<void> => {
      if (get().secondModel?.id === modelId) return
      const result = await api.invoke('inspector:model', { modelId })
      if (get().secondModelId !== modelId) return
      if (!result.ok) return changeSlot('b', { photo: null, failure: result.error })
      const { layers } = result.value
      const like = likeLayer(get().inspectorModel, get().layerName, result.value)
      set({ secondModel: result.value, secondLayerName: like ?? layers[0]?.name ?? '' })
    }

    const open = async (
      source: InspectorSource,
      name: string,
      slot: InspectorSlot,
    ): Promise<void> => {
      changeSlot(slot, { source, name, opening: true, failure: null })
      void get().loadInspectorModel()
      const second = slot === 'b' ? get().secondModelId : null
      const modelId = second ?? wantedModel()
      const result = await api.invoke('inspector:open', {
        slot,
        source,
        ...(modelId !== undefined && { modelId }),
      })
      if (get().inspected[slot].source !== source) return
      // Main has let go of the photo before: its layers can no longer be asked for.
      if (!result.ok)
        return changeSlot(slot, { photo: null, opening: false, failure: result.error })
      const photo = result.value
      changeSlot(slot, { photo, name: photo.name, opening: false })
      if (second !== null) void askSecondModel(second)
      const label = photo.labels[0]?.name ?? ''
      set(({ recentlyInspected }) => ({
        recentlyInspected: withRecent(recentlyInspected, { source, name: photo.name, label }),
      }))
    }

    return {
      inspectorView: 'prediction',
      inspected: { a: emptySlot, b: emptySlot },
      inspectorModelId: null,
      inspectorModel: null,
      secondModelId: null,
      secondModel: null,
      secondLayerName: '',
      inspectorModelFailure: null,
      layerName: '',
      channel: null,
      explanationShown: remembered('explanation') !== 'hidden',
      recentlyInspected: [],

      inspect: async (source, name, slot = 'a', modelId = undefined) => {
        get().closePreview()
        get().showWorkspace('inspector')
        const shown = get().inspected[slot]
        const sameModel = slot === 'a' || get().secondModelId === (modelId ?? null)
        const same =
          sameModel && shown.source !== null && sourceKey(shown.source) === sourceKey(source)
        if (slot === 'b' && !same) set({ secondModelId: modelId ?? null, secondModel: null })
        if (!same || shown.failure !== null) await open(source, name, slot)
      },

      expectInspected: (slot, name) => {
        if (name !== null) changeSlot(slot, { name, opening: true, failure: null })
        else changeSlot(slot, { name: get().inspected[slot].photo?.name ?? '', opening: false })
      },

      inspectAgain: async (slot) => {
        const { source, name } = get().inspected[slot]
        if (source !== null) await open({ ...source }, name, slot)
      },

      closeInspected: (slot) => {
        if (get().inspected[slot].source === null) return
        changeSlot(slot, emptySlot)
        if (slot === 'b') set({ secondModelId: null, secondModel: null })
        void api.invoke('inspector:close', { slot })
      },

      chooseInspectorModel: async (id) => {
        if (id === get().inspectorModel?.id && id === wantedModel()) return
        get().closeInspected('b')
        for (const dream of get().dreams.values()) {
          if (dream.state === 'running') void get().cancelDream(dream.id)
        }
        set({ inspectorModelId: id, ...nothingKnown })
        const { source, name } = get().inspected.a
        if (source === null) return get().loadInspectorModel()
        changeSlot('a', { photo: null })
        await open({ ...source }, name, 'a')
      },

      lookIntoModel: async (id, layer = '') => {
        get().showWorkspace('inspector')
        await get().chooseInspectorModel(id)
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
        if (isGone || currentId !== beforeId) {
          void get()
            .chooseInspectorModel(currentId)
            .then(() => set({ inspectorModelId: null }))
        }
      },

      chooseSecondLayer: (secondLayerName) => set({ secondLayerName }),

      loadInspectorModel: async () => {
        const modelId = wantedModel()
        const known = get().inspectorModel
        if (known !== null && (modelId === undefined || known.id === modelId)) return
        modelAsked ??= askModel()
        await modelAsked
      },

      showInspectorView: (inspectorView) => set({ inspectorView }),

      showExplanation: (explanationShown) => {
        remember('explanation', explanationShown ? 'shown' : 'hidden')
        set({ explanationShown })
      },

      chooseLayer: (layerName) => {
        if (get().layerName !== layerName) set({ layerName, channel: null })
      },
      chooseChannel: (channel) => set({ channel }),
      lookAtUnit: (layerName, channel) => set({ layerName, channel, inspectorView: 'unit' }),

      forgetInspectedPhotos: () => {
        set(({ recentlyInspected }) => ({
          recentlyInspected: recentlyInspected.filter(({ source }) => source.kind !== 'photo'),
        }))
        for (const slot of ['a', 'b'] as const) {
          if (get().inspected[slot].source?.kind === 'photo') get().closeInspected(slot)
        }
      },
    }
  }
