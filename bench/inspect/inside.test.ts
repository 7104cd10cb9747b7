import { describe, expect, it } from 'vitest'
import { insideBox, strongPart } from './inside.ts'

describe('insideBox', () => {
  const map = { values: Float32Array.of(1, 1, 1, 5), heightPx: 2, widthPx: 2 }

  it('counts what lies inside, cells cut by the edge in part', () => {
    expect(insideBox(map, [0.5, 0.5, 1, 1])).toEqual({ energy: 5 / 8, isHit: true })
    expect(insideBox(map, [0.75, 0.5, 1, 1]).energy).toBeCloseTo(2.5 / 8)
    expect(insideBox(map, [0, 0, 0.5, 1])).toEqual({ energy: 2 / 8, isHit: false })
  })

  it('gives a blind map the area of the box', () => {
    const blind = { values: new Float32Array(64).fill(3), heightPx: 8, widthPx: 8 }
    expect(insideBox(blind, [0.1, 0.2, 0.7, 0.9]).energy).toBeCloseTo(0.42)
  })

  it('leaves out what is fainter than 15 % of the maximum', () => {
    const faint = { values: Float32Array.of(0.7, 0.8, 3, 5), heightPx: 2, widthPx: 2 }
    expect([...strongPart(faint).values]).toEqual([0, expect.closeTo(0.8), 3, 5])
  })
})
