// The tile rows that were fetched lately, by photo id, with the revision each was read at.
import type { PhotoRow } from '../../preload/contract/domain.ts'

export interface CachedRow {
  readonly row: PhotoRow
  readonly revision: number
}
export type RowCache = ReadonlyMap<number, CachedRow>

/** Rows are fetched in whole pages, so that scrolling by a row does not cost a request. */
const pageSize = 100
const mostRows = 8000

/** The ids of `from..end` of the list, widened to pages, whose rows are missing or outdated. */
export function idsToFetch(
  cache: RowCache,
  order: Uint32Array,
  revision: number,
  from: number,
  end: number,
): number[] {
  const pageFrom = Math.floor(from / pageSize) * pageSize
  const pageEnd = Math.min(order.length, Math.ceil(end / pageSize) * pageSize)
  const ids: number[] = []
  for (const id of order.subarray(pageFrom, pageEnd)) {
    const cached = cache.get(id)
    if (cached === undefined || cached.revision < revision) ids.push(id)
  }
  return ids
}

const sameRow = (a: PhotoRow, b: PhotoRow): boolean =>
  a.status === b.status &&
  a.name === b.name &&
  a.widthPx === b.widthPx &&
  a.heightPx === b.heightPx &&
  a.hasThumbnail === b.hasThumbnail &&
  a.dominantColour === b.dominantColour &&
  a.truth?.name === b.truth?.name &&
  a.truth?.wnid === b.truth?.wnid &&
  a.labels.length === b.labels.length &&
  a.labels.every((label, at) => {
    const other = b.labels[at]
    return label.index === other?.index && label.probability === other.probability
  })

/** Adds fresh rows; unchanged ones keep their object, so that their tiles do not render again. */
export function withRows(cache: RowCache, rows: readonly PhotoRow[], revision: number): RowCache {
  const next = new Map(cache)
  for (const row of rows) {
    const known = next.get(row.id)?.row
    next.delete(row.id)
    next.set(row.id, { row: known && sameRow(known, row) ? known : row, revision })
  }
  for (const id of next.keys()) {
    if (next.size <= mostRows) break
    next.delete(id)
  }
  return next
}
