// How many photos were taken when: even bins over most of the time, and the way of a playing slider.
import type { TimeSpan } from '../../state/cloud-view-slice.ts'

export interface TimeHistogram {
  /** What the bins cover: all photos but the outermost, whose clocks may have been wrong. */
  readonly fromMs: number
  readonly toMs: number
  /** Of all photos. */
  readonly earliestMs: number
  readonly latestMs: number
  /** The first and the last one hold what lies outside too. */
  readonly counts: Uint32Array
  readonly most: number
}

/** A photo in so many may lie outside the bins at either end. */
const outermost = 1 / 100

/** Null when all photos are of the same moment. */
export function timeHistogram(takenAtMs: Float64Array, bins: number): TimeHistogram | null {
  const sorted = takenAtMs.slice().sort()
  const earliestMs = sorted[0] ?? 0
  const latestMs = sorted.at(-1) ?? 0
  if (!(latestMs > earliestMs)) return null
  const left = Math.floor(sorted.length * outermost)
  let fromMs = sorted[left] ?? earliestMs
  let toMs = sorted[sorted.length - 1 - left] ?? latestMs
  if (!(toMs > fromMs)) [fromMs, toMs] = [earliestMs, latestMs]

  const counts = new Uint32Array(bins)
  let most = 0
  for (let at = 0; at < takenAtMs.length; at++) {
    const share = ((takenAtMs[at] ?? fromMs) - fromMs) / (toMs - fromMs)
    const bin = Math.min(bins - 1, Math.max(0, Math.floor(share * bins)))
    const count = (counts[bin] ?? 0) + 1
    counts[bin] = count
    if (count > most) most = count
  }
  return { fromMs, toMs, earliestMs, latestMs, counts, most }
}

/** A span that reaches an end of the bins takes in what lies outside there; null takes in all. */
export function openedSpan(span: TimeSpan, histogram: TimeHistogram): TimeSpan | null {
  const opened = {
    fromMs: span.fromMs <= histogram.fromMs ? histogram.earliestMs : span.fromMs,
    toMs: span.toMs >= histogram.toMs ? histogram.latestMs : span.toMs,
  }
  const isWhole = opened.fromMs <= histogram.earliestMs && opened.toMs >= histogram.latestMs
  return isWhole ? null : opened
}

/**
 * The next step of playing: an open span grows from its beginning, a narrow one slides on. At the end
 * it begins again.
 *
 * @param widthMs of the narrow span, 0 for one that grows
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
