// The only reader of `window.api`: hands out the bridge that preload has put there.
import type { LatentApi } from '../preload/contract/api.ts'

declare global {
  interface Window {
    readonly api: LatentApi
  }
}

export const bridge = (): LatentApi => window.api
