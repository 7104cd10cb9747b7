// What the engine found out about photos, written so that a kill loses a batch at most.
import type { Analysis } from '../engine/protocol.ts'
import type { Database } from './open-database.ts'
import type { RecordFile } from './record-file.ts'
import type { ThumbnailPacks, ThumbnailPlace } from './thumbnail-packs.ts'
import type { UnitRecords } from './unit-records.ts'

export interface AnalysedPhoto {
  readonly photoId: number
  readonly analysis: Analysis
}

/** Of predictions whose labels are gone and not there anew. */
const noLabelling = -1

/** How many labels of each photo are kept. */
export const keptLabels = 5

/**
 * The files first and flushed, the database last: its commit is what makes a result count. Work
 * that was cut off in between is simply done again, over the same slots.
 */
export class ResultWrites {
  constructor(
    private readonly db: Database,
    private readonly model: number,
    private readonly labelling: number,
    private readonly vectors: RecordFile,
    private readonly tiles: RecordFile,
    private readonly thumbnails: ThumbnailPacks,
    private readonly units: UnitRecords,
  ) {}

  commit(batch: readonly AnalysedPhoto[]): void {
    const places = batch.map(({ photoId, analysis: { picture, prediction, facts } }) => {
      const slot = photoId - 1
      if (prediction !== undefined) this.vectors.write(slot, bytesOf(prediction.embedding))
      if (picture === undefined) return { pack: 0, offset: 0, bytes: 0 }
      const known = this.samePicture(photoId, facts.quickHash)
      if (known !== undefined) return known
      this.tiles.write(slot, picture.tile)
      return this.thumbnails.append(picture.thumbnail)
    })
    this.vectors.sync()
    this.tiles.sync()
    this.thumbnails.sync()
    const known = new Set<number>()
    this.db.exec('BEGIN IMMEDIATE')
    try {
      batch.forEach(({ photoId, analysis }, i) => {
        this.writePhoto(photoId, analysis, places[i] ?? { pack: 0, offset: 0, bytes: 0 })
        if (this.writePrediction(photoId, analysis)) known.add(photoId)
        const maxima = analysis.prediction?.unitMaxima
        if (maxima !== undefined) this.units.write(photoId, maxima)
      })
      this.db.exec('COMMIT')
    } catch (error) {
      this.db.exec('ROLLBACK')
      throw error
    }
    for (const { photoId, analysis } of batch) {
      const maxima = analysis.prediction?.unitMaxima
      if (maxima !== undefined) this.units.take(photoId, maxima, !known.has(photoId))
    }
  }

  /** Class numbers of another list would go by the wrong names: its labels go at once. */
  forgetStaleLabels(): void {
    if (this.labelling === 0) return
    const { db, model, labelling } = this
    const stale = 'model = ? AND labelling NOT IN (?, ?)'
    db.exec('BEGIN IMMEDIATE')
    try {
      db.prepare(
        `DELETE FROM labels WHERE model = ?
            AND photo_id IN (SELECT photo_id FROM predictions WHERE ${stale})`,
      ).run(model, model, noLabelling, labelling)
      db.prepare(`UPDATE predictions SET labelling = ?, best_probability = 0 WHERE ${stale}`).run(
        noLabelling,
        model,
        noLabelling,
        labelling,
      )
      db.exec('COMMIT')
    } catch (error) {
      db.exec('ROLLBACK')
      throw error
    }
  }

  /** Photos whose labels are by another list than the model's, ascending. */
  staleLabels(limit: number): Uint32Array {
    const rows = this.db
      .prepare(
        'SELECT photo_id AS id FROM predictions WHERE model = ? AND labelling <> ? ORDER BY photo_id LIMIT ?',
      )
      .all(this.model, this.labelling, limit) as { id: number }[]
    return Uint32Array.from(rows, ({ id }) => id)
  }

  staleLabelCount(): number {
    const { count } = this.db
      .prepare('SELECT count(*) AS count FROM predictions WHERE model = ? AND labelling <> ?')
      .get(this.model, this.labelling) as { count: number }
    return count
  }

