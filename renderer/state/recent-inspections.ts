// The photos that were inspected lately, each once, latest first.
import type { InspectorSource } from '../../preload/contract/inspector.ts'

export interface RecentInspection {
  readonly source: InspectorSource
  readonly name: string
  /** The best label. */
  readonly label: string
}

const mostRecents = 24

export const sourceKey = ({ kind, id }: InspectorSource): string => `${kind}-${id}`

export const withRecent = (
  recents: readonly RecentInspection[],
  recent: RecentInspection,
): readonly RecentInspection[] => {
  const key = sourceKey(recent.source)
  const others = recents.filter(({ source }) => sourceKey(source) !== key)
  return [recent, ...others].slice(0, mostRecents)
}
