// Places of the eye that the person keeps by name, for each library.
import { z } from 'zod'
import type { CloudCameraView } from '../scene/cloud/cloud-scene-types.ts'
import { remember, remembered } from './remembered.ts'
import type { Slice } from './slice.ts'

export interface SavedView {
  readonly name: string
  readonly view: CloudCameraView
}

export interface SavedViewsSlice {
  /** In the order they were kept. */
  readonly savedViews: readonly SavedView[]
  /** Reads those of the open library. */
  readonly openSavedViews: () => void
  /** One of the same name is replaced. */
  readonly saveView: (name: string, view: CloudCameraView) => void
  readonly forgetView: (name: string) => void
}

const place = z.tuple([z.number(), z.number(), z.number()])
const stored = z.array(
  z.object({
    name: z.string().min(1).max(100),
    view: z.object({ position: place, target: place, up: place }),
  }),
)

function parseViews(text: string | null): readonly SavedView[] {
  if (text === null) return []
  try {
    return stored.parse(JSON.parse(text))
  } catch {
    // Written by another version or cut off: the person keeps new ones.
    return []
  }
}

export const createSavedViewsSlice: Slice<SavedViewsSlice> = () => (set, get) => {
  const key = (): string => `cloud-views-${get().library?.id ?? ''}`
  const keep = (savedViews: readonly SavedView[]): void => {
    remember(key(), JSON.stringify(savedViews))
    set({ savedViews })
  }
  const others = (name: string): readonly SavedView[] =>
    get().savedViews.filter((saved) => saved.name !== name)
  return {
    savedViews: [],
    openSavedViews: () => set({ savedViews: parseViews(remembered(key())) }),
    saveView: (name, view) => {
      const trimmed = name.trim().slice(0, 100)
      if (trimmed !== '') keep([...others(trimmed), { name: trimmed, view }])
    },
    forgetView: (name) => keep(others(name)),
  }
}
