// One library on disk: database, embeddings, tiles, thumbnails and snapshots.
import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { backup } from '@photostructure/sqlite'
import type { SaidTruth } from '../../preload/contract/truth.ts'
import type { OsPath } from '../engine/os-path.ts'
import { type ClassPair, classPairs, photosOfPair } from './agreement.ts'
import { floatsOf } from './half-float.ts'
import { type LabelledModel, ModelResults } from './model-results.ts'
import { type Database, openDatabase } from './open-database.ts'
import { PhotoQueries, type StoredPhoto } from './photo-queries.ts'
import { type PointColumns, pointColumns } from './point-columns.ts'
import { RecordFile } from './record-file.ts'
import { type AnalysedPhoto, ResultWrites } from './result-writes.ts'
import { ScanWrites } from './scan-writes.ts'
import { ThumbnailPacks } from './thumbnail-packs.ts'
import {
  type RankedClasses,
  rankedClasses,
  sayTruths,
  type TruthColumns,
  truthColumns,
} from './truths.ts'
import { UnitRecords } from './unit-records.ts'
import { vectorFile } from './vector-file.ts'

export interface StoreModel {
  readonly id: string
  readonly sha256: string
  readonly embeddingDim: number
  /** Units whose greatest activation each photo comes with; 0 when the network gives none. */
  readonly unitCount: number
  /** Which list of labels is in use, of networks whose labels can be chosen; else absent or 0. */
  readonly labelling?: number
}

const tileBytes = 32 * 32 * 3
const keptSnapshots = 10
const dayMs = 86_400_000

/** Everything is synchronous: it lives in a worker thread, see store-worker.ts. */
export class LibraryStore {
  readonly scan: ScanWrites
  readonly results: ModelResults
  private readonly db: Database
  private readonly tiles: RecordFile
  private readonly thumbnails: ThumbnailPacks
  private open: OpenResults

  /** @throws what {@link openDatabase} and {@link RecordFile.open} throw */
  constructor(
    private readonly folder: string,
    model: StoreModel,
  ) {
    for (const part of ['vectors', 'thumbs', 'snapshots']) {
      mkdirSync(join(folder, part), { recursive: true })
    }
    this.db = openDatabase(join(folder, 'library.sqlite'))
    try {
      this.tiles = RecordFile.open(join(folder, 'thumbs', 'tiles.rgb'), tileBytes, 'rgb 32x32')
      const { pack } = this.db
        .prepare('SELECT coalesce(max(thumb_pack), 0) AS pack FROM photos')
        .get() as { pack: number }
      this.thumbnails = new ThumbnailPacks(join(folder, 'thumbs'), pack)
      this.scan = new ScanWrites(this.db)
      this.results = new ModelResults(this.db, folder)
      this.open = this.openResults(model)
    } catch (error) {
      // Left open, it would hold the library's lock.
      this.db.close()
      throw error
    }
  }

  get queries(): PhotoQueries {
    return this.open.queries
  }

  /**
   * From now on reads and writes the results of another model; those of the one before stay.
   *
   * @throws what {@link RecordFile.open} throws; then nothing changes
   */
  adoptModel(model: StoreModel): void {
    const before = this.open
    this.open = this.openResults(model)
    closeResults(before)
  }

  /** How the model in use and another one label the photos that both have seen. */
  pairsWith(other: LabelledModel): readonly ClassPair[] {
    const row = this.results.labelledRowOf(other)
    return row === undefined ? [] : classPairs(this.db, this.open.row, row)
  }

  /** Some photos of such a pair. */
  photosOfPair(
    other: LabelledModel,
    pair: Pick<ClassPair, 'own' | 'other'>,
    limit: number,
  ): readonly number[] {
    const row = this.results.labelledRowOf(other)
    if (row === undefined) return []
    return photosOfPair(this.db, { own: this.open.row, other: row }, pair, limit)
  }

  /** Keeps what a person says photos show; returns what was said before. */
  sayTruths(said: readonly SaidTruth[]): readonly SaidTruth[] {
    return sayTruths(this.db, said, Date.now())
  }

  truthColumns(): TruthColumns {
    return truthColumns(this.db)
  }

  /** Ids of all photos with an embedding of a model, ascending; none for one that was never used. */
  embeddedIdsOf(other: { readonly id: string; readonly sha256: string }): Uint32Array {
    return new PhotoQueries(this.db, this.results.rowOf(other) ?? -1).embeddedIds()
  }

  /** Of the model in use, or of another one; nothing for one that was never used. */
  rankedClasses(other?: LabelledModel): RankedClasses {
    const row = other === undefined ? this.open.row : this.results.labelledRowOf(other)
    return rankedClasses(this.db, row ?? -1)
  }

  get writes(): ResultWrites {
    return this.open.writes
  }

  commit(batch: readonly AnalysedPhoto[]): void {
    this.open.writes.commit(batch)
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
    return pointColumns(this.db, this.open.row)
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
    return this.open.units.of(unit)
  }

  /** Unit vectors, float32 [embeddingDim], of photos that have one under this model. */
  embeddings(ids: readonly number[]): readonly Float32Array[] {
    return ids.map((id) => floatsOf(new Uint16Array(this.open.vectors.read(id - 1, 1).buffer)))
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
    closeResults(this.open)
    this.tiles.dispose()
    this.thumbnails.dispose()
    this.db.close()
  }

  private openResults(model: StoreModel): OpenResults {
    const { path, tag } = vectorFile(this.folder, model)
    const vectors = RecordFile.open(path, model.embeddingDim * 2, tag)
    const row = this.results.register(model)
    const units = new UnitRecords(this.db, row, model.unitCount)
    const { db, tiles, thumbnails } = this
    const labelling = model.labelling ?? 0
    const writes = new ResultWrites(db, row, labelling, vectors, tiles, thumbnails, units)
    writes.forgetStaleLabels()
    return {
      row,
      vectors,
      units,
      queries: new PhotoQueries(db, row),
      writes,
    }
  }
}

/** What belongs to the model in use. */
interface OpenResults {
  readonly row: number
  readonly vectors: RecordFile
  readonly units: UnitRecords
  readonly queries: PhotoQueries
  readonly writes: ResultWrites
}

function closeResults({ units, vectors }: OpenResults): void {
  units.fold()
  vectors.dispose()
}
