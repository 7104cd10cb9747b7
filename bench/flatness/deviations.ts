// How far the windows lie from their middle.
import type { WindowCost } from './window-costs.ts'

export interface Deviations {
  readonly medianWallMs: number
  readonly medianCpuMs: number
  /** Greatest distance of a window from the median, as a share of the median. */
  readonly largestWallDeviation: number
  readonly largestCpuDeviation: number
}

/** @throws RangeError when there is no window */
export function deviations(windows: readonly WindowCost[]): Deviations {
  const wall = spread(windows.map(({ wallMs }) => wallMs))
  const cpu = spread(windows.map(({ cpuMs }) => cpuMs))
  return {
    medianWallMs: wall.median,
    medianCpuMs: cpu.median,
    largestWallDeviation: wall.largest,
    largestCpuDeviation: cpu.largest,
  }
}

function spread(values: readonly number[]): { median: number; largest: number } {
  const sorted = values.toSorted((a, b) => a - b)
  const upper = sorted[sorted.length >> 1]
  const lower = sorted[(sorted.length - 1) >> 1]
  if (upper === undefined || lower === undefined) {
    throw new RangeError('Expected at least one whole window of photos')
  }
  const median = (lower + upper) / 2
  const largest = Math.max(...values.map((value) => Math.abs(value - median) / median))
  return { median, largest }
}
