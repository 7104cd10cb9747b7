// Dropped and pasted images: one card each, filled when its inspection is done.
import type { PendingInspection } from '../../preload/contract/api.ts'
import type { Inspection } from '../../preload/contract/domain.ts'
import type { Failure } from '../../preload/contract/errors.ts'
import { mostOutside } from './cloud-outside-slice.ts'
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
  /** Opens the image in the Inspector; its card has done its work. */
  readonly lookInsideCard: (key: number) => Promise<void>
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

    /** In the Inspector a dropped photo needs no card: the first one is opened at once. */
    const lookInside = async (pending: readonly PendingInspection[]): Promise<void> => {
      const [first, ...others] = pending
      if (first === undefined) return
      const { inspectorView, inspected } = get()
      const slot = inspectorView === 'compare' && inspected.a.photo !== null ? 'b' : 'a'
      get().expectInspected(slot, first.name)
      const result = await first.inspection
      get().expectInspected(slot, null)
      if (!result.ok) return get().tellFailure(result.error)
      const { id, name, wasSeen, reason } = result.value
      if (!wasSeen) {
        return get().tellFailure({
          code: 'unreadable',
          message: `“${name}” cannot be shown.`,
          hint: reason,
        })
      }
      if (others.length > 0) get().tell(`Looking at “${name}”; drop the others one by one.`)
      await get().inspect({ kind: 'inspection', id }, name, slot)
    }

    return {
      cards: [],

      dropFiles: async (files) => {
        get().closePreview()
        const outcome = await api.drop(files)
        if (outcome.kind === 'library') return get().folderOpened(outcome.result)
        if (outcome.kind === 'model') return get().bringModel(outcome.name, outcome.answer)
        if (get().workspace === 'inspector') return lookInside(outcome.pending)
        const added = outcome.pending.map(({ name, inspection }) => {
          lastKey += 1
          return { card: { key: lastKey, name, state: { kind: 'waiting' } as const }, inspection }
        })
        set(({ cards }) => ({ cards: [...added.map(({ card }) => card), ...cards] }))
        const inCloud = get().workspace === 'cloud' && get().library !== null
        if (inCloud && added.length > mostOutside)
          get().tell(`The Cloud shows where the first ${mostOutside} of ${added.length} would lie.`)
        if (inCloud) get().showOutside(null)
        await Promise.all(
          added.map(async ({ card, inspection }, at) => {
            const result = await inspection
            changeCard(
              card.key,
              result.ok
                ? { kind: 'done', inspection: result.value, added: 'no' }
                : { kind: 'failed', failure: result.error },
            )
            if (!inCloud || at >= mostOutside || !result.ok || !result.value.wasSeen) return
            await get().placeOutside(result.value.id, result.value.name)
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

      lookInsideCard: async (key) => {
        const state = get().cards.find((card) => card.key === key)?.state
        if (state?.kind !== 'done') return
        get().dismissCard(key)
        const { id, name } = state.inspection
        await get().inspect({ kind: 'inspection', id }, name)
      },

      dismissCard: (key) =>
        set(({ cards }) => ({ cards: cards.filter((card) => card.key !== key) })),
      dismissAllCards: () => set({ cards: [] }),
    }
  }
