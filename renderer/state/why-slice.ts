// Why the network says what it says: attributions for one label or two, one worked out at a time.
import type { Failure } from '../../preload/contract/errors.ts'
import type {
  Attribution,
  AttributionMethod,
  InspectorProgress,
} from '../../preload/contract/inspector.ts'
import type { Slice } from './slice.ts'

export interface WhyQuestion {
  readonly session: string
  readonly method: AttributionMethod
  readonly classIndex: number
  /** Grad-CAM only; null for the layer that it looks at by itself. */
  readonly layer: string | null
}

export interface WhySlice {
  readonly whyMethod: AttributionMethod
  /** Null chooses the photo's best label, or its second one beside it. */
  readonly whyClasses: readonly [number | null, number | null]
  readonly whyComparing: boolean
  readonly whyLayer: string | null
  /** By {@link whyKey}. */
  readonly attributions: ReadonlyMap<string, Attribution>
  readonly whyFailures: ReadonlyMap<string, Failure>
  readonly whyProgress: InspectorProgress | null
  readonly chooseWhyMethod: (method: AttributionMethod) => void
  readonly chooseWhyClass: (pane: 0 | 1, classIndex: number) => void
  readonly chooseWhyLayer: (layer: string | null) => void
  readonly compareWhy: (comparing: boolean) => void
  /** Says what is looked at now, first things first; what is no longer wanted is given up. */
  readonly wantAttributions: (questions: readonly WhyQuestion[]) => void
  readonly retryAttribution: (question: WhyQuestion) => void
  readonly whyProgressed: (progress: InspectorProgress) => void
}

export const whyKey = ({ session, method, classIndex, layer }: WhyQuestion): string =>
  `${session}/${method}/${classIndex}/${layer ?? ''}`

const mostAttributions = 32

export const createWhySlice: Slice<WhySlice> =
  ({ api }) =>
  (set, get) => {
    let wanted: readonly WhyQuestion[] = []
    let running: WhyQuestion | null = null

    const isSettled = (question: WhyQuestion): boolean => {
      const key = whyKey(question)
      return get().attributions.has(key) || get().whyFailures.has(key)
    }
    const isWanted = (question: WhyQuestion): boolean =>
      wanted.some((other) => whyKey(other) === whyKey(question))

    /** Main ends the attribution before when the next one is asked for. */
    const goOn = (): void => {
      if (running !== null && isWanted(running)) return
      const next = wanted.find((question) => !isSettled(question))
      if (running !== null && next === undefined) {
        void api.invoke('inspector:attribution-end', { session: running.session })
      }
      running = next ?? null
      set({ whyProgress: null })
      if (next !== undefined) void ask(next)
    }

    const ask = async (question: WhyQuestion): Promise<void> => {
      const { session, method, classIndex, layer } = question
      const result = await api.invoke('inspector:attribution', {
        session,
        method,
        classIndex,
        ...(layer !== null && { layer }),
      })
      if (result.ok) {
        const kept = [...get().attributions].slice(1 - mostAttributions)
        set({ attributions: new Map([...kept, [whyKey(question), result.value]]) })
      } else if (running === question) {
        set({ whyFailures: new Map(get().whyFailures).set(whyKey(question), result.error) })
      }
      if (running !== question) return
      running = null
      goOn()
    }

    return {
      whyMethod: 'grad-cam',
      whyClasses: [null, null],
      whyComparing: false,
      whyLayer: null,
      attributions: new Map(),
      whyFailures: new Map(),
      whyProgress: null,
      chooseWhyMethod: (whyMethod) => set({ whyMethod }),
      chooseWhyClass: (pane, classIndex) =>
        set(({ whyClasses: [first, second] }) => ({
          whyClasses: pane === 0 ? [classIndex, second] : [first, classIndex],
        })),
      chooseWhyLayer: (whyLayer) => set({ whyLayer }),
      compareWhy: (whyComparing) => set({ whyComparing }),
      wantAttributions: (questions) => {
        wanted = questions
        goOn()
      },
      retryAttribution: (question) => {
        const failures = new Map(get().whyFailures)
        failures.delete(whyKey(question))
        set({ whyFailures: failures })
        goOn()
      },
      whyProgressed: (progress) => {
        if (running?.session === progress.session && running.method === progress.task)
          set({ whyProgress: progress })
      },
    }
  }
