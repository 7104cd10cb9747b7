// What a colouring means: its entries with counts, and the entry and colour of every point.
import type { Categories, Reading, Values } from './cloud-colour-by.ts'
import {
  type Backdrop,
  categoryColours,
  greyOf,
  noneColourOf,
  type RgbBytes,
  rampColour,
  rampTable,
} from './cloud-palette.ts'

export interface LegendEntry {
  /** Names it for as long as the colouring lasts; see {@link otherKey} and {@link noneKey}. */
  readonly key: number
  readonly name: string
  readonly count: number
  readonly colour: RgbBytes
}

export interface Legend {
  readonly kind: Reading['kind']
  readonly entries: readonly LegendEntry[]
  /** The entry of each point, by its place in `entries`. */
  readonly entryOf: Uint8Array
  /** [points, 3]. */
  readonly coloursRgb: Uint8Array
  /** Of a ramp: what its ends are called. */
  readonly ends: readonly [string, string] | null
}

/** All that are too rare for a colour of their own. */
export const otherKey = -2
/** Points that have no such thing. */
export const noneKey = -1

/** Kinds with a colour of their own. */
const mostNamed = 12

/** Entries of a ramp: clicking one keeps a fifth of the range. */
const bands = 5

export const legendOf = (reading: Reading, backdrop: Backdrop): Legend =>
  reading.kind === 'categories' ? categoryLegend(reading, backdrop) : rampLegend(reading, backdrop)

function countKeys(keys: ArrayLike<number>): Map<number, number> {
  const counts = new Map<number, number>()
  for (let at = 0; at < keys.length; at++) {
    const key = keys[at] ?? noneKey
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  return counts
}

function categoryLegend({ keys, nameOf, noneName }: Categories, backdrop: Backdrop): Legend {
  const counts = countKeys(keys)
  const noneCount = counts.get(noneKey) ?? 0
  counts.delete(noneKey)
  const ranked = [...counts].sort(([a, countA], [b, countB]) => countB - countA || a - b)
  const palette = categoryColours(backdrop)
  const grey = greyOf(backdrop)
  const entries: LegendEntry[] = ranked.slice(0, mostNamed).map(([key, count], at) => ({
    key,
    name: nameOf(key),
    count,
    colour: palette[at] ?? grey,
  }))
  const rest = ranked.slice(mostNamed)
  if (rest.length > 0) {
    const count = rest.reduce((sum, [, one]) => sum + one, 0)
    entries.push({ key: otherKey, name: `${rest.length} others`, count, colour: grey })
  }
  if (noneCount > 0)
    entries.push({ key: noneKey, name: noneName, count: noneCount, colour: noneColourOf(backdrop) })

  const placeByKey = new Map(entries.map(({ key }, place) => [key, place]))
  const otherPlace = placeByKey.get(otherKey) ?? 0
  const entryOf = new Uint8Array(keys.length)
  const coloursRgb = new Uint8Array(keys.length * 3)
  const table = entries.map(({ colour }) => colour)
  for (let at = 0; at < keys.length; at++) {
    const place = placeByKey.get(keys[at] ?? noneKey) ?? otherPlace
    entryOf[at] = place
    const colour = table[place] ?? grey
    coloursRgb[at * 3] = colour[0]
    coloursRgb[at * 3 + 1] = colour[1]
    coloursRgb[at * 3 + 2] = colour[2]
  }
  return { kind: 'categories', entries, entryOf, coloursRgb, ends: null }
}

/** The outermost hundredths would squeeze all others into one colour. */
function innerRange(values: ArrayLike<number>): readonly [number, number] {
  const sorted = Float64Array.from(values).sort()
  const at = (share: number): number => sorted[Math.round(share * (sorted.length - 1))] ?? 0
  return [at(0.01), at(0.99)]
}

function rampLegend({ values, range, text }: Values, backdrop: Backdrop): Legend {
  const [low, high] = range ?? innerRange(values)
  const width = high - low || 1
  const table = rampTable(backdrop)
  const counts = new Uint32Array(bands)
  const entryOf = new Uint8Array(values.length)
  const coloursRgb = new Uint8Array(values.length * 3)
  for (let at = 0; at < values.length; at++) {
    const share = Math.min(1, Math.max(0, ((values[at] ?? low) - low) / width))
    const band = Math.min(bands - 1, Math.floor(share * bands))
    entryOf[at] = band
    counts[band] = (counts[band] ?? 0) + 1
    const from = Math.round(share * 255) * 3
    coloursRgb[at * 3] = table[from] ?? 0
    coloursRgb[at * 3 + 1] = table[from + 1] ?? 0
    coloursRgb[at * 3 + 2] = table[from + 2] ?? 0
  }
  const entries = Array.from(counts, (count, key): LegendEntry => {
    const from = text(low + (width * key) / bands)
    const to = text(low + (width * (key + 1)) / bands)
    return {
      key,
      name: from === to ? from : `${from} – ${to}`,
      count,
      colour: rampColour(backdrop, (key + 0.5) / bands),
    }
  })
  return { kind: 'values', entries, entryOf, coloursRgb, ends: [text(low), text(high)] }
}
