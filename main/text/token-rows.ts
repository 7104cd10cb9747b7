// Lays texts of several lengths out as the rows of one batch.

export interface TokenRows {
  readonly count: number
  readonly length: number
  /** [count, length]. */
  readonly ids: Int32Array
  /** 1 for a token of the text, 0 for what fills it up, [count, length]. */
  readonly mask: Int32Array
}

export interface RowShape {
  readonly contextTokens: number
  /** Whether rows always have the whole context's length, or the longest text's. */
  readonly fills: boolean
  readonly padId: number
  /** What a text that is cut off still ends with. */
  readonly endId: number | undefined
}

/**
 * Longer texts are cut to the context and end as all texts do (as CLIP's own `tokenize` with
 * `truncate`: the network looks for that end).
 */
export function tokenRows(
  texts: readonly (readonly number[])[],
  { contextTokens, fills, padId, endId }: RowShape,
): TokenRows {
  const cut = texts.map((ids) => {
    if (ids.length <= contextTokens) return ids
    const kept = ids.slice(0, contextTokens)
    if (endId !== undefined && ids.at(-1) === endId) kept[contextTokens - 1] = endId
    return kept
  })
  // A text of no tokens at all still needs a place.
  const longest = cut.reduce((most, { length }) => Math.max(most, length), 1)
  const length = fills ? contextTokens : longest
  const ids = new Int32Array(cut.length * length).fill(padId)
  const mask = new Int32Array(cut.length * length)
  cut.forEach((row, i) => {
    ids.set(row, i * length)
    mask.fill(1, i * length, i * length + Math.max(1, row.length))
  })
  return { count: cut.length, length, ids, mask }
}
