// Everything that is read from a library's database.
import type { PhotoSort, PhotoStatus } from '../../preload/contract/domain.ts'
import { problemStatuses } from '../../preload/contract/domain.ts'
import type { Truth } from '../../preload/contract/truth-name.ts'
import type { OsPath } from '../engine/os-path.ts'
import type { Database } from './open-database.ts'
import { joinOsPath } from './scan-writes.ts'
import type { ThumbnailPlace } from './thumbnail-packs.ts'

/** A filter with its text already turned into classes. */
export interface StoreFilter {
  /** Matched against names and folders, case aside; empty = no text. */
  readonly text: string
  /** Classes whose names match the text. */
  readonly textClasses: readonly number[]
  readonly labels: readonly number[]
  readonly minProbability: number
  readonly statuses: readonly PhotoStatus[]
  /** Only photos that a person spoke of. */
  readonly corrected: boolean
  /** Only these; null = all. */
  readonly among: readonly number[] | null
}

export interface StoredLabel {
  readonly classIndex: number
  readonly probability: number
}

export interface StoredPhoto {
  readonly id: number
  readonly name: string
  readonly folder: string
  readonly status: PhotoStatus
  readonly reason: string
  readonly widthPx: number
  readonly heightPx: number
  readonly orientation: number
  readonly dominantColour: string
  readonly hasThumbnail: boolean
  readonly sizeBytes: number
  readonly modifiedAtMs: number
  readonly takenAt: string | null
  readonly camera: string | null
  readonly format: string
  readonly decodeMs: number
  readonly inferMs: number
  readonly path: OsPath
  readonly labels: readonly StoredLabel[]
  /** What a person says it shows. */
  readonly truth: Truth | null
}

export interface PhotoCounts {
  readonly total: number
  readonly done: number
  readonly problems: number
}

type Value = number | string | Uint8Array

interface PhotoRecord {
  id: number
  root: Uint8Array
  rel: Uint8Array
  name: string
  folder: string
  status: PhotoStatus
  reason: string
  width_px: number
  height_px: number
  orientation: number
  dominant_colour: string
  thumb_pack: number
  size_bytes: number
  modified_at_ms: number
  taken_at: string | null
  camera: string | null
  format: string
  decode_ms: number
  infer_ms: number | null
  truth_wnid: string | null
  truth_name: string | null
}

const orders: Readonly<Record<PhotoSort['by'], string>> = {
  date: `coalesce(taken_at, strftime('%Y-%m-%dT%H:%M:%S', modified_at_ms / 1000, 'unixepoch'))`,
  name: 'natural_key',
  probability: 'coalesce(best_probability, -1)',
}

const problemList = problemStatuses.map((status) => `'${status}'`).join(', ')

/** A search looks at second guesses too, but not at what the network all but ruled out. */
const leastSearched = 0.05

/** Served by a partial index, so that its cost does not grow with what is done. */
const notAnalysed = `missing = 0 AND status = 'pending'`
/** Readable, but without a prediction of the model in the first parameter. */
const ofOtherModels = `missing = 0 AND status IN ('ok', 'damaged') AND NOT EXISTS (
  SELECT 1 FROM predictions WHERE model = ? AND photo_id = photos.id)`

export class PhotoQueries {
  constructor(
    private readonly db: Database,
    private readonly model: number,
  ) {}

  counts(): PhotoCounts {
    return this.db
      .prepare(
        `SELECT count(*) AS total, coalesce(sum(status <> 'pending'), 0) AS done,
                coalesce(sum(status IN (${problemList})), 0) AS problems
           FROM photos WHERE missing = 0`,
      )
      .get() as PhotoCounts
  }

