// Dropped and pasted images: one card each, filled when its inspection is done.
import type { Inspection } from '../../preload/contract/domain.ts'
import type { Failure } from '../../preload/contract/errors.ts'
import type { Slice } from './slice.ts'

export type CardState =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'done'; readonly inspection: Inspection; readonly added: AddState }
  | { readonly kind: 'failed'; readonly failure: Failure }

export type AddState = 'no' | 'adding' | 'yes'

export interface InspectionCard {
  readonly key: number
  readonly name: string
  readonly state: CardState
}

export interface InspectionsSlice {
  /** Latest first. */
  readonly cards: readonly InspectionCard[]
  readonly dropFiles: (files: readonly File[]) => Promise<void>
  readonly addInspection: (key: number) => Promise<void>
  readonly dismissCard: (key: number) => void
  readonly dismissAllCards: () => void
}

export const createInspectionsSlice: Slice<InspectionsSlice> =
  ({ api }) =>
  (set, get) => {
    let lastKey = 0

    const changeCard = (key: number, state: CardState): void =>
      set(({ cards }) => ({
        cards: cards.map((card) => (card.key === key ? { ...card, state } : card)),
      }))

    return {
      cards: [],

      dropFiles: async (files) => {
        get().closePreview()
        const outcome = await api.drop(files)
        if (outcome.kind === 'library') return get().folderOpened(outcome.result)
        const added = outcome.pending.map(({ name, inspection }) => {
          lastKey += 1
          return { card: { key: lastKey, name, state: { kind: 'waiting' } as const }, inspection }
        })
        set(({ cards }) => ({ cards: [...added.map(({ card }) => card), ...cards] }))
        await Promise.all(
          added.map(async ({ card, inspection }) => {
            const result = await inspection
            changeCard(
              card.key,
              result.ok
                ? { kind: 'done', inspection: result.value, added: 'no' }
                : { kind: 'failed', failure: result.error },
            )
          }),
        )
      },

      addInspection: async (key) => {
        const state = get().cards.find((card) => card.key === key)?.state
        if (state?.kind !== 'done' || state.added !== 'no') return
        changeCard(key, { ...state, added: 'adding' })
        const result = await api.invoke('inspect:add', { id: state.inspection.id })
        changeCard(key, { ...state, added: result.ok ? 'yes' : 'no' })
        if (!result.ok) get().tellFailure(result.error)
      },

      dismissCard: (key) =>
        set(({ cards }) => ({ cards: cards.filter((card) => card.key !== key) })),
      dismissAllCards: () => set({ cards: [] }),
    }
  }
