import { describe, expect, it } from 'vitest'
import { firstCloudSettings } from '../../preload/contract/cloud.ts'
import { nextMove, type Situation } from './next-move.ts'

const layout = { method: 'umap', settings: firstCloudSettings, madeOf: 1000 } as const
const standing: Situation = {
  count: 1000,
  unplaced: 0,
  placed: 0,
  layout,
  settings: firstCloudSettings,
  indexing: false,
  held: false,
}
const moveOf = (change: Partial<Situation>) => nextMove({ ...standing, ...change })
const pca = { ...layout, method: 'pca', madeOf: 100 } as const

describe('at rest', () => {
  it('does nothing while the layout has all photos', () => {
    expect(moveOf({})).toEqual({ kind: 'nothing' })
    expect(moveOf({ count: 0, layout: undefined })).toEqual({ kind: 'nothing' })
  })
  it('lays a library out that never was', () => {
    expect(moveOf({ layout: undefined })).toEqual({ kind: 'lay-out', method: 'umap' })
  })
  it('puts a few new photos among the others, and lays out anew when they are many', () => {
    expect(moveOf({ count: 1100, unplaced: 100 })).toEqual({ kind: 'place' })
    expect(moveOf({ count: 1250, unplaced: 50, placed: 200 })).toEqual({
      kind: 'lay-out',
      method: 'umap',
    })
  })
  it('follows other settings', () => {
    expect(moveOf({ settings: { ...firstCloudSettings, neighbours: 30 } })).toEqual({
      kind: 'lay-out',
      method: 'umap',
    })
  })
  it('goes on from components to the layout', () => {
    expect(moveOf({ layout: pca, count: 100 })).toEqual({ kind: 'lay-out', method: 'umap' })
  })
})

describe('while photos come in', () => {
  const indexing = true
  it('begins with components', () => {
    expect(moveOf({ indexing, layout: undefined, count: 5 })).toEqual({
      kind: 'lay-out',
      method: 'pca',
    })
  })
  it('takes components anew as they grow, until there are enough for a layout', () => {
    expect(moveOf({ indexing, layout: pca, count: 105, unplaced: 5 })).toEqual({ kind: 'place' })
    expect(moveOf({ indexing, layout: pca, count: 120, unplaced: 20 })).toEqual({
      kind: 'lay-out',
      method: 'pca',
    })
    expect(moveOf({ indexing, layout: pca, count: 300, unplaced: 20 })).toEqual({
      kind: 'lay-out',
      method: 'umap',
    })
  })
  it('lays out anew only when the library doubled', () => {
    expect(moveOf({ indexing, count: 1900, unplaced: 900 })).toEqual({ kind: 'place' })
    expect(moveOf({ indexing, count: 2100, unplaced: 1100 })).toEqual({
      kind: 'lay-out',
      method: 'umap',
    })
  })
})

describe('when a person ended the work', () => {
  it('only puts photos among the others', () => {
    expect(moveOf({ held: true, layout: pca })).toEqual({ kind: 'nothing' })
    expect(moveOf({ held: true, count: 3000, unplaced: 2000 })).toEqual({ kind: 'place' })
  })
})
