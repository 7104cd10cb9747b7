// What the Inspector looks at: one photo or two, a view, a layer and a unit of it.
import type { Failure } from '../../preload/contract/errors.ts'
import type {
  InspectedPhoto,
  InspectorModel,
  InspectorSlot,
  InspectorSource,
} from '../../preload/contract/inspector.ts'
import { wantedModelId } from './inspector-models-slice.ts'
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
  | 'time'

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
  readonly inspectorModel: InspectorModel | null
  readonly inspectorModelFailure: Failure | null
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
  /** Shows the channels of a layer. */
  readonly lookAtLayer: (layerName: string) => void
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

export const createInspectorSlice: Slice<InspectorSlice> =
  ({ api }) =>
  (set, get) => {
    const changeSlot = (slot: InspectorSlot, change: Partial<InspectedSlot>): void =>
      set(({ inspected }) => ({
        inspected: { ...inspected, [slot]: { ...inspected[slot], ...change } },
      }))
    let modelAsked: Promise<void> | null = null

    const askModel = async (): Promise<void> => {
      set({ inspectorModelFailure: null })
      const modelId = wantedModelId(get())
      const result = await api.invoke('inspector:model', modelId === undefined ? {} : { modelId })
      modelAsked = null
      if (modelId !== wantedModelId(get())) return get().loadInspectorModel()
      if (!result.ok) return set({ inspectorModelFailure: result.error })
      const { layers } = result.value
      set(({ layerName }) => ({
        inspectorModel: result.value,
        layerName: layers.some(({ name }) => name === layerName)
          ? layerName
          : (layers[0]?.name ?? ''),
      }))
    }

    const open = async (
      source: InspectorSource,
      name: string,
      slot: InspectorSlot,
    ): Promise<void> => {
      changeSlot(slot, { source, name, opening: true, failure: null })
      void get().loadInspectorModel()
      const second = slot === 'b' ? get().secondModelId : null
      const modelId = second ?? wantedModelId(get())
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
      if (second !== null) void get().loadSecondModel(second)
      const label = photo.labels[0]?.name ?? ''
      set(({ recentlyInspected }) => ({
        recentlyInspected: withRecent(recentlyInspected, { source, name: photo.name, label }),
      }))
    }

    return {
      inspectorView: 'prediction',
      inspected: { a: emptySlot, b: emptySlot },
      inspectorModel: null,
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

      loadInspectorModel: async () => {
        const modelId = wantedModelId(get())
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
      lookAtLayer: (layerName) => {
        get().chooseLayer(layerName)
        set({ inspectorView: 'activations' })
      },
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
