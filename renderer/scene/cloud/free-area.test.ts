import { describe, expect, it } from 'vitest'
import { poseToSee } from './bounds.ts'
import { freeArea, nothingCovered } from './free-area.ts'
import { projector } from './projector.ts'

const canvas = { widthPx: 1280, heightPx: 720 }
const pose = { target: [0, 0, 0], distance: 3, yaw: 0.7, pitch: 0.3, aside: [0, 0] } as const

/** A box's corners, off the origin. */
const corners = Float32Array.from({ length: 24 }, (_, at) => {
  const [corner, axis] = [Math.floor(at / 3), at % 3]
  return 2 + axis + ((corner >> axis) & 1) * (3 - axis)
})

/** Where the corners are on the canvas after a fit. */
function seenWith(inset: typeof nothingCovered) {
  const fitted = poseToSee(pose, corners, Array(8).keys(), 1280 / 720, freeArea(canvas, inset), 0)
  const see = projector(fitted, canvas)
  const seen = Array.from({ length: 8 }, (_, corner) => {
    const [x = 0, y = 0, z = 0] = corners.subarray(corner * 3, corner * 3 + 3)
    const { xPx, yPx } = see(x, y, z)
    return [xPx, yPx] as const
  })
  const [xs, ys] = [seen.map(([x]) => x), seen.map(([, y]) => y)]
  return {
    left: Math.min(...xs),
    right: Math.max(...xs),
    top: Math.min(...ys),
    bottom: Math.max(...ys),
  }
}

describe('free area', () => {
  it('is the whole canvas where nothing is covered', () => {
    expect(freeArea(canvas, nothingCovered)).toEqual({ aside: [0, 0], sides: [1, 1] })
  })

  it('has its middle where the uncovered part has it', () => {
    const { aside, sides } = freeArea(canvas, {
      leftPx: 60,
      rightPx: 300,
      topPx: 0,
      bottomPx: 120,
    })
    expect((0.5 + aside[0]) * 1280).toBeCloseTo((60 + 980) / 2, 9)
    expect((0.5 + aside[1]) * 720).toBeCloseTo(300, 9)
    expect(sides[0] * 1280).toBeCloseTo(920, 9)
    expect(sides[1] * 720).toBeCloseTo(600, 9)
  })

  it('leaves a part of the canvas however much is covered', () => {
    const { aside, sides } = freeArea(canvas, {
      ...nothingCovered,
      leftPx: 800,
      rightPx: 800,
    })
    expect(sides[0]).toBeCloseTo(0.3, 9)
    expect(aside[0]).toBeCloseTo(0, 9)
  })

  it('lets a fit show everything between the panels, and not under them', () => {
    const whole = seenWith(nothingCovered)
    const between = seenWith({ leftPx: 60, rightPx: 300, topPx: 40, bottomPx: 160 })
    expect(between.left).toBeGreaterThan(60)
    expect(between.right).toBeLessThan(980)
    expect(between.top).toBeGreaterThan(40)
    expect(between.bottom).toBeLessThan(560)
    expect(between.bottom - between.top).toBeLessThan(whole.bottom - whole.top)
    // It fills what is free, as the whole canvas was filled before.
    const filled = Math.max(
      (between.right - between.left) / 920,
      (between.bottom - between.top) / 520,
    )
    expect(filled).toBeGreaterThan(0.6)
  })
})
