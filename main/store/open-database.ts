// Opens a library's database: settings, health check, migrations.
import { DatabaseSync } from '@photostructure/sqlite'
import { migrations } from './schema.ts'

export type Database = InstanceType<typeof DatabaseSync>

/** The file was written by a newer Latent. */
export class NewerLibraryError extends Error {}
/** Another process has the library open. */
export class LockedLibraryError extends Error {}
/** SQLite found the file damaged. */
export class DamagedLibraryError extends Error {}

/**
 * @throws LockedLibraryError when another process has it open, DamagedLibraryError when the quick check fails, NewerLibraryError when the schema is of a
 *   later version than this program knows
 */
export function openDatabase(path: string): Database {
  const db = new DatabaseSync(path)
  try {
    // Thumbnails' neighbours aside, rows are wide: larger pages halve the file (measured).
    db.exec('PRAGMA page_size = 16384')
    db.exec('PRAGMA synchronous = FULL')
    db.exec('PRAGMA foreign_keys = ON')
    // The lock goes with the process, however it ends: no second Latent writes the same library.
    db.exec('PRAGMA locking_mode = EXCLUSIVE')
    db.exec('PRAGMA busy_timeout = 1000')
    db.exec('PRAGMA journal_mode = WAL')
    checkHealth(db, path)
    migrate(db, path)
    return db
  } catch (error) {
    db.close()
    if (error instanceof DamagedLibraryError || error instanceof NewerLibraryError) throw error
    const message = error instanceof Error ? error.message : String(error)
    if (/locked|busy/i.test(message)) throw new LockedLibraryError(path)
    if (/malformed|not a database|corrupt/i.test(message)) {
      throw new DamagedLibraryError(`${path}: ${message}`)
    }
    throw error
  }
}

function checkHealth(db: Database, path: string): void {
  const row = db.prepare('PRAGMA quick_check(1)').get() as { quick_check: string }
  if (row.quick_check !== 'ok') throw new DamagedLibraryError(`${path}: ${row.quick_check}`)
}

function migrate(db: Database, path: string): void {
  const { user_version: version } = db.prepare('PRAGMA user_version').get() as {
    user_version: number
  }
  if (version > migrations.length) {
    throw new NewerLibraryError(`${path} has version ${version}, this is ${migrations.length}`)
  }
  migrations.slice(version).forEach((sql, i) => {
    db.exec(`BEGIN IMMEDIATE; ${sql}; PRAGMA user_version = ${version + i + 1}; COMMIT`)
  })
}
