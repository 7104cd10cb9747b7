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
      'INSERT INTO predictions (model, photo_id, infer_ms, best_probability) VALUES (?, ?, ?, ?)',
    ).run(model, photoId, inferMs, prediction.probabilities[0] ?? 0)
    const insert = db.prepare(
      'INSERT INTO labels (model, photo_id, rank, class, probability) VALUES (?, ?, ?, ?, ?)',
    )
    prediction.classIndices.subarray(0, keptLabels).forEach((classIndex, rank) => {
      insert.run(model, photoId, rank, classIndex, prediction.probabilities[rank] ?? 0)
    })
    return changes > 0
  }
}

const bytesOf = (array: Uint16Array): Uint8Array =>
  new Uint8Array(array.buffer, array.byteOffset, array.byteLength)
