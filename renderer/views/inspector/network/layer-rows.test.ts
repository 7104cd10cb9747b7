import { describe, expect, it } from 'vitest'
import type { LayerInfo } from '../../../../preload/contract/inspector.ts'
import { layerRows, shortName } from './layer-rows.ts'

const layer = (name: string, inner: readonly LayerInfo[] = []): LayerInfo => ({
  name,
  kind: 'block',
  channels: 1,
  heightPx: 1,
  widthPx: 1,
  parameterCount: 0,
  ms: null,
  receptiveField: null,
  inner,
})
const layers = [layer('conv1'), layer('Mixed', [layer('Mixed/a'), layer('other')]), layer('fc')]

describe('the rows of the column', () => {
  it('show what is inside a block when it is unfolded', () => {
    expect(layerRows(layers, new Set()).map((row) => row.layer.name)).toEqual([
      'conv1',
      'Mixed',
      'fc',
    ])
    const rows = layerRows(layers, new Set(['Mixed']))
    expect(rows.map(({ level }) => level)).toEqual([1, 1, 2, 2, 1])
    expect(rows.map(shortName)).toEqual(['conv1', 'Mixed', 'a', 'other', 'fc'])
  })
})
