// Single numbers under the pointer, and what is saved to files.
import type { Result } from '../../preload/contract/errors.ts'
import type { KernelReading, PointReading } from '../../preload/contract/inspector.ts'
import type { ExportRequest } from '../../preload/contract/inspector-inputs.ts'
import type { RequestInput } from '../../preload/contract/requests.ts'
import type { Slice } from './slice.ts'

export interface ReadingsSlice {
  readonly readPoint: (point: RequestInput<'inspector:point'>) => Promise<Result<PointReading>>
  readonly readKernelPoint: (
    point: RequestInput<'inspector:kernel-point'>,
  ) => Promise<Result<KernelReading>>
  /** Asks where to save, and tells where it went. */
  readonly exportInspected: (request: ExportRequest) => Promise<void>
}

export const createReadingsSlice: Slice<ReadingsSlice> =
  ({ api }) =>
  (_set, get) => ({
    readPoint: (point) => api.invoke('inspector:point', point),
    readKernelPoint: (point) => api.invoke('inspector:kernel-point', point),
    exportInspected: async (request) => {
      const result = await api.invoke('inspector:export', request)
      if (!result.ok) get().tellFailure(result.error)
      else if (result.value !== null) get().tell(`Saved as ${result.value}`)
    },
  })
