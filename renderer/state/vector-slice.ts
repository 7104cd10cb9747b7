// The vector before the last layer, and the photos whose vectors lie nearest.
import type { Failure } from '../../preload/contract/errors.ts'
import type { PenultimateVector } from '../../preload/contract/inspector.ts'
import type { Slice } from './slice.ts'

export interface VectorSlice {
  readonly vector: { readonly session: string; readonly value: PenultimateVector } | null
  readonly vectorFailure: Failure | null
  readonly loadVector: (session: string) => Promise<void>
}

export const createVectorSlice: Slice<VectorSlice> =
  ({ api }) =>
  (set) => {
    let asked = ''
    return {
      vector: null,
      vectorFailure: null,
      loadVector: async (session) => {
        asked = session
        set({ vectorFailure: null })
        const result = await api.invoke('inspector:vector', { session })
        if (asked !== session) return
        if (result.ok) set({ vector: { session, value: result.value } })
        else set({ vectorFailure: result.error })
      },
    }
  }
