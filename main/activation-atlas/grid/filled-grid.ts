// A grid whose coarsest level shows enough of what was sampled, however few photos there are.
import type { GridAnswer, GridLevel } from '../protocol.ts'

/** A cell's mean over fewer is one photo's whim; few photos may have no such cells. */
const wantedCellSamples = 3
/** A level whose cells hold less of the samples is not full. */
const leastLevelShare = 0.5

export interface FilledGrid {
  /** Of its levels the coarsest, and finer ones that are full. */
  readonly grid: GridAnswer
  /** Every cell has as many. */
  readonly leastSamples: number
}

/**
 * Asks for cells of three samples, and of fewer where the coarsest level would not be full of them.
 *
 * @param samples how many there are
 * @param gridOf makes the grid whose cells have at least so many
 */
export async function filledGrid(
  samples: number,
  gridOf: (leastSamples: number) => Promise<GridAnswer>,
  leastSamples = wantedCellSamples,
): Promise<FilledGrid> {
  const isFull = ({ counts }: GridLevel): boolean =>
    counts.reduce((sum, count) => sum + count, 0) >= samples * leastLevelShare
  const grid = await gridOf(leastSamples)
  const [coarsest] = grid.levels
  if (coarsest !== undefined && !isFull(coarsest) && leastSamples > 1) {
    return filledGrid(samples, gridOf, leastSamples - 1)
  }
  const levels = grid.levels.filter((level) => level === coarsest || isFull(level))
  return { grid: { ...grid, levels }, leastSamples }
}
