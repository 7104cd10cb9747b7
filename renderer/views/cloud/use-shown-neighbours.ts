// The neighbours that strip and links show: a dropped file's, or those of the photos asked about.
import { useMemo } from 'react'
import type { CloudNeighbour } from '../../../preload/contract/cloud.ts'
import { type OutsidePhoto, shownOutside } from '../../state/cloud-outside-slice.ts'
import { useLatent } from '../../use-latent.ts'

export interface ShownNeighbours {
  readonly outside: OutsidePhoto | null
  /** The one photo that the links start from; null when several were asked about. */
  readonly fromId: number | null
  readonly found: readonly CloudNeighbour[]
}

/** Null when no neighbours are to be shown. */
export function useShownNeighbours(): ShownNeighbours | null {
  const outside = useLatent(shownOutside)
  const neighbours = useLatent((state) => state.neighbours)
  return useMemo(() => {
    if (outside !== null) return { outside, fromId: null, found: outside.place.neighbours }
    if (neighbours === null) return null
    const { more, less } = neighbours.of
    const [only] = more
    const fromId = more.length === 1 && less.length === 0 ? (only ?? null) : null
    return { outside: null, fromId, found: neighbours.found }
  }, [outside, neighbours])
}
