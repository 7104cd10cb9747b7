// The labels of a model that came with a text network, being read or changed.
import type { LabelList, LabellingProgress, ModelLabels } from '../../preload/contract/models.ts'
import type { Slice } from './slice.ts'

export interface LabelEditor {
  readonly id: string
  readonly name: string
  readonly labels: ModelLabels
  /** Of a change under way, 0 to 1; null when there is none. */
  readonly fraction: number | null
}

export interface LabelsSlice {
  readonly labelEditor: LabelEditor | null
  readonly editLabels: (id: string, name: string) => Promise<void>
  readonly closeLabels: () => void
  readonly changeLabels: (list: LabelList, templates: readonly string[]) => Promise<void>
  readonly stopLabels: () => Promise<void>
  readonly labellingWentOn: (progress: LabellingProgress) => void
}

export const createLabelsSlice: Slice<LabelsSlice> =
  ({ api }) =>
  (set, get) => {
    const change = (id: string, part: Partial<LabelEditor>): void =>
      set(({ labelEditor }) =>
        labelEditor?.id === id ? { labelEditor: { ...labelEditor, ...part } } : {},
      )
    return {
      labelEditor: null,
      editLabels: async (id, name) => {
        const result = await api.invoke('labels:read', { id })
        if (result.ok) set({ labelEditor: { id, name, labels: result.value, fraction: null } })
        else get().tellFailure(result.error)
      },
      closeLabels: () => set({ labelEditor: null }),
      changeLabels: async (list, templates) => {
        const editor = get().labelEditor
        if (editor === null || editor.fraction !== null) return
        const { id, name } = editor
        change(id, { fraction: 0 })
        const result = await api.invoke('labels:change', { id, list, templates: [...templates] })
        change(id, { fraction: null })
        if (!result.ok) {
          if (result.error.code !== 'cancelled') get().tellFailure(result.error)
          return
        }
        get().tell(`${name} has its new labels.`)
        if (get().labelEditor?.id === id) set({ labelEditor: null })
        await get().loadModels()
      },
      stopLabels: async () => {
        await api.invoke('labels:stop')
      },
      labellingWentOn: ({ id, fraction }) => {
        if (get().labelEditor?.fraction !== null) change(id, { fraction })
      },
    }
  }
