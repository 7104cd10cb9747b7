// The Cloud's colours: twelve for kinds of things and an even ramp for numbers, safe for the colour-blind.
import { srgbOf } from '../scene/oklab.ts'

/** Whether the room behind the points is dark. */
export type Backdrop = 'dark' | 'light'

export type RgbBytes = readonly [number, number, number]

/**
 * The first seven are Okabe and Ito's (jfly.uni-koeln.de/color, 2008) without black, the others lie
 * farthest from them and each other in OKLab as full, protan and deutan vision see them (Machado,
 * Oliveira, Fernandes 2009). On a light backdrop all are darker.
 */
const hexes: Readonly<Record<Backdrop, readonly string[]>> = {
  dark: [
    'e69f00',
    '56b4e9',
    '009e73',
    'f0e442',
    '0072b2',
    'd55e00',
    'cc79a7',
    '78ffff',
    '1e3cff',
    '87d2a5',
    '5a87ff',
    'a53c2d',
  ],
  light: [
    'b07900',
    '4089b3',
    '007857',
    'b8af30',
    '005688',
    'a34600',
    '9c5b7f',
    '4b0000',
    '0000ff',
    '1e0f5a',
    '3cc3c3',
    '5aa5ff',
  ],
}

export const parseHex = (hex: string): RgbBytes => [
  Number.parseInt(hex.slice(0, 2), 16),
  Number.parseInt(hex.slice(2, 4), 16),
  Number.parseInt(hex.slice(4, 6), 16),
]

export const categoryColours = (backdrop: Backdrop): readonly RgbBytes[] =>
  hexes[backdrop].map(parseHex)

/** Of what has no colour of its own. */
export const greyOf = (backdrop: Backdrop): RgbBytes =>
  backdrop === 'dark' ? [143, 143, 143] : [110, 110, 110]

/** Of what has none of the things that are coloured: nearer to the backdrop. */
export const noneColourOf = (backdrop: Backdrop): RgbBytes =>
  backdrop === 'dark' ? [84, 84, 84] : [172, 172, 172]

const between = (from: number, to: number, share: number): number => from + (to - from) * share

/** Violet over red to amber; more stands out more from the backdrop. 0..1 */
export function rampColour(backdrop: Backdrop, share: number): RgbBytes {
  const [low, high] = backdrop === 'dark' ? [0.4, 0.92] : [0.78, 0.3]
  const [from, to] = backdrop === 'dark' ? [285, 445] : [445, 285]
  const { r, g, b } = srgbOf({
    l: between(low, high, share),
    c: 0.15,
    hue: between(from, to, share),
  })
  return [Math.round(r * 255), Math.round(g * 255), Math.round(b * 255)]
}

const rampSteps = 256

/** [256, 3]. */
export function rampTable(backdrop: Backdrop): Uint8Array {
  const table = new Uint8Array(rampSteps * 3)
  for (let at = 0; at < rampSteps; at++)
    table.set(rampColour(backdrop, at / (rampSteps - 1)), at * 3)
  return table
}

export const cssColour = ([r, g, b]: RgbBytes): string => `rgb(${r} ${g} ${b})`
