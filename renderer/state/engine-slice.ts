// The inference engine as main reports it.
import type { EngineStatus } from '../../preload/contract/domain.ts'
import type { Slice } from './slice.ts'

export interface EngineSlice {
  readonly engine: EngineStatus | null
  readonly loadEngine: () => Promise<void>
  readonly engineChanged: (engine: EngineStatus) => void
}

export const createEngineSlice: Slice<EngineSlice> =
  ({ api }) =>
  (set, get) => ({
    engine: null,
    loadEngine: async () => {
      const result = await api.invoke('engine:status')
      if (result.ok) set({ engine: result.value })
      else get().tellFailure(result.error)
    },
    engineChanged: (engine) => set({ engine }),
  })
