import { describe, expect, it } from 'vitest'
import { classesShown, meanEffects, strongestLabels, unknownClass } from './strongest-labels.ts'

/** Two cells, three classes. */
const effects = Float32Array.of(5, 4, 1, 5, 1, 3)
const labelsOf = (shown: readonly ReadonlySet<number>[]): number[][] =>
  strongestLabels(effects, meanEffects(effects, 3), shown, 2).map((labels) =>
    labels.map(({ classIndex }) => classIndex),
  )

describe('the labels of a cell', () => {
  it('are those that it argues for more than others do', () => {
    expect(labelsOf([new Set([0, 1, 2]), new Set([0, 1, 2])])).toEqual([[1], [2]])
  })

  it('are only of what its photos show, where that is known', () => {
    expect(labelsOf([new Set([0, 2]), new Set()])).toEqual([[], [2]])
  })

  it('know what the photos of a cell show', () => {
    const classes = Uint32Array.of(7, 7, 3, unknownClass, 9)
    const shown = classesShown(classes, Int32Array.of(0, 0, 1, 1, -1), 2)
    expect(shown.map((set) => [...set])).toEqual([[7], [3]])
  })
})
