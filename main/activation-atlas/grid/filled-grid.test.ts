import { describe, expect, it } from 'vitest'
import type { GridAnswer, GridLevel } from '../protocol.ts'
import { filledGrid } from './filled-grid.ts'

/** Cells of so many samples each, on two levels; those of fewer than are asked for are left out. */
async function levelsOf(coarse: readonly number[], fine: readonly number[]) {
  const asked: number[] = []
  const level = (side: number, counts: readonly number[], least: number): GridLevel => ({
    side,
    counts: Uint32Array.from(counts.filter((count) => count >= least)),
    ...{ columns: new Uint16Array(), rows: new Uint16Array(), photoCounts: new Uint32Array() },
    ...{ means: new Float32Array(), best: new Uint32Array(), similarities: new Float32Array() },
    ofSample: new Int32Array(),
  })
  const gridOf = async (least: number): Promise<GridAnswer> => {
    asked.push(least)
    const levels = [level(10, coarse, least), level(20, fine, least)]
    return { levels, mean: new Float32Array(), deviations: new Float32Array() }
  }
  const samples = coarse.reduce((sum, count) => sum + count, 0)
  const { grid, leastSamples } = await filledGrid(samples, gridOf)
  return { asked, leastSamples, sides: grid.levels.map(({ side }) => side) }
}

describe('filledGrid', () => {
  it('is content with cells of three, and leaves out a finer level that holds too little', async () => {
    const few = await levelsOf([5, 5, 1], [2, 2, 2, 2, 3])
    expect(few).toEqual({ asked: [3], leastSamples: 3, sides: [10] })
    const enough = await levelsOf([5, 5, 1], [3, 3, 3, 2])
    expect(enough).toEqual({ asked: [3], leastSamples: 3, sides: [10, 20] })
  })

  it('takes smaller cells where the coarsest level would show next to nothing', async () => {
    expect((await levelsOf([2, 2, 2, 2], [1, 1])).leastSamples).toBe(2)
    const lone = await levelsOf([1, 1, 1, 3], [1, 1])
    expect(lone).toEqual({ asked: [3], leastSamples: 3, sides: [10] })
    expect(await levelsOf([1, 1, 1, 1], [1, 1])).toEqual({
      asked: [3, 2, 1],
      leastSamples: 1,
      sides: [10, 20],
    })
  })
})
