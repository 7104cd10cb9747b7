// What a row of times says, in milliseconds.
import { median } from '../measure/median.ts'

export interface FrameTimes {
  readonly frames: number
  readonly medianMs: number
  readonly p95Ms: number
}

export function frameTimes(timesMs: readonly number[]): FrameTimes {
  const sorted = [...timesMs].sort((a, b) => a - b)
  const p95 = sorted[Math.floor(sorted.length * 0.95)] ?? Number.NaN
  return { frames: sorted.length, medianMs: tenths(median(sorted)), p95Ms: tenths(p95) }
}

export const tenths = (value: number): number => Math.round(value * 10) / 10
