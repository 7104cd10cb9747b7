// A model that was brought to the window: its card, what a person says of it, and how it does.
import type { Failure, Result } from '../../preload/contract/errors.ts'
import type { ToldCard } from '../../preload/contract/model-card.ts'
import type { ModelTrial, TrialAnswer } from '../../preload/contract/models.ts'
import type { Slice } from './slice.ts'

export interface BroughtModel {
  readonly fileName: string
  /** Empty until the first answer. */
  readonly trialId: string
  readonly trying: boolean
  /** The last attempt that succeeded; its card is what the form starts from. */
  readonly trial: ModelTrial | null
  /** Why the last attempt did not succeed. */
  readonly failure: Failure | null
  /** What a person said so far. */
  readonly told: ToldCard
  /** Said, or chosen, since the last attempt. */
  readonly changed: boolean
  readonly labelsFile: string
  /** Null for the example that comes with Latent. */
  readonly photoId: number | null
  readonly installing: boolean
}

export interface ModelTrialSlice {
  readonly brought: BroughtModel | null
  readonly pickModel: () => Promise<void>
  readonly bringModel: (name: string, answer: Promise<Result<TrialAnswer>>) => Promise<void>
  /** Changes one part of the card, over what was said before. */
  readonly tellOfModel: (part: ToldCard) => void
  readonly tryModelOn: (photoId: number | null) => Promise<void>
  readonly tryModelAgain: () => Promise<void>
  readonly pickModelLabels: () => Promise<void>
  /** Asks for the text network that goes with it, and tries both. */
  readonly pickModelText: () => Promise<void>
  readonly dropModelLabels: () => Promise<void>
  readonly installModel: () => Promise<void>
  readonly discardModel: () => void
}

const fresh = (fileName: string): BroughtModel => ({
  fileName,
  trialId: '',
  trying: true,
  trial: null,
  failure: null,
  told: {},
  changed: false,
  labelsFile: '',
  photoId: null,
  installing: false,
})

export const createModelTrialSlice: Slice<ModelTrialSlice> =
  ({ api }) =>
  (set, get) => {
    const change = (part: Partial<BroughtModel>): void =>
      set(({ brought }) => ({ brought: brought === null ? null : { ...brought, ...part } }))

    /** Of the attempt that is under way: an answer to another one comes too late. */
    let turn = 0

    const take = async (own: number, answer: Promise<Result<TrialAnswer>>): Promise<void> => {
      const result = await answer
      if (own !== turn || get().brought === null) return
      if (!result.ok) return change({ trying: false, failure: result.error })
      const { value } = result
      if (value.kind === 'refused') {
        change({ trialId: value.trialId, trying: false, failure: value.failure })
        return
      }
      const { trial } = value
      const { trialId, labelsFile } = trial
      change({ trialId, trial, labelsFile, trying: false, failure: null, changed: false })
    }

    const again = async (): Promise<void> => {
      const { brought } = get()
      if (brought === null || brought.trialId === '') return
      const { trialId, told, photoId } = brought
      turn += 1
      change({ trying: true, failure: null })
      await take(
        turn,
        api.invoke('models:try-again', { trialId, told, ...(photoId !== null && { photoId }) }),
      )
    }

    return {
      brought: null,

      pickModel: async () => {
        const result = await api.invoke('models:pick')
        if (!result.ok) return get().tellFailure(result.error)
        if (result.value === null) return
        const { value } = result
        const name = value.kind === 'tried' ? value.trial.fileName : value.fileName
        await get().bringModel(name, Promise.resolve({ ok: true, value }))
      },

      bringModel: async (name, answer) => {
        turn += 1
        set({ brought: fresh(name) })
        get().showWorkspace('models')
        await take(turn, answer)
      },

      tellOfModel: (part) => {
        const { brought } = get()
        if (brought === null) return
        const { told } = brought
        const joined = {
          ...told,
          ...part,
          ...joinedPart('input', told, part),
          ...joinedPart('preprocessing', told, part),
          ...joinedPart('output', told, part),
          ...joinedPart('classes', told, part),
          ...joinedPart('embedding', told, part),
        }
        // How it is called makes no difference to how it does.
        const named = Object.keys(part).every((key) => key === 'id' || key === 'name')
        change({ told: joined, changed: brought.changed || !named })
      },

      tryModelOn: async (photoId) => {
        change({ photoId })
        await again()
      },
      tryModelAgain: again,

      pickModelLabels: async () => {
        const { brought } = get()
        if (brought === null) return
        const result = await api.invoke('models:pick-labels', { trialId: brought.trialId })
        if (!result.ok) return get().tellFailure(result.error)
        if (result.value === null) return
        change({ labelsFile: result.value })
        await again()
      },

      pickModelText: async () => {
        const { brought } = get()
        if (brought === null) return
        const result = await api.invoke('models:pick-text', { trialId: brought.trialId })
        if (!result.ok) return change({ failure: result.error })
        if (result.value === null) return
        // How scores were read of a network of pictures alone says nothing of a pair.
        const { output, classes, embedding, ...told } = brought.told
        change({ told })
        await again()
      },
      dropModelLabels: async () => {
        const { brought } = get()
        if (brought === null) return
        const result = await api.invoke('models:drop-labels', { trialId: brought.trialId })
        if (!result.ok) return get().tellFailure(result.error)
        change({ labelsFile: '' })
        await again()
      },

      installModel: async () => {
        const { brought } = get()
        if (brought?.trial == null) return
        const { trialId, told, trial } = brought
        const [id, name] = [told.id ?? trial.card.id, told.name ?? trial.card.name]
        change({ installing: true })
        const result = await api.invoke('models:install', { trialId, id, name })
        if (!result.ok) {
          change({ installing: false })
          return get().tellFailure(result.error)
        }
        set({ brought: null })
        get().tell(`${name} is installed.`)
      },

      discardModel: () => {
        const { brought } = get()
        turn += 1
        set({ brought: null })
        if (brought !== null) void api.invoke('models:discard', { trialId: brought.trialId })
      },
    }
  }

type Part = 'input' | 'preprocessing' | 'output' | 'classes' | 'embedding'

const joinedPart = (part: Part, before: ToldCard, now: ToldCard): ToldCard =>
  now[part] === undefined ? {} : { [part]: { ...before[part], ...now[part] } }
