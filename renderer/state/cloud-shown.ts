// What the Cloud shows of the whole state: legend, bright points, flags; for views and commands alike.

import { colourBys } from './cloud-colour-by.ts'
import { type BrightIf, brightMask, flagsOf, shownIds } from './cloud-flags.ts'
import { type Legend, legendOf } from './cloud-legend.ts'
import type { Backdrop } from './cloud-palette.ts'
import { isFiltering } from './query-slice.ts'
import type { LatentState } from './slice.ts'

type ColouredBy = Pick<
  LatentState,
  'cloudData' | 'cloudColourBy' | 'similarities' | 'cloudDescribed'
>

/** Null when photos show their own colours. */
export function legendOfState(state: ColouredBy, backdrop: Backdrop): Legend | null {
  const { cloudData, cloudColourBy, similarities, cloudDescribed } = state
  if (cloudData === null) return null
  // What a person wrote goes before what happens to be selected.
  const alike = [cloudDescribed, similarities].find((known) => known?.of === cloudData.points.ids)
  const fresh = alike?.values ?? null
  const reading = colourBys[cloudColourBy].read(cloudData, fresh)
  return reading && legendOf(reading, backdrop)
}

/** The Library's photos when its filter leaves some out. */
export const listedOf = ({ list, filter }: Pick<LatentState, 'list' | 'filter'>) =>
  list !== null && isFiltering(filter) ? list.ids : null

/** What another model knows of the points, on the way to its layout. */
export const knownOf = ({
  cloudMorph,
  morphAway,
}: Pick<LatentState, 'cloudMorph' | 'morphAway'>) =>
  morphAway ? (cloudMorph?.isShared ?? null) : null

/** Ids of what is drawn and bright: what "all" means to a person who looks at the Cloud. */
export function shownOf(state: LatentState): Uint32Array {
  const { cloudData, cloudMatches: matches, timeSpan, legendKeys, isolated, selection } = state
  if (cloudData === null) return new Uint32Array()
  const { points } = cloudData
  const legend = legendKeys.size > 0 ? legendOfState(state, 'dark') : null
  const asked: BrightIf = {
    listed: listedOf(state),
    matches,
    known: knownOf(state),
    timeSpan,
    legend,
    legendKeys,
  }
  const bright = brightMask(points, asked)
  return shownIds(points.ids, flagsOf(points.ids, { bright, isolated, selected: selection.ids }))
}
