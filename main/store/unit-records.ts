// Keeps the units' photos in the database: every commit adds its maxima, and now and then they are
// folded into the lists, so that neither a kill nor a large library costs more than a little.
import type { Database } from './open-database.ts'
import { type UnitEntry, UnitHeaps } from './unit-heaps.ts'

/** The lists are written whole: not at every commit. */
const foldAfterPhotos = 256

export class UnitRecords {
  private readonly heaps: UnitHeaps
  private unfolded = 0

  /** @param unitCount 0 for a network that gives no maxima */
  constructor(
    private readonly db: Database,
    private readonly model: number,
    unitCount: number,
  ) {
    this.heaps = this.read(unitCount)
  }

  /** Writes a photo's maxima; call inside the transaction that writes its prediction. */
  write(photoId: number, maxima: Uint16Array): void {
    this.db
      .prepare('INSERT OR REPLACE INTO unit_pending (model, photo_id, maxima) VALUES (?, ?, ?)')
      .run(this.model, photoId, new Uint8Array(maxima.buffer, maxima.byteOffset, maxima.byteLength))
  }

  /** Takes in what was written; call after that transaction. */
  take(photoId: number, maxima: Uint16Array, isNew: boolean): void {
    if (!isNew) this.heaps.forget(photoId)
    this.heaps.add(photoId, maxima)
    this.unfolded++
    if (this.unfolded >= foldAfterPhotos) this.fold()
  }

  of(unit: number): { most: readonly UnitEntry[]; least: readonly UnitEntry[] } {
    return this.heaps.of(unit)
  }

  /** Writes the lists; what waited for it is then in them. */
  fold(): void {
    if (this.unfolded === 0) return
    const { db, model } = this
    db.exec('BEGIN IMMEDIATE')
    try {
      db.prepare('INSERT OR REPLACE INTO unit_lists (model, lists) VALUES (?, ?)').run(
        model,
        this.heaps.toBytes(),
      )
      db.prepare('DELETE FROM unit_pending WHERE model = ?').run(model)
      db.exec('COMMIT')
    } catch (error) {
      db.exec('ROLLBACK')
      throw error
    }
    this.unfolded = 0
  }

  private read(unitCount: number): UnitHeaps {
    const row = this.db.prepare('SELECT lists FROM unit_lists WHERE model = ?').get(this.model) as
      | { lists: Uint8Array }
      | undefined
    const heaps =
      (row === undefined ? undefined : UnitHeaps.fromBytes(unitCount, row.lists)) ??
      UnitHeaps.empty(unitCount)
    const pending = this.db
      .prepare('SELECT photo_id AS photoId, maxima FROM unit_pending WHERE model = ?')
      .all(this.model) as { photoId: number; maxima: Uint8Array }[]
    for (const { photoId, maxima } of pending) {
      if (maxima.byteLength !== unitCount * 2) continue
      heaps.forget(photoId)
      heaps.add(photoId, new Uint16Array(new Uint8Array(maxima).buffer))
      this.unfolded++
    }
    return heaps
  }
}
