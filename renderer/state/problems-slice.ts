// The files that could not be analysed, read while somebody looks at them.
import type { PhotoStatus, Problem } from '../../preload/contract/domain.ts'
import { createPace } from './pace.ts'
import type { Slice } from './slice.ts'

export interface ProblemsSlice {
  /** Null until the first answer for this library. */
  readonly problems: readonly Problem[] | null
  /** Null shows them all. */
  readonly problemStatus: PhotoStatus | null
  readonly showProblemStatus: (status: PhotoStatus | null) => void
  readonly refreshProblems: () => void
}

export const createProblemsSlice: Slice<ProblemsSlice> =
  ({ api, now }) =>
  (set, get) => {
    const load = async (): Promise<void> => {
      const { library } = get()
      if (library === null) return
      const result = await api.invoke('photos:problems')
      if (get().library?.id !== library.id) return
      if (result.ok) set({ problems: result.value })
      else get().tellFailure(result.error)
    }
    const pace = createPace(load, { gapMs: 1000, gapPerDuration: 8, now })
    return {
      problems: null,
      problemStatus: null,
      showProblemStatus: (problemStatus) => set({ problemStatus }),
      refreshProblems: () => pace.request(),
    }
  }
