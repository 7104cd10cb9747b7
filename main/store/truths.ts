// What a person says photos show, and what every photo's place and name may say of it.
import type { SaidTruth, Truth } from '../../preload/contract/truth.ts'
import type { Database } from './open-database.ts'
import { keptLabels } from './result-writes.ts'

/** Every photo that is not missing, ascending by id; columns of one length. */
export interface TruthColumns {
  readonly ids: Uint32Array
  readonly names: readonly string[]
  /** Inside the library, `/`-separated. */
  readonly folders: readonly string[]
  /** By photo id. */
  readonly said: ReadonlyMap<number, Truth>
}

/** A model's labels of the photos that it has seen, ascending by id. */
export interface RankedClasses {
  readonly ids: Uint32Array
  /** Best first, [ids, {@link keptLabels}]; -1 where there are fewer. */
  readonly classes: Int32Array
}

/** @returns what was said of these photos before, to go back to */
export function sayTruths(
  db: Database,
  said: readonly SaidTruth[],
  nowMs: number,
): readonly SaidTruth[] {
  const known = db.prepare('SELECT wnid, name FROM truths WHERE photo_id = ?')
  const forget = db.prepare('DELETE FROM truths WHERE photo_id = ?')
  const keep = db.prepare(
    `INSERT INTO truths (photo_id, wnid, name, said_at_ms)
     SELECT id, ?, ?, ? FROM photos WHERE id = ?
     ON CONFLICT (photo_id) DO UPDATE SET
       wnid = excluded.wnid, name = excluded.name, said_at_ms = excluded.said_at_ms`,
  )
  db.exec('BEGIN IMMEDIATE')
  try {
    const before = said.map(({ id, truth }): SaidTruth => {
      const old = known.get(id) as Truth | undefined
      if (truth === null) forget.run(id)
      else keep.run(truth.wnid, truth.name, nowMs, id)
      return { id, truth: old === undefined ? null : { wnid: old.wnid, name: old.name } }
    })
    db.exec('COMMIT')
    return before
  } catch (error) {
    db.exec('ROLLBACK')
    throw error
  }
}

export function truthColumns(db: Database): TruthColumns {
  const rows = db
    .prepare('SELECT id, name, folder FROM photos WHERE missing = 0 ORDER BY id')
    .all() as { id: number; name: string; folder: string }[]
  const said = db.prepare('SELECT photo_id AS id, wnid, name FROM truths').all() as {
    id: number
    wnid: string
    name: string
  }[]
  return {
    ids: Uint32Array.from(rows, ({ id }) => id),
    names: rows.map(({ name }) => name),
    folders: rows.map(({ folder }) => folder),
    said: new Map(said.map(({ id, wnid, name }) => [id, { wnid, name }])),
  }
}

/** @param model row of the model */
export function rankedClasses(db: Database, model: number): RankedClasses {
  const rows = db
    .prepare(
      `SELECT photo_id AS id, rank, class FROM labels JOIN photos ON photos.id = photo_id
        WHERE model = ? AND missing = 0 AND rank < ? ORDER BY photo_id, rank`,
    )
    .all(model, keptLabels) as { id: number; rank: number; class: number }[]
  const ids = Uint32Array.from(new Set(rows.map(({ id }) => id)))
  const classes = new Int32Array(ids.length * keptLabels).fill(-1)
  let at = 0
  for (const { id, rank, class: index } of rows) {
    while (ids[at] !== id) at++
    classes[at * keptLabels + rank] = index
  }
  return { ids, classes }
}
