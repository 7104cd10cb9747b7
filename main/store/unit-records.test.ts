import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { halfTable } from './half-float.ts'
import { type Database, openDatabase } from './open-database.ts'
import { UnitRecords } from './unit-records.ts'

let folder: string
let db: Database
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'latent-units-'))
  open()
  db.exec("INSERT INTO models (id, model_id, sha256) VALUES (1, 'tiny', 'ab')")
  db.exec("INSERT INTO roots (id, path, kind) VALUES (1, x'2f', 'folder')")
  const insert = db.prepare(
    `INSERT INTO photos (id, root_id, rel, name, folder, natural_key, size_bytes, modified_at_ms)
     VALUES (?, 1, ?, '', '', '', 1, 1)`,
  )
  for (let id = 1; id <= 600; id++) insert.run(id, new Uint8Array(Buffer.from(`${id}`)))
})
afterEach(() => {
  db.close()
  rmSync(folder, { recursive: true })
})

function open(): void {
  db = openDatabase(join(folder, 'library.sqlite'))
}

const half = (value: number): number => halfTable.indexOf(value)
const maxima = (id: number): Uint16Array => Uint16Array.of(half(id), half(1000 - id))

function record(records: UnitRecords, id: number, values = maxima(id), isNew = true): void {
  records.write(id, values)
  records.take(id, values, isNew)
}

const best = (records: UnitRecords, unit: number): number[] =>
  records.of(unit).most.map(({ photoId }) => photoId)

const pendingCount = (): number =>
  (db.prepare('SELECT count(*) AS n FROM unit_pending').get() as { n: number }).n

describe('UnitRecords', () => {
  it('loses nothing when the process ends without folding', () => {
    const records = new UnitRecords(db, 1, 2)
    for (let id = 1; id <= 300; id++) record(records, id)
    expect(pendingCount()).toBe(300 - 256)
    db.close()
    open()
    const again = new UnitRecords(db, 1, 2)
    expect(best(again, 0)).toEqual(Array.from({ length: 12 }, (_, i) => 300 - i))
    expect(best(again, 1)).toEqual(Array.from({ length: 12 }, (_, i) => i + 1))
  })

  it('has nothing waiting once folded', () => {
    const records = new UnitRecords(db, 1, 2)
    for (let id = 1; id <= 10; id++) record(records, id)
    records.fold()
    expect(pendingCount()).toBe(0)
    expect(best(new UnitRecords(db, 1, 2), 0)[0]).toBe(10)
  })

  it('holds a photo that was analysed again once, with its new value', () => {
    const records = new UnitRecords(db, 1, 2)
    for (let id = 1; id <= 20; id++) record(records, id)
    record(records, 20, Uint16Array.of(half(0), half(0)), false)
    // The lists are longer than what is shown, so that a place that falls free does not matter.
    expect(best(records, 0).slice(0, 9)).not.toContain(20)
    expect(records.of(0).least[0]).toEqual({ photoId: 20, activation: 0 })
  })

  it('starts anew for another number of units', () => {
    const records = new UnitRecords(db, 1, 2)
    record(records, 1)
    records.fold()
    expect(new UnitRecords(db, 1, 3).of(2).most).toEqual([])
  })
})
