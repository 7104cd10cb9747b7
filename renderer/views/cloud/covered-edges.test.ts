import { describe, expect, it } from 'vitest'
import { coveredEdges } from './covered-edges.ts'

const room = { left: 0, right: 1280, top: 100, bottom: 700 }
const rail = { left: 12, right: 52, top: 150, bottom: 560 }
const panel = { left: 984, right: 1268, top: 112, bottom: 688 }

describe('covered edges', () => {
  it('counts a rail at the left and a panel at the right', () => {
    expect(coveredEdges(room, [rail, panel])).toEqual({
      leftPx: 52,
      rightPx: 296,
      topPx: 0,
      bottomPx: 0,
    })
  })

  it('leaves out what is short, closed or not there', () => {
    const closed = { left: 1000, right: 1268, top: 112, bottom: 148 }
    const gone = { left: 0, right: 0, top: 0, bottom: 0 }
    expect(coveredEdges(room, [closed, gone])).toEqual({
      leftPx: 0,
      rightPx: 0,
      topPx: 0,
      bottomPx: 0,
    })
  })

  it('counts a wide strip at the bottom by its height', () => {
    const strip = { left: 272, right: 972, top: 560, bottom: 688 }
    expect(coveredEdges(room, [strip]).bottomPx).toBe(140)
  })
})