  /** Ordered ids with upright sizes: three parallel arrays. */
  list(
    filter: StoreFilter,
    sort: PhotoSort,
  ): { ids: Uint32Array; widthsPx: Uint32Array; heightsPx: Uint32Array } {
    const { where, values } = this.condition(filter)
    const direction = sort.descending ? 'DESC' : 'ASC'
    const rows = this.db
      .prepare(
        `SELECT photos.id AS id, width_px, height_px FROM photos
           LEFT JOIN predictions ON predictions.model = ? AND predictions.photo_id = photos.id
          WHERE ${where} ORDER BY ${orders[sort.by]} ${direction}, natural_key, photos.id`,
      )
      .all(this.model, ...values) as { id: number; width_px: number; height_px: number }[]
    return {
      ids: Uint32Array.from(rows, ({ id }) => id),
      widthsPx: Uint32Array.from(rows, ({ width_px }) => width_px),
      heightsPx: Uint32Array.from(rows, ({ height_px }) => height_px),
    }
  }

  /** Photos whose best label is each class, with at least the filter's probability, most first. */
  labelCounts(filter: StoreFilter): readonly { classIndex: number; count: number }[] {
    const { where, values } = this.condition({ ...filter, labels: [] })
    return this.db
      .prepare(
        `SELECT class AS classIndex, count(*) AS count FROM labels
          WHERE model = ? AND rank = 0 AND probability >= ?
            AND photo_id IN (SELECT photos.id FROM photos WHERE ${where})
          GROUP BY class ORDER BY count DESC, class`,
      )
      .all(this.model, filter.minProbability, ...values) as { classIndex: number; count: number }[]
  }

  /** In the order asked for; unknown ids are left out. */
  photos(ids: readonly number[]): readonly StoredPhoto[] {
    const one = this.db.prepare(`${this.select} WHERE photos.id = ?`)
    return ids.flatMap((id) => {
      const record = one.get(this.model, id) as PhotoRecord | undefined
      return record === undefined ? [] : [this.toPhoto(record)]
    })
  }

  problems(): readonly StoredPhoto[] {
    const rows = this.db
      .prepare(
        `${this.select} WHERE missing = 0 AND status IN (${problemList}) ORDER BY natural_key`,
      )
      .all(this.model) as unknown as PhotoRecord[]
    return rows.map((record) => this.toPhoto(record))
  }

  /** Photos that wait for this model: new and changed ones first, each in natural order. */
  pending(limit: number, excluded: readonly number[]): readonly { id: number; path: OsPath }[] {
    const fresh = this.waiting(notAnalysed, [], limit, excluded)
    if (fresh.length > 0) return fresh
    return this.waiting(ofOtherModels, [this.model], limit, excluded)
  }

  private waiting(
    condition: string,
    values: readonly Value[],
    limit: number,
    excluded: readonly number[],
  ): readonly { id: number; path: OsPath }[] {
    const rows = this.db
      .prepare(
        `SELECT photos.id AS id, roots.path AS root, rel FROM photos
           JOIN roots ON roots.id = root_id
          WHERE ${condition} AND photos.id NOT IN (SELECT value FROM json_each(?))
          ORDER BY natural_key LIMIT ?`,
      )
      .all(...values, JSON.stringify(excluded), limit) as {
      id: number
      root: Uint8Array
      rel: Uint8Array
    }[]
    return rows.map(({ id, root, rel }) => ({ id, path: joinOsPath(root, rel) }))
  }

  pendingCount(): number {
    const row = this.db
      .prepare(
        `SELECT (SELECT count(*) FROM photos WHERE ${notAnalysed}) +
                (SELECT count(*) FROM photos WHERE ${ofOtherModels}) AS n`,
      )
      .get(this.model) as { n: number }
    return row.n
  }

  thumbnail(id: number): ThumbnailPlace | undefined {
    const place = this.db
      .prepare(
        `SELECT thumb_pack AS pack, thumb_offset AS offset, thumb_bytes AS bytes
           FROM photos WHERE id = ? AND thumb_pack > 0`,
      )
      .get(id)
    return place as ThumbnailPlace | undefined
  }

  /** Ids of all photos with an embedding of this model, ascending. */
  embeddedIds(): Uint32Array {
    const rows = this.db
      .prepare(
        `SELECT photo_id AS id FROM predictions JOIN photos ON photos.id = photo_id
          WHERE model = ? AND missing = 0 ORDER BY photo_id`,
      )
      .all(this.model) as { id: number }[]
    return Uint32Array.from(rows, ({ id }) => id)
  }

