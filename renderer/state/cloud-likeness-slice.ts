// Photos that are like others by the network: of the selected one, of two trays, of a dropped file.
import type { CloudNeighbour } from '../../preload/contract/cloud.ts'
import type { Failure } from '../../preload/contract/errors.ts'
import {
  noTrays,
  putInTray,
  sameTrays,
  sampleOf,
  type TrayName,
  type Trays,
  takeFromTrays,
} from './cloud-likeness.ts'
import type { CloudData } from './cloud-points.ts'
import { createLatest } from './latest.ts'
import { remember, remembered } from './remembered.ts'
import type { LatentState, Slice } from './slice.ts'

export interface Neighbours {
  readonly of: Trays
  /** Best first. */
  readonly found: readonly CloudNeighbour[]
}

/** A file that was dropped on the Cloud. */
export interface CloudLikenessSlice {
  /** What the person put together; null follows the selection. */
  readonly trays: Trays | null
  /** Whether a selected photo shows its neighbours. */
  readonly neighboursShown: boolean
  readonly neighbours: Neighbours | null
  readonly neighboursFailure: Failure | null
  /** How alike each point is to what is selected, in the order of `of`'s points. */
  readonly similarities: { readonly of: Uint32Array; readonly values: Float32Array } | null
  readonly showNeighbours: (shown: boolean) => void
  readonly addToTray: (tray: TrayName, ids: Iterable<number>) => void
  readonly removeFromTrays: (id: number) => void
  readonly clearTrays: () => void
  /** Asks for what the selection or the trays now call for. */
  readonly followLikeness: () => void
  readonly readLikenessAgain: (before: CloudData | null, after: CloudData) => void
  readonly resetLikeness: () => void
}

export const neighbourCount = 24

const nothingFound = {
  trays: null,
  neighbours: null,
  neighboursFailure: null,
  similarities: null,
} as const

type Question = Pick<LatentState, 'trays' | 'selection'>

/** What neighbours are shown of; null for none. */
export function neighboursOf({ trays, selection }: Question): Trays | null {
  if (trays !== null) return trays.more.length > 0 ? trays : null
  return selection.ids.size === 1 ? { more: [...selection.ids], less: [] } : null
}

const similaritiesOf = (question: Question): Trays | null =>
  neighboursOf(question) ??
  (question.selection.ids.size > 0 ? { more: sampleOf(question.selection.ids), less: [] } : null)

export const createCloudLikenessSlice: Slice<CloudLikenessSlice> =
  ({ api }) =>
  (set, get) => {
    const askNeighbours = createLatest(async (of: Trays) => {
      const { more, less } = of
      const result = await api.invoke('cloud:neighbours', {
        more: [...more],
        less: [...less],
        count: neighbourCount,
      })
      if (!sameTrays(of, neighboursOf(get()))) return
      if (result.ok) set({ neighbours: { of, found: result.value }, neighboursFailure: null })
      else set({ neighbours: null, neighboursFailure: result.error })
    })

    const askSimilarities = createLatest(async ({ more, less }: Trays) => {
      const ids = get().cloudData?.points.ids
      if (ids === undefined) return
      const result = await api.invoke('cloud:similarities', { more: [...more], less: [...less] })
      if (get().cloudData?.points.ids !== ids) return
      if (!result.ok) return get().tellFailure(result.error)
      if (result.value.length === ids.length)
        set({ similarities: { of: ids, values: result.value } })
    })

    const followSimilarities = (): void => {
      if (get().cloudColourBy !== 'similarity') return
      const of = similaritiesOf(get())
      if (of === null) set({ similarities: null })
      else askSimilarities.ask(of)
    }

    const change = (trays: Trays | null): void => {
      set({ trays, outsideShownId: null })
      get().followLikeness()
    }

    return {
      ...nothingFound,
      neighboursShown: remembered('cloud-neighbours') !== 'hidden',

      showNeighbours: (neighboursShown) => {
        remember('cloud-neighbours', neighboursShown ? 'shown' : 'hidden')
        set({ neighboursShown, ...(!neighboursShown && { trays: null, outsideShownId: null }) })
        get().followLikeness()
      },

      addToTray: (tray, ids) => {
        const trays = get().trays ?? neighboursOf(get()) ?? noTrays
        const chosen = sampleOf(ids)
        // What the first "more like these" starts from is what was asked about, nothing else.
        change(putInTray(get().trays === null && tray === 'more' ? noTrays : trays, tray, chosen))
        set({ neighboursShown: true })
        get().followLikeness()
      },
      removeFromTrays: (id) => {
        const trays = takeFromTrays(get().trays ?? neighboursOf(get()) ?? noTrays, id)
        change(trays.more.length > 0 ? trays : null)
      },
      clearTrays: () => change(null),

      followLikeness: () => {
        followSimilarities()
        const of = neighboursOf(get())
        if (of === null || !get().neighboursShown) {
          askNeighbours.forget()
          if (get().neighbours !== null || get().neighboursFailure !== null)
            set({ neighbours: null, neighboursFailure: null })
        } else if (!sameTrays(of, get().neighbours?.of ?? null)) askNeighbours.ask(of)
      },

      readLikenessAgain: (before, after) => {
        if (before?.points.revision !== after.points.revision) {
          const of = neighboursOf(get())
          if (of !== null && get().neighboursShown) askNeighbours.ask(of)
          followSimilarities()
        }
      },

      resetLikeness: () => set(nothingFound),
    }
  }
