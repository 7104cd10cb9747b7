import { describe, expect, it } from 'vitest'
import {
  clearSelection,
  extendTo,
  keepListed,
  nothingSelected,
  selectAll,
  selectMany,
  selectOnly,
  toggle,
} from './selection.ts'

const order = new Uint32Array([50, 40, 30, 20, 10])
const sorted = (ids: ReadonlySet<number>): number[] => [...ids].sort((a, b) => a - b)

describe('selection', () => {
  it('toggles one photo and leaves the others', () => {
    const two = toggle(selectOnly(50), 30)
    expect(sorted(two.ids)).toEqual([30, 50])
    expect(sorted(toggle(two, 50).ids)).toEqual([30])
  })

  it('extends from the anchor in the order shown, in both directions', () => {
    const down = extendTo(selectOnly(40), order, 20)
    expect(sorted(down.ids)).toEqual([20, 30, 40])
    const up = extendTo(down, order, 50)
    expect(sorted(up.ids)).toEqual([40, 50])
    expect(up.focusId).toBe(50)
  })

  it('selects just the photo when there is nothing to extend from', () => {
    expect(sorted(extendTo(nothingSelected, order, 20).ids)).toEqual([20])
    expect(sorted(extendTo(selectOnly(999), order, 20).ids)).toEqual([20])
  })

  it('selects all and clears, keeping the focus', () => {
    const all = selectAll(selectOnly(30), order)
    expect(all.ids.size).toBe(5)
    expect(clearSelection(all)).toMatchObject({ focusId: 30, anchorId: null })
  })

  it('drops photos that a new list no longer holds', () => {
    const three = extendTo(selectOnly(50), order, 30)
    const kept = keepListed(three, order, new Uint32Array([50, 20]))
    expect(sorted(kept.ids)).toEqual([50])
    expect(kept.focusId).toBeNull()
    expect(kept.anchorId).toBe(50)
  })

  it('stays the same object when nothing was lost', () => {
    const selection = selectOnly(30)
    expect(keepListed(selection, order, order)).toBe(selection)
  })

  it('keeps photos that were selected in the Cloud while the list did not hold them', () => {
    const filtered = new Uint32Array([50, 20])
    const selection = selectMany(selectOnly(50), [40, 30], 'add')
    expect(keepListed(selection, filtered, filtered)).toBe(selection)
    expect(sorted(keepListed(selection, filtered, new Uint32Array([20])).ids)).toEqual([30, 40])
  })

  it('adds and takes away many, and leaves the focus only on what is selected', () => {
    const many = selectMany(selectOnly(50), [40, 30], 'add')
    expect(sorted(many.ids)).toEqual([30, 40, 50])
    const fewer = selectMany(many, [50, 30], 'remove')
    expect(sorted(fewer.ids)).toEqual([40])
    expect(fewer.focusId).toBeNull()
    expect(sorted(selectMany(many, [7], 'replace').ids)).toEqual([7])
  })
})
