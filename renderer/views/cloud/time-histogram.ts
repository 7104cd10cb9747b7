// How many photos were taken when: even bins over the whole time, and the way of a playing slider.
import type { TimeSpan } from '../../state/cloud-view-slice.ts'

export interface TimeHistogram {
  readonly fromMs: number
  readonly toMs: number
  readonly counts: Uint32Array
  readonly most: number
}

/** Null when all photos are of the same moment. */
export function timeHistogram(takenAtMs: Float64Array, bins: number): TimeHistogram | null {
  let fromMs = Number.POSITIVE_INFINITY
  let toMs = Number.NEGATIVE_INFINITY
  for (let at = 0; at < takenAtMs.length; at++) {
    const atMs = takenAtMs[at] ?? 0
    if (atMs < fromMs) fromMs = atMs
    if (atMs > toMs) toMs = atMs
  }
  if (!(toMs > fromMs)) return null
  const counts = new Uint32Array(bins)
  let most = 0
  for (let at = 0; at < takenAtMs.length; at++) {
    const share = ((takenAtMs[at] ?? fromMs) - fromMs) / (toMs - fromMs)
    const bin = Math.min(bins - 1, Math.floor(share * bins))
    const count = (counts[bin] ?? 0) + 1
    counts[bin] = count
    if (count > most) most = count
  }
  return { fromMs, toMs, counts, most }
}

/**
 * The next step of playing: an open span grows from its beginning, a narrow one slides on. At the end
 * it begins again.
 *
 * @param width of the narrow span, 0 for one that grows
 */
export function nextSpan(
  span: TimeSpan,
  { fromMs, toMs }: Pick<TimeHistogram, 'fromMs' | 'toMs'>,
  widthMs: number,
  stepMs: number,
): TimeSpan {
  const endMs = span.toMs >= toMs ? fromMs + widthMs : Math.min(toMs, span.toMs + stepMs)
  return { fromMs: widthMs > 0 ? endMs - widthMs : fromMs, toMs: endMs }
}
