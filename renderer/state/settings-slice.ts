// The person's settings; changes show at once and are written behind.
import type { Settings } from '../../preload/contract/domain.ts'
import type { Slice } from './slice.ts'

export interface SettingsSlice {
  readonly settings: Settings
  readonly loadSettings: () => Promise<void>
  readonly changeSettings: (change: Partial<Settings>) => void
  /** Larger or smaller tiles, by menu or key. */
  readonly stepRowHeight: (direction: 1 | -1) => void
}

export const rowHeightRangePx = { min: 80, max: 480, step: 40 } as const

const writeDelayMs = 250

export const createSettingsSlice: Slice<SettingsSlice> =
  ({ api }) =>
  (set, get) => {
    let unwritten: Partial<Settings> = {}
    let timer: ReturnType<typeof setTimeout> | null = null

    const write = async (): Promise<void> => {
      timer = null
      const change = unwritten
      unwritten = {}
      const result = await api.invoke('settings:set', change)
      if (!result.ok) get().tellFailure(result.error)
    }

    return {
      settings: { theme: 'dark', minProbability: 0.2, rowHeightPx: 200, provider: 'auto' },
      loadSettings: async () => {
        const result = await api.invoke('settings:get')
        if (result.ok) set({ settings: result.value })
        else get().tellFailure(result.error)
      },
      changeSettings: (change) => {
        set((state) => ({ settings: { ...state.settings, ...change } }))
        unwritten = { ...unwritten, ...change }
        if (timer !== null) clearTimeout(timer)
        timer = setTimeout(() => void write(), writeDelayMs)
      },
      stepRowHeight: (direction) => {
        const { min, max, step } = rowHeightRangePx
        const wantedPx = get().settings.rowHeightPx + direction * step
        get().changeSettings({ rowHeightPx: Math.min(max, Math.max(min, wantedPx)) })
      },
    }
  }
