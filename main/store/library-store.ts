// One library on disk: database, embeddings, tiles, thumbnails and snapshots.
import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { backup } from '@photostructure/sqlite'
import type { OsPath } from '../engine/os-path.ts'
import { floatsOf } from './half-float.ts'
import { type Database, openDatabase } from './open-database.ts'
import { PhotoQueries, type StoredPhoto } from './photo-queries.ts'
import { type PointColumns, pointColumns } from './point-columns.ts'
import { RecordFile } from './record-file.ts'
import { type AnalysedPhoto, ResultWrites } from './result-writes.ts'
import { ScanWrites } from './scan-writes.ts'
import { ThumbnailPacks } from './thumbnail-packs.ts'
import { UnitRecords } from './unit-records.ts'
import { vectorFile } from './vector-file.ts'

export interface StoreModel {
  readonly id: string
  readonly sha256: string
  readonly embeddingDim: number
  /** Units whose greatest activation each photo comes with; 0 when the network gives none. */
  readonly unitCount: number
}

const tileBytes = 32 * 32 * 3
const keptSnapshots = 10
const dayMs = 86_400_000

/** Everything is synchronous: it lives in a worker thread, see store-worker.ts. */
export class LibraryStore {
  readonly scan: ScanWrites
  readonly queries: PhotoQueries
  private readonly results: ResultWrites
  private readonly db: Database
  private readonly vectors: RecordFile
  private readonly tiles: RecordFile
  private readonly thumbnails: ThumbnailPacks
  private readonly units: UnitRecords
  private readonly modelRow: number

  /** @throws what {@link openDatabase} and {@link RecordFile.open} throw */
  constructor(
    private readonly folder: string,
    private readonly model: StoreModel,
  ) {
    for (const part of ['vectors', 'thumbs', 'snapshots']) {
      mkdirSync(join(folder, part), { recursive: true })
    }
    this.db = openDatabase(join(folder, 'library.sqlite'))
    try {
      const modelRow = this.registerModel()
      this.modelRow = modelRow
      const { path, tag } = vectorFile(folder, model)
      this.vectors = RecordFile.open(path, model.embeddingDim * 2, tag)
      this.tiles = RecordFile.open(join(folder, 'thumbs', 'tiles.rgb'), tileBytes, 'rgb 32x32')
      const { pack } = this.db
        .prepare('SELECT coalesce(max(thumb_pack), 0) AS pack FROM photos')
        .get() as { pack: number }
      this.thumbnails = new ThumbnailPacks(join(folder, 'thumbs'), pack)
      this.scan = new ScanWrites(this.db)
      this.queries = new PhotoQueries(this.db, modelRow)
      this.units = new UnitRecords(this.db, modelRow, model.unitCount)
      this.results = new ResultWrites(
        this.db,
        modelRow,
        this.vectors,
        this.tiles,
        this.thumbnails,
        this.units,
      )
    } catch (error) {
      // Left open, it would hold the library's lock.
      this.db.close()
      throw error
    }
  }

  commit(batch: readonly AnalysedPhoto[]): void {
    this.results.commit(batch)
  }

  /** JPEG bytes; undefined when the photo has no thumbnail. */
  thumbnail(photoId: number): Uint8Array | undefined {
    const place = this.queries.thumbnail(photoId)
    return place === undefined ? undefined : this.thumbnails.read(place)
  }

  /** RGB, [ids, 32, 32, 3]; black for a photo without. */
  tilesOf(ids: readonly number[]): Uint8Array {
    const tiles = new Uint8Array(ids.length * tileBytes)
    ids.forEach((id, i) => {
      tiles.set(this.tiles.read(id - 1), i * tileBytes)
    })
    return tiles
  }

  /** Every photo with an embedding of this model. */
  pointColumns(): PointColumns {
    return pointColumns(this.db, this.modelRow)
  }

  photo(id: number): StoredPhoto | undefined {
    return this.queries.photos([id])[0]
  }

  pathOf(id: number): OsPath | undefined {
    return this.photo(id)?.path
  }

  /** Marks photos as waiting again, whatever they were. */
  makePending(ids: readonly number[]): void {
    this.db
      .prepare(
        `UPDATE photos SET status = 'pending', reason = ''
          WHERE missing = 0 AND id IN (SELECT value FROM json_each(?))`,
      )
      .run(JSON.stringify(ids))
  }

  /** The photos that excite a unit most and least; see {@link UnitHeaps}. */
  unitPhotos(unit: number): ReturnType<UnitRecords['of']> {
    return this.units.of(unit)
  }

  /** Unit vectors, float32 [embeddingDim], of photos that have one under this model. */
  embeddings(ids: readonly number[]): readonly Float32Array[] {
    return ids.map((id) => floatsOf(new Uint16Array(this.vectors.read(id - 1, 1).buffer)))
  }

  /** Once a day, keeps the newest {@link keptSnapshots}. */
  async snapshotIfDue(): Promise<void> {
    const folder = join(this.folder, 'snapshots')
    const today = new Date().toISOString().slice(0, 10)
    const present = readdirSync(folder)
      .filter((name) => /^\d{4}-\d\d-\d\d\.sqlite$/.test(name))
      .sort()
    const newest = present.at(-1)
    if (newest !== undefined && Date.now() - statSync(join(folder, newest)).mtimeMs < dayMs) return
    await backup(this.db, join(folder, `${today}.sqlite`))
    for (const old of present.slice(0, -(keptSnapshots - 1))) rmSync(join(folder, old))
  }

  dispose(): void {
    this.units.fold()
    this.vectors.dispose()
    this.tiles.dispose()
    this.thumbnails.dispose()
    this.db.close()
  }

  private registerModel(): number {
    const { id, sha256 } = this.model
    this.db
      .prepare('INSERT INTO models (model_id, sha256) VALUES (?, ?) ON CONFLICT DO NOTHING')
      .run(id, sha256)
    const row = this.db
      .prepare('SELECT id FROM models WHERE model_id = ? AND sha256 = ?')
      .get(id, sha256) as { id: number }
    return row.id
  }
}
