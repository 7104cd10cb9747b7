// How two models label the same photos.
import type { Database } from './open-database.ts'

/** Photos that one model calls `own` and the other `other`. */
export interface ClassPair {
  readonly own: number
  readonly other: number
  readonly count: number
}

/**
 * Pairs of best labels, commonest first, of photos that both models have seen.
 *
 * @param own row of a model
 * @param other row of another one
 */
export const classPairs = (db: Database, own: number, other: number): readonly ClassPair[] =>
  db
    .prepare(
      `SELECT a.class AS own, b.class AS other, count(*) AS count
         FROM labels AS a
         JOIN labels AS b ON b.photo_id = a.photo_id AND b.model = ? AND b.rank = 0
         JOIN photos ON photos.id = a.photo_id AND missing = 0
        WHERE a.model = ? AND a.rank = 0
        GROUP BY a.class, b.class ORDER BY count DESC, a.class, b.class`,
    )
    .all(other, own) as unknown as ClassPair[]

/** Some photos of a pair, those that the first model is surest of first. */
export function photosOfPair(
  db: Database,
  rows: { readonly own: number; readonly other: number },
  pair: Pick<ClassPair, 'own' | 'other'>,
  limit: number,
): readonly number[] {
  const found = db
    .prepare(
      `SELECT a.photo_id AS id FROM labels AS a
         JOIN labels AS b ON b.photo_id = a.photo_id AND b.model = ? AND b.rank = 0
         JOIN photos ON photos.id = a.photo_id AND missing = 0
        WHERE a.model = ? AND a.rank = 0 AND a.class = ? AND b.class = ?
        ORDER BY a.probability DESC, a.photo_id LIMIT ?`,
    )
    .all(rows.other, rows.own, pair.own, pair.other, limit) as { id: number }[]
  return found.map(({ id }) => id)
}
