// What the Cloud shows of its data now: legend, colours, and a flag for every point.
import { useMemo } from 'react'
import { brightMask, flagsOf, shownIds } from '../../state/cloud-flags.ts'
import type { Legend } from '../../state/cloud-legend.ts'
import type { CloudData } from '../../state/cloud-points.ts'
import { knownOf, legendOfState, listedOf } from '../../state/cloud-shown.ts'
import { useLatent } from '../../use-latent.ts'
import { useBackdrop } from './use-backdrop.ts'

export interface Shown {
  /** Null while photos show their own colours. */
  readonly legend: Legend | null
  readonly coloursRgb: Uint8Array
  readonly flags: Uint8Array
  /** Of what is drawn and bright. */
  readonly ids: Uint32Array
}

export function useShown(cloudData: CloudData): Shown {
  const backdrop = useBackdrop()
  const cloudColourBy = useLatent((state) => state.cloudColourBy)
  const similarities = useLatent((state) => state.similarities)
  const cloudDescribed = useLatent((state) => state.cloudDescribed)
  const matches = useLatent((state) => state.cloudMatches)
  const timeSpan = useLatent((state) => state.timeSpan)
  const legendKeys = useLatent((state) => state.legendKeys)
  const isolated = useLatent((state) => state.isolated)
  const selected = useLatent((state) => state.selection.ids)
  const listed = useLatent(listedOf)
  const known = useLatent(knownOf)

  const legend = useMemo(
    () => legendOfState({ cloudData, cloudColourBy, similarities, cloudDescribed }, backdrop),
    [cloudData, cloudColourBy, similarities, cloudDescribed, backdrop],
  )
  const { points } = cloudData
  const bright = useMemo(
    () => brightMask(points, { listed, matches, known, timeSpan, legend, legendKeys }),
    [points, listed, matches, known, timeSpan, legend, legendKeys],
  )
  const flags = useMemo(
    () => flagsOf(points.ids, { bright, isolated, selected }),
    [points, bright, isolated, selected],
  )
  const ids = useMemo(() => shownIds(points.ids, flags), [points, flags])
  const coloursRgb = legend?.coloursRgb ?? points.coloursRgb
  return useMemo(() => ({ legend, coloursRgb, flags, ids }), [legend, coloursRgb, flags, ids])
}
