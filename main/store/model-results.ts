// Which models have results in a library, how much room those take, and their removal.
import { readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Database } from './open-database.ts'
import { vectorFile, vectorFilesOf } from './vector-file.ts'

export interface StoredResults {
  readonly modelId: string
  /** Photos with results. */
  readonly photoCount: number
  /** On disk: embeddings, units' photos and an estimate of the rows. */
  readonly bytes: number
  /** Mean share of a photo in its batch; 0 without results. */
  readonly inferMs: number
}

/** Of a prediction with its five labels and their index, measured with 100,000 photos. */
const rowBytes = 277

/** A model, and the list of labels that it gives where that can be chosen. */
export interface LabelledModel {
  readonly id: string
  readonly sha256: string
  readonly labelling?: number | undefined
}

export class ModelResults {
  constructor(
    private readonly db: Database,
    private readonly folder: string,
  ) {}

  /** @returns the model's row, made when it is new */
  register({ id, sha256 }: { readonly id: string; readonly sha256: string }): number {
    this.db
      .prepare('INSERT INTO models (model_id, sha256) VALUES (?, ?) ON CONFLICT DO NOTHING')
      .run(id, sha256)
    const row = this.rowOf({ id, sha256 })
    if (row === undefined) throw new Error(`Expected a row for ${id} but found none`)
    return row
  }

  /** undefined for a model that was never used for this library. */
  rowOf({ id, sha256 }: { readonly id: string; readonly sha256: string }): number | undefined {
    const row = this.db
      .prepare('SELECT id FROM models WHERE model_id = ? AND sha256 = ?')
      .get(id, sha256) as { id: number } | undefined
    return row?.id
  }

  /** undefined as well for a model whose labels in the library are by another list than its own. */
  labelledRowOf({ id, sha256, labelling = 0 }: LabelledModel): number | undefined {
    const row = this.rowOf({ id, sha256 })
    if (row === undefined) return undefined
    const other = this.db
      .prepare('SELECT 1 FROM predictions WHERE model = ? AND labelling <> ? LIMIT 1')
      .get(row, labelling)
    return other === undefined ? row : undefined
  }

  /** One for each model, all its versions together. */
  list(): readonly StoredResults[] {
    const rows = this.db
      .prepare(
        `SELECT model_id AS modelId, sha256,
                (SELECT count(*) FROM predictions WHERE model = models.id) AS photoCount,
                (SELECT coalesce(avg(infer_ms), 0) FROM predictions WHERE model = models.id)
                  AS inferMs,
                (SELECT coalesce(sum(length(lists)), 0) FROM unit_lists WHERE model = models.id) +
                (SELECT coalesce(sum(length(maxima)), 0) FROM unit_pending
                  WHERE model = models.id) AS unitBytes
           FROM models ORDER BY models.id`,
      )
      .all() as {
      modelId: string
      sha256: string
      photoCount: number
      inferMs: number
      unitBytes: number
    }[]
    const found = new Map<string, StoredResults>()
    for (const { modelId, sha256, photoCount, inferMs, unitBytes } of rows) {
      const before = found.get(modelId)
      const vectors = vectorFile(this.folder, { id: modelId, sha256, embeddingDim: 0 }).path
      const bytes = sizeOf(vectors) + unitBytes + photoCount * rowBytes
      found.set(modelId, {
        modelId,
        photoCount: Math.max(photoCount, before?.photoCount ?? 0),
        bytes: bytes + (before?.bytes ?? 0),
        // A later version's figure, where it has one.
        inferMs: inferMs || (before?.inferMs ?? 0),
      })
    }
    return [...found.values()]
  }

  /** Removes all that a model's versions found out; not to be called for the one in use. */
  remove(modelId: string): void {
    const { db } = this
    db.exec('BEGIN IMMEDIATE')
    try {
      for (const table of ['labels', 'predictions', 'unit_lists', 'unit_pending']) {
        db.prepare(
          `DELETE FROM ${table} WHERE model IN (SELECT id FROM models WHERE model_id = ?)`,
        ).run(modelId)
      }
      db.prepare('DELETE FROM models WHERE model_id = ?').run(modelId)
      db.exec('COMMIT')
    } catch (error) {
      db.exec('ROLLBACK')
      throw error
    }
    const folder = join(this.folder, 'vectors')
    for (const name of vectorFilesOf(readdirSync(folder), modelId)) rmSync(join(folder, name))
  }
}

/** Of what lies on the disk: a vector file has holes. */
function sizeOf(path: string): number {
  const stats = statSync(path, { throwIfNoEntry: false })
  if (stats === undefined) return 0
  // Windows counts no blocks.
  return stats.blocks > 0 ? Math.min(stats.size, stats.blocks * 512) : stats.size
}
