import { describe, expect, it } from 'vitest'
import { type ColourMapName, colourTable, cssGradient } from './colour-maps.ts'
import { lightnessOf, srgbOf } from './oklab.ts'

const lightnesses = (name: ColourMapName): number[] => {
  const table = colourTable(name)
  const channel = (at: number): number => (table[at] ?? 0) / 255
  return Array.from({ length: 256 }, (_, entry) =>
    lightnessOf({
      r: channel(entry * 4),
      g: channel(entry * 4 + 1),
      b: channel(entry * 4 + 2),
    }),
  )
}

describe('colour maps', () => {
  it.each(['ember', 'grey'] as const)('let %s grow lighter evenly', (name) => {
    const found = lightnesses(name)
    const [first = 0, last = 1] = [found[0], found.at(-1)]
    for (const [at, lightness] of found.entries()) {
      // Near black one step of a byte is a large step of lightness.
      const tolerance = at < 40 ? 0.02 : 0.009
      const wanted = first + ((last - first) * at) / 255
      expect(Math.abs(lightness - wanted)).toBeLessThan(tolerance)
    }
  })

  it('is darkest at zero and equally light on both sides in polar', () => {
    const found = lightnesses('polar')
    for (let at = 0; at < 128; at++) {
      expect(Math.abs((found[at] ?? 0) - (found[255 - at] ?? 0))).toBeLessThan(0.015)
    }
    expect(found.indexOf(Math.min(...found))).toBeGreaterThan(120)
    expect(found.indexOf(Math.min(...found))).toBeLessThan(136)
  })

  it('keeps neighbours apart by steps of similar size', () => {
    const found = lightnesses('ember')
    const steps = found.slice(1).map((lightness, at) => lightness - (found[at] ?? 0))
    expect(Math.min(...steps.slice(40))).toBeGreaterThan(0)
    expect(Math.max(...steps.slice(40))).toBeLessThan(0.008)
  })

  it('has a CSS gradient from end to end', () => {
    expect(cssGradient('grey')).toMatch(/^linear-gradient\(to right, rgb\(\d+ \d+ \d+\), /)
  })
})

describe('oklab', () => {
  it('agrees with the published lightness of primary colours', () => {
    expect(lightnessOf({ r: 1, g: 1, b: 1 })).toBeCloseTo(1, 3)
    expect(lightnessOf({ r: 1, g: 0, b: 0 })).toBeCloseTo(0.628, 3)
    expect(lightnessOf({ r: 0, g: 0, b: 1 })).toBeCloseTo(0.452, 3)
  })

  it('finds sRGB red from its published coordinates, and stays in gamut beyond', () => {
    const red = srgbOf({ l: 0.62796, c: 0.25768, hue: 29.234 })
    expect(red.r).toBeCloseTo(1, 2)
    expect(red.g).toBeLessThan(0.03)
    const beyond = srgbOf({ l: 0.6, c: 0.5, hue: 150 })
    for (const value of Object.values(beyond)) expect(value).toBeGreaterThanOrEqual(0)
    expect(lightnessOf(beyond)).toBeCloseTo(0.6, 2)
  })
})
