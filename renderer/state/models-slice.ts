// The models: which there are, which is in use, and what is being done with them.
import type { PhotoRow } from '../../preload/contract/domain.ts'
import type { ModelAgreement, ModelCheck, ModelsOverview } from '../../preload/contract/models.ts'
import type { ModelAccuracy } from '../../preload/contract/truth.ts'
import { createPace } from './pace.ts'
import type { Slice } from './slice.ts'

export type CheckState = 'running' | ModelCheck

export interface ModelsSlice {
  /** Null until the first answer. */
  readonly models: ModelsOverview | null
  /** By model; kept until the window closes. */
  readonly modelChecks: ReadonlyMap<string, CheckState>
  readonly loadModels: () => Promise<void>
  /** Uses a model for everything; tells when it cannot be. */
  readonly chooseModel: (id: string) => Promise<void>
  readonly checkModel: (id: string) => Promise<void>
  readonly removeModel: (id: string, name: string) => Promise<void>
  readonly removeResults: (id: string, name: string) => Promise<void>
  /** Null until one was asked for. */
  readonly agreement: ModelAgreement | null
  readonly showAgreement: (id: string | null) => Promise<void>
  /** How often models say what photos really show; null until it was asked for. */
  readonly accuracy: ModelAccuracy | null
  /** Judges the model in use, and another one; null forgets what was found. */
  readonly showAccuracy: (asked: { readonly otherId: string | null } | null) => Promise<void>
  /** Looks at a photo with the model in use and another one beside it. */
  readonly compareOn: (photo: PhotoRow, otherId: string) => Promise<void>
  readonly download: (id: string) => Promise<void>
  readonly pauseDownload: (id: string) => Promise<void>
  readonly cancelDownload: (id: string) => Promise<void>
}

export const createModelsSlice: Slice<ModelsSlice> =
  ({ api, now }) =>
  (set, get) => {
    let toldGivenUp = 0
    const load = async (): Promise<void> => {
      const result = await api.invoke('models:overview')
      if (!result.ok) return get().tellFailure(result.error)
      const before = get().models
      set({ models: result.value })
      get().followDescribing()
      const { currentId, givenUp, installed } = result.value
      const ids = installed.filter(({ broken }) => broken === '').map(({ id }) => id)
      if (before !== null) get().followModels(currentId, before.currentId, ids)
      for (const { id, name, download } of before?.catalogue ?? []) {
        if (download.state !== 'none' && ids.includes(id)) get().tell(`${name} is installed.`)
      }
      if (givenUp === null || givenUp.number === toldGivenUp) return
      toldGivenUp = givenUp.number
      get().tellFailure(givenUp.failure)
    }
    // While a library is indexed, its figures change several times a second.
    const pace = createPace(load, { gapMs: 250, gapPerDuration: 4, now })

    const check = (id: string, state: CheckState): void =>
      set(({ modelChecks }) => ({ modelChecks: new Map(modelChecks).set(id, state) }))

    return {
      models: null,
      modelChecks: new Map(),
      loadModels: async () => {
        if (get().models === null) await load()
        else pace.request()
      },

      chooseModel: async (id) => {
        const result = await api.invoke('models:use', { id })
        if (!result.ok) get().tellFailure(result.error)
        await load()
      },

      checkModel: async (id) => {
        check(id, 'running')
        const result = await api.invoke('models:verify', { id })
        if (result.ok) return check(id, result.value)
        const { message, hint } = result.error
        check(id, { ok: false, reason: `${message} ${hint}`.trim(), msPerPhoto: 0 })
      },

      removeModel: async (id, name) => {
        const result = await api.invoke('models:remove', { id })
        if (result.ok) get().tell(`${name} was removed.`)
        else get().tellFailure(result.error)
        await load()
      },

      removeResults: async (id, name) => {
        const result = await api.invoke('models:remove-results', { id })
        if (result.ok) get().tell(`What ${name} found out was removed from this library.`)
        else get().tellFailure(result.error)
        await load()
      },

      agreement: null,
      showAgreement: async (id) => {
        if (id === null) return set({ agreement: null, accuracy: null })
        const result = await api.invoke('models:agreement', { id })
        if (result.ok) set({ agreement: result.value, accuracy: null })
        else return get().tellFailure(result.error)
        await get().showAccuracy({ otherId: id })
      },

      accuracy: null,
      showAccuracy: async (asked) => {
        if (asked === null) return set({ accuracy: null })
        const { otherId } = asked
        const result = await api.invoke('truth:accuracy', otherId === null ? {} : { otherId })
        // Another page was opened meanwhile.
        if ((get().agreement?.otherId ?? null) !== otherId) return
        if (result.ok) set({ accuracy: result.value })
        else get().tellFailure(result.error)
      },

      compareOn: async (photo, otherId) => {
        const source = { kind: 'photo', id: photo.id } as const
        const currentId = get().models?.currentId
        if (currentId !== undefined) await get().chooseInspectorModel(currentId)
        await get().inspect(source, photo.name)
        get().showInspectorView('compare')
        await get().inspect({ ...source }, photo.name, 'b', otherId)
      },

      download: async (id) => {
        const result = await api.invoke('models:download', { id })
        if (!result.ok) get().tellFailure(result.error)
      },
      pauseDownload: async (id) => {
        const result = await api.invoke('models:pause-download', { id })
        if (!result.ok) get().tellFailure(result.error)
      },
      cancelDownload: async (id) => {
        const result = await api.invoke('models:cancel-download', { id })
        if (!result.ok) get().tellFailure(result.error)
      },
    }
  }
