// Each of the twelve colours must be told from the others by people who see fewer of them.
import { expect, it } from 'vitest'
import {
  type Backdrop,
  categoryColours,
  greyOf,
  type RgbBytes,
  rampColour,
} from './cloud-palette.ts'

type Triple = readonly [number, number, number]
type Matrix = readonly [Triple, Triple, Triple]

/** Machado, Oliveira, Fernandes 2009, full severity, linear sRGB. */
const visions: Readonly<Record<string, Matrix>> = {
  full: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protan: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deutan: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
}

const linear = (byte: number): number => {
  const value = byte / 255
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
}

/** OKLab (Ottosson 2020) of a colour as a kind of vision sees it. */
function seen(colour: RgbBytes, matrix: Matrix): Triple {
  const [red, green, blue] = colour.map(linear) as [number, number, number]
  const [r, g, b] = matrix.map((row) =>
    Math.min(1, Math.max(0, row[0] * red + row[1] * green + row[2] * blue)),
  ) as [number, number, number]
  const long = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
  const middle = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
  const short = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
  return [
    0.2104542553 * long + 0.793617785 * middle - 0.0040720468 * short,
    1.9779984951 * long - 2.428592205 * middle + 0.4505937099 * short,
    0.0259040371 * long + 0.7827717662 * middle - 0.808675766 * short,
  ]
}

const apart = (a: Triple, b: Triple): number => Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2])

/** About three times what is just noticed side by side. */
const leastApart = 0.06

for (const backdrop of ['dark', 'light'] as const satisfies readonly Backdrop[]) {
  for (const [vision, matrix] of Object.entries(visions)) {
    it(`tells the ${backdrop} colours apart for ${vision} vision`, () => {
      const colours = categoryColours(backdrop).map((colour) => seen(colour, matrix))
      expect(colours).toHaveLength(12)
      colours.forEach((colour, at) => {
        for (const other of colours.slice(at + 1))
          expect(apart(colour, other)).toBeGreaterThan(leastApart)
      })
    })
  }

  it(`makes the ${backdrop} ramp even in lightness`, () => {
    const full = visions.full
    if (full === undefined) throw new Error('Expected full vision')
    const lightness = [0, 0.25, 0.5, 0.75, 1].map(
      (share) => seen(rampColour(backdrop, share), full)[0],
    )
    const steps = lightness.slice(1).map((value, at) => value - (lightness[at] ?? 0))
    for (const step of steps) expect(step / (steps[0] ?? 1)).toBeCloseTo(1, 1)
    expect(greyOf(backdrop)).toHaveLength(3)
  })
}
