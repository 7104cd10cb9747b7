// The inference engine as main reports it.
import type { EngineStatus } from '../../preload/contract/domain.ts'
import type { CudaStatus, NvidiaDiagnosis } from '../../preload/contract/providers.ts'
import type { Slice } from './slice.ts'

export interface EngineSlice {
  readonly engine: EngineStatus | null
  readonly loadEngine: () => Promise<void>
  readonly engineChanged: (engine: EngineStatus) => void
  readonly tryProvidersAgain: () => Promise<void>
  /** Null where nothing has to be fetched for CUDA, and before it was asked. */
  readonly cuda: CudaStatus | null
  readonly cudaChanged: (cuda: CudaStatus) => void
  readonly cudaDo: (what: 'ask' | 'download' | 'pause' | 'remove') => Promise<void>
  readonly askNvidia: () => Promise<NvidiaDiagnosis | null>
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
    tryProvidersAgain: async () => {
      const result = await api.invoke('providers:try-again')
      if (!result.ok) get().tellFailure(result.error)
    },
    cuda: null,
    cudaChanged: (cuda) => set({ cuda }),
    cudaDo: async (what) => {
      const result = await api.invoke(`providers:cuda-${what}`)
      if (!result.ok) get().tellFailure(result.error)
    },
    askNvidia: async () => {
      const status = await api.invoke('providers:cuda')
      if (status.ok) set({ cuda: status.value })
      const result = await api.invoke('providers:nvidia')
      if (result.ok) return result.value
      get().tellFailure(result.error)
      return null
    },
  })
