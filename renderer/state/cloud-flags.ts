// Which points are bright, and the byte that tells the scene how to draw each.
import type { CloudPoints } from '../../preload/contract/cloud.ts'
import { pointFlag } from '../scene/cloud/cloud-scene-types.ts'
import type { Legend } from './cloud-legend.ts'
import { maskOf } from './cloud-points.ts'
import type { TimeSpan } from './cloud-view-slice.ts'

/** Null where nothing is asked. */
export interface BrightIf {
  /** Photos that the Library's filter lets through. */
  readonly listed: Iterable<number> | null
  /** Photos that match the search. */
  readonly matches: Iterable<number> | null
  /** A byte a point: 0 where another model, on the way to its layout, has not seen the photo. */
  readonly known: Uint8Array | null
  readonly timeSpan: TimeSpan | null
  readonly legend: Legend | null
  readonly legendKeys: ReadonlySet<number>
}

/** One byte a point: 1 where it passes everything that is asked. */
export function brightMask(
  { ids, takenAtMs }: Pick<CloudPoints, 'ids' | 'takenAtMs'>,
  { listed, matches, known, timeSpan, legend, legendKeys }: BrightIf,
): Uint8Array {
  const bright = new Uint8Array(ids.length).fill(1)
  for (const wanted of [listed, matches]) {
    if (wanted !== null) keepWhere(bright, maskOf(ids, wanted))
  }
  if (known !== null) keepWhere(bright, known)
  if (timeSpan !== null) {
    const { fromMs, toMs } = timeSpan
    for (let at = 0; at < bright.length; at++) {
      const atMs = takenAtMs[at] ?? 0
      if (atMs < fromMs || atMs > toMs) bright[at] = 0
    }
  }
  if (legend !== null && legendKeys.size > 0) {
    const kept = legend.entries.map(({ key }) => legendKeys.has(key))
    for (let at = 0; at < bright.length; at++) if (!kept[legend.entryOf[at] ?? 0]) bright[at] = 0
  }
  return bright
}

function keepWhere(bright: Uint8Array, mask: Uint8Array): void {
  for (let at = 0; at < bright.length; at++) if (mask[at] === 0) bright[at] = 0
}

export interface Drawn {
  readonly bright: Uint8Array
  /** Only these are drawn; null draws all. */
  readonly isolated: ReadonlySet<number> | null
  readonly selected: ReadonlySet<number>
}

export function flagsOf(ids: Uint32Array, { bright, isolated, selected }: Drawn): Uint8Array {
  const flags = maskOf(ids, selected)
  const shown = isolated === null ? null : maskOf(ids, isolated)
  for (let at = 0; at < flags.length; at++) {
    let flag = flags[at] === 1 ? pointFlag.selected : 0
    if (bright[at] === 0) flag |= pointFlag.faint
    if (shown !== null && shown[at] === 0) flag |= pointFlag.hidden
    flags[at] = flag
  }
  return flags
}

/** The ids of points that are drawn and bright. */
export function shownIds(ids: Uint32Array, flags: Uint8Array): Uint32Array {
  const shown = new Uint32Array(ids.length)
  let count = 0
  for (let at = 0; at < ids.length; at++) {
    if (((flags[at] ?? 0) & (pointFlag.hidden | pointFlag.faint)) !== 0) continue
    shown[count] = ids[at] ?? 0
    count += 1
  }
  return shown.slice(0, count)
}
