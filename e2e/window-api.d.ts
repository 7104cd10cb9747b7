import type { LatentApi } from '../preload/contract/api.ts'

declare global {
  interface Window {
    readonly api: LatentApi
  }
}
