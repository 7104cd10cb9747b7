// Synthetic images that maximise a unit: one is made at a time, the finished ones are kept.
import type { Failure } from '../../preload/contract/errors.ts'
import type { Dream } from '../../preload/contract/inspector.ts'
import type { Slice } from './slice.ts'
import { type Unit, unitKey } from './unit-slice.ts'

export interface DreamSlice {
  /** The latest dream of each unit, by `unitKey`. */
  readonly dreams: ReadonlyMap<string, Dream>
  readonly dreamFailures: ReadonlyMap<string, Failure>
  readonly dreamSeed: number
  readonly chooseDreamSeed: (seed: number) => void
  readonly startDream: (unit: Unit, seed: number) => Promise<void>
  readonly cancelDream: (id: string) => Promise<void>
  readonly dreamChanged: (dream: Dream) => void
}

export const dreamSteps = 256
const mostSeed = 2 ** 31

export const createDreamSlice: Slice<DreamSlice> =
  ({ api }) =>
  (set, get) => {
    const keep = (dream: Dream): void =>
      set(({ dreams }) => ({ dreams: new Map(dreams).set(unitKey(dream), dream) }))

    /** The answer to a start may come after the first news of the same dream. */
    const keepNewer = (dream: Dream): void => {
      const known = get().dreams.get(unitKey(dream))
      if (known?.id !== dream.id || known.picture < dream.picture || known.state === 'cancelled')
        keep(dream)
    }

    return {
      dreams: new Map(),
      dreamFailures: new Map(),
      dreamSeed: 1,
      chooseDreamSeed: (seed) =>
        set({ dreamSeed: Math.min(mostSeed, Math.max(0, Math.trunc(seed) || 0)) }),

      startDream: async (unit, seed) => {
        get().chooseDreamSeed(seed)
        const key = unitKey(unit)
        const failures = new Map(get().dreamFailures)
        failures.delete(key)
        set({ dreamFailures: failures })
        for (const other of get().dreams.values()) {
          if (other.state === 'running') await get().cancelDream(other.id)
        }
        const modelId = get().inspectorModel?.id
        const result = await api.invoke('inspector:dream', {
          ...(modelId !== undefined && { modelId }),
          layer: unit.layer,
          channel: unit.channel,
          steps: dreamSteps,
          seed: get().dreamSeed,
        })
        if (result.ok) keepNewer(result.value)
        else set({ dreamFailures: new Map(get().dreamFailures).set(key, result.error) })
      },

      cancelDream: async (id) => {
        const result = await api.invoke('inspector:dream-cancel', { id })
        if (!result.ok) get().tellFailure(result.error)
      },

      dreamChanged: (dream) => {
        const modelId = get().inspectorModel?.id
        // A unit of the same name in another network.
        if (modelId !== undefined && dream.modelId !== modelId) return
        const known = get().dreams.get(unitKey(dream))
        if (known?.id !== dream.id && known?.state === 'running') return
        keep(dream)
      },
    }
  }