  /**
   * Puts other labels in the place of those that photos have.
   *
   * @param classes best first, as many for each photo
   */
  relabel(ids: Uint32Array, classes: Uint16Array, probabilities: Float32Array): void {
    const each = ids.length === 0 ? 0 : classes.length / ids.length
    const { db, model } = this
    const clear = db.prepare('DELETE FROM labels WHERE model = ? AND photo_id = ?')
    const update = db.prepare(
      'UPDATE predictions SET best_probability = ?, labelling = ? WHERE model = ? AND photo_id = ?',
    )
    db.exec('BEGIN IMMEDIATE')
    try {
      ids.forEach((id, i) => {
        const own = probabilities.subarray(i * each, (i + 1) * each)
        // A photo may have lost its prediction in the meantime.
        const { changes } = update.run(own[0] ?? 0, this.labelling, model, id)
        clear.run(model, id)
        if (changes > 0) this.writeLabels(id, classes.subarray(i * each, (i + 1) * each), own)
      })
      db.exec('COMMIT')
    } catch (error) {
      db.exec('ROLLBACK')
      throw error
    }
  }

  /** Where the picture lies that was made of the same bytes: another model needs no second one. */
  private samePicture(photoId: number, quickHash: string): ThumbnailPlace | undefined {
    const place = this.db
      .prepare(
        `SELECT thumb_pack AS pack, thumb_offset AS offset, thumb_bytes AS bytes
           FROM photos WHERE id = ? AND quick_hash = ? AND quick_hash <> '' AND thumb_pack > 0`,
      )
      .get(photoId, quickHash)
    return place as ThumbnailPlace | undefined
  }

  private writePhoto(
    photoId: number,
    { status, reason, facts, picture, decodeMs }: Analysis,
    place: { pack: number; offset: number; bytes: number },
  ): void {
    this.db
      .prepare(
        `UPDATE photos SET status = ?, reason = ?, format = ?, width_px = ?, height_px = ?,
           orientation = ?, taken_at = ?, camera = ?, quick_hash = ?, decode_ms = ?,
           dominant_colour = ?, thumb_pack = ?, thumb_offset = ?, thumb_bytes = ? WHERE id = ?`,
      )
      .run(
        status,
        reason,
        facts.format,
        facts.widthPx,
        facts.heightPx,
        facts.orientation,
        facts.takenAt,
        facts.camera,
        facts.quickHash,
        decodeMs,
        picture?.dominantColour ?? '',
        place.pack,
        place.offset,
        place.bytes,
        photoId,
      )
  }

  /** Tells whether the photo had a prediction before. */
  private writePrediction(photoId: number, { prediction, inferMs }: Analysis): boolean {
    const { db, model } = this
    db.prepare('DELETE FROM labels WHERE model = ? AND photo_id = ?').run(model, photoId)
    const { changes } = db
      .prepare('DELETE FROM predictions WHERE model = ? AND photo_id = ?')
      .run(model, photoId)
    if (prediction === undefined) return changes > 0
    db.prepare(
      `INSERT INTO predictions (model, photo_id, infer_ms, best_probability, labelling)
       VALUES (?, ?, ?, ?, ?)`,
    ).run(model, photoId, inferMs, prediction.probabilities[0] ?? 0, this.labelling)
    const { classIndices, probabilities } = prediction
    this.writeLabels(photoId, classIndices.subarray(0, keptLabels), probabilities)
    return changes > 0
  }

  private writeLabels(
    photoId: number,
    classIndices: Uint16Array,
    probabilities: Float32Array,
  ): void {
    const insert = this.db.prepare(
      'INSERT INTO labels (model, photo_id, rank, class, probability) VALUES (?, ?, ?, ?, ?)',
    )
    classIndices.forEach((classIndex, rank) => {
      insert.run(this.model, photoId, rank, classIndex, probabilities[rank] ?? 0)
    })
  }
}

const bytesOf = (array: Uint16Array): Uint8Array =>
  new Uint8Array(array.buffer, array.byteOffset, array.byteLength)
