// The Cloud's own search: photos that match light up, the others fade.
import { searchesBy } from './describing.ts'
import { createLatest } from './latest.ts'
import { noFilter } from './query-slice.ts'
import type { Slice } from './slice.ts'

export interface CloudSearchSlice {
  readonly cloudSearchText: string
  /** Ids of the photos that match; null while nothing is searched for. */
  readonly cloudMatches: Uint32Array | null
  /** How much each point is what was described, in the order of `of`'s points. */
  readonly cloudDescribed: { readonly of: Uint32Array; readonly values: Float32Array } | null
  readonly searchCloud: (text: string) => void
  /** Photos have come or gone. */
  readonly searchCloudAgain: () => void
  readonly resetCloudSearch: () => void
}

/** A description has no end: those photos light up that are most similar to it. */
const mostDescribed = { photos: 50, share: 0.1 } as const

const mostSimilar = (ids: Uint32Array): Uint32Array =>
  ids.slice(0, Math.min(mostDescribed.photos, Math.ceil(ids.length * mostDescribed.share)))

export const createCloudSearchSlice: Slice<CloudSearchSlice> =
  ({ api }) =>
  (set, get) => {
    /** For the colours: of every point, near or far. */
    const readDescribed = async (text: string): Promise<void> => {
      const of = get().cloudData?.points.ids
      if (of === undefined) return
      const result = await api.invoke('cloud:described', { text })
      if (get().cloudSearchText.trim() !== text || get().cloudData?.points.ids !== of) return
      set({ cloudDescribed: result.ok ? { of, values: result.value } : null })
    }
    const latest = createLatest(async (text: string) => {
      const { library } = get()
      if (library === null || get().cloudSearchText !== text) return
      const describes = searchesBy(get()) === 'description'
      const words = text.trim()
      const result = await api.invoke('photos:query', {
        filter: describes ? { ...noFilter, described: words } : { ...noFilter, text: words },
        sort: get().sort,
      })
      if (get().cloudSearchText !== text || get().library?.id !== library.id) return
      if (!result.ok) return get().tellFailure(result.error)
      const { ids } = result.value
      set({ cloudMatches: describes ? mostSimilar(ids) : ids })
      if (describes) await readDescribed(words)
      else set({ cloudDescribed: null })
    })
    return {
      cloudSearchText: '',
      cloudMatches: null,
      cloudDescribed: null,
      searchCloud: (cloudSearchText) => {
        set({ cloudSearchText })
        if (cloudSearchText.trim() === '') set({ cloudMatches: null, cloudDescribed: null })
        else latest.ask(cloudSearchText)
      },
      searchCloudAgain: () => {
        if (get().cloudSearchText.trim() !== '') latest.ask(get().cloudSearchText)
      },
      resetCloudSearch: () =>
        set({ cloudSearchText: '', cloudMatches: null, cloudDescribed: null }),
    }
  }
