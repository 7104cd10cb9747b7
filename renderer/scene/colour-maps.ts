// Colour maps whose lightness rises evenly with the value, so that no edge is seen where none is.
import { type Oklch, srgbOf } from './oklab.ts'

/** `ember` and `grey` for values from zero up, `polar` for values on both sides of zero. */
export type ColourMapName = 'ember' | 'grey' | 'polar'

/** 256 colours, RGBA bytes. */
export type ColourTable = Uint8Array<ArrayBuffer>

const between = (from: number, to: number, t: number): number => from + (to - from) * t

/** Night violet over red and amber to a warm white. */
const ember = (t: number): Oklch => ({
  l: between(0.09, 0.97, t),
  c: 0.19 * Math.sin(Math.PI * t ** 0.8) ** 0.8,
  hue: between(295, 458, t),
})

const grey = (t: number): Oklch => ({ l: between(0.09, 0.98, t), c: 0, hue: 0 })

/** Dark at zero; negative values turn blue, positive ones amber, equally light on both sides. */
const polar = (t: number): Oklch => {
  const strength = Math.abs(t - 0.5) * 2
  return {
    l: between(0.13, 0.88, strength),
    // The ends keep some colour: white at both would hide the sign.
    c: 0.17 * Math.sin(Math.PI * 0.82 * strength ** 0.8),
    hue: t < 0.5 ? between(265, 225, strength) : between(40, 85, strength),
  }
}

const curves: Readonly<Record<ColourMapName, (t: number) => Oklch>> = { ember, grey, polar }

const tables = new Map<ColourMapName, ColourTable>()

export function colourTable(name: ColourMapName): ColourTable {
  const known = tables.get(name)
  if (known !== undefined) return known
  const table = new Uint8Array(256 * 4)
  for (let at = 0; at < 256; at++) {
    const { r, g, b } = srgbOf(curves[name](at / 255))
    table.set([Math.round(r * 255), Math.round(g * 255), Math.round(b * 255), 255], at * 4)
  }
  tables.set(name, table)
  return table
}

/** The table as a CSS gradient from left to right. */
export function cssGradient(name: ColourMapName): string {
  const table = colourTable(name)
  const stops: string[] = []
  for (let at = 0; at <= 16; at++) {
    const entry = Math.round((at / 16) * 255) * 4
    stops.push(`rgb(${table[entry]} ${table[entry + 1]} ${table[entry + 2]})`)
  }
  return `linear-gradient(to right, ${stops.join(', ')})`
}
