// What a person says photos show, and taking it back.
import type { SaidTruth, Truth } from '../../preload/contract/truth.ts'
import { formatCounted } from '../ui/format.ts'
import { createLatest } from './latest.ts'
import type { LatentState, Slice } from './slice.ts'

export interface TruthSlice {
  /** The photos that a person is about to speak of; null while nobody asks. */
  readonly truthAsked: readonly number[] | null
  readonly truthsFound: readonly Truth[]
  /** What they were found by: less than what is typed while an answer is awaited. */
  readonly truthsFoundBy: string
  /** The newest is the last. */
  readonly truthsToTakeBack: readonly (readonly SaidTruth[])[]
  /** Asks what the photos show; without photos, of those that are looked at or selected. */
  readonly askTruth: (ids?: readonly number[]) => void
  readonly endAskingTruth: () => void
  readonly searchTruths: (text: string) => void
  /** Null takes back what was said of them. */
  readonly sayTruth: (ids: readonly number[], truth: Truth | null) => Promise<void>
  readonly takeBackTruth: () => Promise<void>
}

const mostTakenBack = 50

export const createTruthSlice: Slice<TruthSlice> =
  ({ api }) =>
  (set, get) => {
    const search = createLatest(async (text: string) => {
      const result = await api.invoke('truth:search', { text })
      set({ truthsFound: result.ok ? result.value : [], truthsFoundBy: text })
      if (!result.ok) get().tellFailure(result.error)
    })
    const say = async (said: readonly SaidTruth[]): Promise<readonly SaidTruth[] | null> => {
      const result = await api.invoke('truth:say', [...said])
      if (!result.ok) {
        get().tellFailure(result.error)
        return null
      }
      const { previewId } = get()
      if (previewId !== null) void get().loadPreviewDetail(previewId)
      return result.value
    }
    return {
      truthAsked: null,
      truthsFound: [],
      truthsFoundBy: '',
      truthsToTakeBack: [],

      askTruth: (ids = photosInMind(get())) => {
        if (ids.length === 0) return
        get().showPhotos(ids.slice(0, 1))
        set({ truthAsked: ids, truthsFound: [], truthsFoundBy: '' })
        search.ask('')
      },
      endAskingTruth: () => set({ truthAsked: null }),
      searchTruths: (text) => search.ask(text),

      sayTruth: async (ids, truth) => {
        set({ truthAsked: null })
        const before = await say(ids.map((id) => ({ id, truth })))
        if (before === null) return
        set(({ truthsToTakeBack }) => ({
          truthsToTakeBack: [...truthsToTakeBack, before].slice(-mostTakenBack),
        }))
        const photos = formatCounted(ids.length, 'photo')
        get().tell(
          truth === null ? `${photos}: taken back.` : `${photos} said to show “${truth.name}”.`,
          '',
          { text: 'Undo', run: () => void get().takeBackTruth() },
        )
      },

      takeBackTruth: async () => {
        const { truthsToTakeBack } = get()
        const last = truthsToTakeBack.at(-1)
        if (last === undefined) return
        set(({ notices }) => ({
          truthsToTakeBack: truthsToTakeBack.slice(0, -1),
          // Its button would take back the one before.
          notices: notices.filter(({ action }) => action === undefined),
        }))
        if ((await say(last)) === null) set({ truthsToTakeBack })
        else get().tell(`${formatCounted(last.length, 'photo')}: as before.`)
      },
    }
  }

/** The photo that is looked at, else those that are selected. */
export function photosInMind({
  previewId,
  workspace,
  inspected,
  selection,
}: Pick<LatentState, 'previewId' | 'workspace' | 'inspected' | 'selection'>): readonly number[] {
  if (previewId !== null) return [previewId]
  if (workspace !== 'inspector') return [...selection.ids]
  const { source } = inspected.a
  return source?.kind === 'photo' ? [source.id] : []
}
