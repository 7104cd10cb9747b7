import { describe, expect, it } from 'vitest'
import { FramePlanner } from './frame-plan.ts'

const noCards = new Float32Array()

describe('FramePlanner', () => {
  it('draws every dot once, in order, after a move that drew a sample', () => {
    const planner = new FramePlanner()
    const moving = planner.moving(1000, noCards, 300, 1)
    expect(moving).toMatchObject({ clear: true, soft: false, firstDot: 0, dots: 300 })
    const drawn = new Uint8Array(1000)
    for (let plan = planner.resting(1000, 0, 170); plan; plan = planner.resting(1000, 0, 170)) {
      expect(plan.clear).toBe(plan.firstDot === 0)
      for (let slot = plan.firstDot; slot < plan.firstDot + plan.dots; slot++)
        drawn[slot] = (drawn[slot] ?? 0) + 1
    }
    expect(drawn.every((times) => times === 1)).toBe(true)
    expect(planner.complete(1000)).toBe(true)
  })

  it('needs no second picture when the moving one held everything', () => {
    const planner = new FramePlanner()
    planner.moving(200, Float32Array.of(20, 10), 5000, 1)
    expect(planner.resting(200, 2, 5000)).toBeNull()
  })

  it('keeps a moving frame within its budget, the nearest photos first, never all for them', () => {
    const planner = new FramePlanner()
    const plan = planner.moving(100_000, new Float32Array(1000).fill(40), 10_000, 1)
    // A card of 40 pixels counts 100 dots.
    expect(plan.cards).toBe(70)
    expect(plan.cards * 100 + plan.dots).toBeLessThanOrEqual(10_000)
    expect(plan.dots).toBeGreaterThanOrEqual(3000)
  })

  it('adds photos that came to a finished picture without starting it anew', () => {
    const planner = new FramePlanner()
    planner.resting(100, 5, 1000)
    planner.redrawCards()
    expect(planner.resting(100, 5, 1000)).toMatchObject({ clear: false, cards: 5, dots: 0 })
    expect(planner.resting(100, 5, 1000)).toBeNull()
  })
})