  /** The same photos with the class that each shows most probably. */
  embeddedClasses(): { ids: Uint32Array; classes: Uint32Array; probabilities: Float32Array } {
    const rows = this.db
      .prepare(
        `SELECT predictions.photo_id AS id, class, probability FROM predictions
           JOIN photos ON photos.id = predictions.photo_id
           JOIN labels ON labels.model = predictions.model
            AND labels.photo_id = predictions.photo_id AND rank = 0
          WHERE predictions.model = ? AND missing = 0 ORDER BY predictions.photo_id`,
      )
      .all(this.model) as { id: number; class: number; probability: number }[]
    return {
      ids: Uint32Array.from(rows, ({ id }) => id),
      classes: Uint32Array.from(rows, ({ class: index }) => index),
      probabilities: Float32Array.from(rows, ({ probability }) => probability),
    }
  }

  private readonly select = `
    SELECT photos.*, roots.path AS root, infer_ms, truths.wnid AS truth_wnid,
           truths.name AS truth_name FROM photos
      JOIN roots ON roots.id = root_id
      LEFT JOIN truths ON truths.photo_id = photos.id
      LEFT JOIN predictions ON predictions.model = ? AND predictions.photo_id = photos.id`

  private toPhoto(record: PhotoRecord): StoredPhoto {
    const labels = this.db
      .prepare(
        `SELECT class AS classIndex, probability FROM labels
          WHERE model = ? AND photo_id = ? ORDER BY rank`,
      )
      .all(this.model, record.id) as unknown as StoredLabel[]
    return {
      id: record.id,
      name: record.name,
      folder: record.folder,
      status: record.status,
      reason: record.reason,
      widthPx: record.width_px,
      heightPx: record.height_px,
      orientation: record.orientation,
      dominantColour: record.dominant_colour,
      hasThumbnail: record.thumb_pack > 0,
      sizeBytes: record.size_bytes,
      modifiedAtMs: record.modified_at_ms,
      takenAt: record.taken_at,
      camera: record.camera,
      format: record.format,
      decodeMs: record.decode_ms,
      inferMs: record.infer_ms ?? 0,
      path: joinOsPath(record.root, record.rel),
      labels,
      truth:
        record.truth_name === null
          ? null
          : { wnid: record.truth_wnid ?? '', name: record.truth_name },
    }
  }

  private condition(filter: StoreFilter): { where: string; values: Value[] } {
    const parts = ['missing = 0']
    const values: Value[] = []
    const carries = (condition: string, least: number, classes?: readonly number[]): string => {
      values.push(this.model, Math.max(filter.minProbability, least))
      if (classes !== undefined) values.push(JSON.stringify(classes))
      const among = classes === undefined ? '' : 'AND class IN (SELECT value FROM json_each(?))'
      return `photos.id IN (SELECT photo_id FROM labels
        WHERE model = ? AND probability >= ? AND ${condition} ${among})`
    }
    if (filter.text !== '') {
      values.push(likePattern(filter.text), likePattern(filter.text))
      const named = `(name LIKE ? ESCAPE '\\' OR folder LIKE ? ESCAPE '\\')`
      parts.push(
        filter.textClasses.length === 0
          ? named
          : `(${named} OR ${carries('rank >= 0', leastSearched, filter.textClasses)})`,
      )
    }
    if (filter.labels.length > 0) parts.push(carries('rank = 0', 0, filter.labels))
    else if (filter.minProbability > 0) parts.push(carries('rank = 0', 0))
    if (filter.statuses.length > 0) {
      values.push(JSON.stringify(filter.statuses))
      parts.push('status IN (SELECT value FROM json_each(?))')
    }
    if (filter.corrected) parts.push('photos.id IN (SELECT photo_id FROM truths)')
    if (filter.among !== null) {
      values.push(JSON.stringify(filter.among))
      parts.push('photos.id IN (SELECT value FROM json_each(?))')
    }
    return { where: parts.join(' AND '), values }
  }
}

const likePattern = (text: string): string => `%${text.replace(/[\\%_]/g, '\\$&')}%`
