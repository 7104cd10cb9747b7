// The way from this layout to another model's: asked for, made, and gone along.
import type { CloudMorph, CloudMorphProgress } from '../../preload/contract/cloud.ts'
import type { CloudData } from './cloud-points.ts'
import type { Slice } from './slice.ts'

export interface CloudMorphSlice {
  /** Null while the points stand in the layout of the model in use alone. */
  readonly cloudMorph: CloudMorph | null
  /** Null when none is being made; its stage is null until something was told. */
  readonly morphMaking: {
    readonly modelId: string
    readonly progress: CloudMorphProgress | null
  } | null
  /** The points are on their way: not where the model in use has them. */
  readonly morphAway: boolean
  readonly makeMorph: (modelId: string) => Promise<void>
  readonly stopMorph: () => Promise<void>
  readonly morphProgressed: (progress: CloudMorphProgress) => void
  readonly tellMorphAway: (away: boolean) => void
  readonly forgetMorph: () => void
  /** Points or their layout may be others now: then the way leads from nowhere. */
  readonly endStaleMorph: (data: CloudData) => void
}

const nothing = { cloudMorph: null, morphMaking: null, morphAway: false } as const

export const createCloudMorphSlice: Slice<CloudMorphSlice> =
  ({ api }) =>
  (set, get) => ({
    ...nothing,

    makeMorph: async (modelId) => {
      const making = { modelId, progress: null }
      set({ ...nothing, morphMaking: making })
      const result = await api.invoke('cloud:morph', { modelId })
      if (get().morphMaking?.modelId !== modelId) return
      set({ morphMaking: null })
      if (!result.ok) return get().tellFailure(result.error)
      const { cloudData } = get()
      if (cloudData === null || isStale(result.value, cloudData)) {
        return get().tell('The Cloud changed meanwhile.', 'Ask again when it stands still.')
      }
      set({ cloudMorph: result.value })
    },

    stopMorph: async () => {
      set({ morphMaking: null })
      const result = await api.invoke('cloud:morph-stop')
      if (!result.ok) get().tellFailure(result.error)
    },

    morphProgressed: (progress) => {
      if (get().morphMaking?.modelId !== progress.modelId) return
      set({ morphMaking: { modelId: progress.modelId, progress } })
    },

    tellMorphAway: (away) => {
      if (get().morphAway !== away) set({ morphAway: away })
    },

    forgetMorph: () => set(nothing),

    endStaleMorph: (data) => {
      const { cloudMorph } = get()
      if (cloudMorph !== null && isStale(cloudMorph, data)) get().forgetMorph()
    },
  })

const isStale = (morph: CloudMorph, { points, positions }: CloudData): boolean =>
  morph.pointsRevision !== points.revision || morph.positionsRevision !== positions.revision

/** Points that move, farthest first. */
export function farthest({ distances, isShared }: CloudMorph, count: number): readonly number[] {
  return Array.from(isShared.keys())
    .filter((point) => isShared[point] === 1)
    .sort((a, b) => (distances[b] ?? 0) - (distances[a] ?? 0))
    .slice(0, count)
}
