// Activations of the inspected photos' layers: statistics and bytes, kept while there is room.
import type { Failure } from '../../preload/contract/errors.ts'
import {
  activationsUrl,
  type InspectorSlot,
  type LayerActivations,
} from '../../preload/contract/inspector.ts'
import { createLatest, type Latest } from './latest.ts'
import type { Slice } from './slice.ts'

export interface LayerMaps {
  readonly activations: LayerActivations
  /** [channels, heightPx, widthPx]; see {@link LayerActivations} for what a byte stands for. */
  readonly bytes: Uint8Array
}

interface LayerQuestion {
  readonly session: string
  readonly layer: string
}

export interface LayerMapsSlice {
  /** By {@link layerKey}, least recently loaded first. */
  readonly layerMaps: ReadonlyMap<string, LayerMaps>
  readonly layerFailures: ReadonlyMap<string, Failure>
  /** Loads one layer; while another one loads, the latest asked for comes next. */
  readonly loadLayer: (slot: InspectorSlot, session: string, layer: string) => void
}

export const layerKey = (session: string, layer: string): string => `${session}/${layer}`

const mostBytes = 96 * 2 ** 20
const mostBytesAhead = mostBytes / 2
const aheadDelayMs = 150

const heldBytes = (cache: ReadonlyMap<string, LayerMaps>): number =>
  [...cache.values()].reduce((sum, { bytes }) => sum + bytes.byteLength, 0)

/** Adds maps and drops those of ended sessions, then the oldest ones beyond the room there is. */
export function withLayer(
  cache: ReadonlyMap<string, LayerMaps>,
  maps: LayerMaps,
  sessions: ReadonlySet<string>,
  roomBytes = mostBytes,
): ReadonlyMap<string, LayerMaps> {
  const key = layerKey(maps.activations.session, maps.activations.layer)
  const kept = [...cache].filter(
    ([other, { activations }]) => other !== key && sessions.has(activations.session),
  )
  let bytes = maps.bytes.byteLength
  const newest = kept.reverse().filter(([, other]) => {
    bytes += other.bytes.byteLength
    return bytes <= roomBytes
  })
  return new Map([...newest.reverse(), [key, maps]])
}

export const createLayerMapsSlice: Slice<LayerMapsSlice> =
  ({ api, fetchBytes }) =>
  (set, get) => {
    const isCurrent = (slot: InspectorSlot, session: string): boolean =>
      get().inspected[slot].photo?.session === session

    const load = async (slot: InspectorSlot, { session, layer }: LayerQuestion): Promise<void> => {
      const key = layerKey(session, layer)
      if (!isCurrent(slot, session) || get().layerMaps.has(key)) return
      const failed = (failure: Failure): void => {
        // Main ends the session as soon as another photo is opened in the slot.
        if (isCurrent(slot, session) && !get().inspected[slot].opening)
          set(({ layerFailures }) => ({ layerFailures: new Map(layerFailures).set(key, failure) }))
      }
      const result = await api.invoke('inspector:layer', { session, layer })
      if (!result.ok) return failed(result.error)
      const bytes = await fetchBytes(activationsUrl(session, layer))
      if (!bytes.ok) return failed(bytes.error)
      if (!isCurrent(slot, session)) return
      const { inspected } = get()
      const sessions = new Set(
        [inspected.a, inspected.b].flatMap(({ photo }) => (photo ? [photo.session] : [])),
      )
      const maps = { activations: result.value, bytes: bytes.value }
      set(({ layerMaps }) => ({ layerMaps: withLayer(layerMaps, maps, sessions) }))
    }

    const looked: Partial<Record<InspectorSlot, LayerQuestion>> = {}
    const timers: Partial<Record<InspectorSlot, ReturnType<typeof setTimeout>>> = {}

    /** In a quiet moment the layers beside the one looked at, so that walking shows them at once. */
    const loadAhead = (slot: InspectorSlot): void => {
      clearTimeout(timers[slot])
      timers[slot] = setTimeout(() => {
        const question = looked[slot]
        const layers = get().inspectorModel?.layers ?? []
        const at = layers.findIndex(({ name }) => name === question?.layer)
        if (question === undefined || at < 0 || heldBytes(get().layerMaps) > mostBytesAhead) return
        const isMissing = (layer: { name: string } | undefined): boolean =>
          layer !== undefined && !get().layerMaps.has(layerKey(question.session, layer.name))
        const next = [layers[at + 1], layers[at - 1]].find(isMissing)
        if (next !== undefined) loaders[slot].ask({ ...question, layer: next.name })
      }, aheadDelayMs)
    }

    const loadAndLookAhead = async (
      slot: InspectorSlot,
      question: LayerQuestion,
    ): Promise<void> => {
      await load(slot, question)
      if (get().layerMaps.has(layerKey(question.session, question.layer))) loadAhead(slot)
    }

    const loaders: Readonly<Record<InspectorSlot, Latest<LayerQuestion>>> = {
      a: createLatest((question) => loadAndLookAhead('a', question)),
      b: createLatest((question) => loadAndLookAhead('b', question)),
    }

    return {
      layerMaps: new Map(),
      layerFailures: new Map(),
      loadLayer: (slot, session, layer) => {
        const key = layerKey(session, layer)
        looked[slot] = { session, layer }
        loadAhead(slot)
        if (get().layerMaps.has(key)) return loaders[slot].forget()
        set(({ layerFailures }) => {
          if (!layerFailures.has(key)) return {}
          const others = new Map(layerFailures)
          others.delete(key)
          return { layerFailures: others }
        })
        loaders[slot].ask({ session, layer })
      },
    }
  }
