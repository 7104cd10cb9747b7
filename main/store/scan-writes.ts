// What a scan writes: new files, changed files, moved files, files that are gone.
import type { OsPath } from '../engine/os-path.ts'
import { fromBytes } from '../engine/os-path.ts'
import { naturalKey } from './natural-key.ts'
import type { Database } from './open-database.ts'

/** A file as the walk found it. */
export interface FoundFile {
  /** Below the root, '/'-separated, as the system's bytes. */
  readonly rel: Uint8Array
  readonly name: string
  readonly folder: string
  readonly sizeBytes: number
  readonly modifiedAtMs: number
}

/** A known photo of the same size as a new file: perhaps the same one, moved. */
export interface MoveCandidate {
  readonly photoId: number
  readonly path: OsPath
  readonly quickHash: string
}

export interface ScanOutcome {
  /** Files that were not known by this path and have candidates to be compared with. */
  readonly undecided: readonly { file: FoundFile; candidates: readonly MoveCandidate[] }[]
}

export class ScanWrites {
  constructor(private readonly db: Database) {}

  /** The root's id; it is made when it is new. */
  addRoot(path: Uint8Array, kind: 'folder' | 'file'): number {
    this.db
      .prepare('INSERT INTO roots (path, kind) VALUES (?, ?) ON CONFLICT DO NOTHING')
      .run(path, kind)
    const row = this.db.prepare('SELECT id FROM roots WHERE path = ?').get(path) as { id: number }
    return row.id
  }

  roots(): readonly { id: number; path: OsPath; kind: 'folder' | 'file' }[] {
    const rows = this.db.prepare('SELECT id, path, kind FROM roots ORDER BY id').all() as {
      id: number
      path: Uint8Array
      kind: 'folder' | 'file'
    }[]
    return rows.map(({ id, path, kind }) => ({ id, path: fromBytes(path), kind }))
  }

  /** Forgets what the last scan saw: from now on, what is not recorded again is missing. */
  beginScan(): void {
    this.db.exec('CREATE TEMP TABLE IF NOT EXISTS seen (id INTEGER PRIMARY KEY)')
    this.db.exec('DELETE FROM seen')
  }

  /** Records files found: known ones are seen, changed ones become pending, new ones are added. */
  recordFound(rootId: number, files: readonly FoundFile[]): ScanOutcome {
    const find = this.db.prepare(
      'SELECT id, size_bytes, modified_at_ms FROM photos WHERE root_id = ? AND rel = ?',
    )
    const change = this.db.prepare(
      `UPDATE photos SET size_bytes = ?, modified_at_ms = ?, status = 'pending', reason = '',
         missing = 0 WHERE id = ?`,
    )
    const sameSize = this.db.prepare(
      `SELECT photos.id, roots.path AS root, photos.rel, quick_hash AS quickHash
         FROM photos JOIN roots ON roots.id = root_id
        WHERE size_bytes = ? AND quick_hash <> ''
          AND photos.id NOT IN (SELECT id FROM seen) LIMIT 16`,
    )
    const undecided: { file: FoundFile; candidates: MoveCandidate[] }[] = []
    this.transaction(() => {
      for (const file of files) {
        const known = find.get(rootId, file.rel) as
          | { id: number; size_bytes: number; modified_at_ms: number }
          | undefined
        if (known === undefined) {
          const rows = sameSize.all(file.sizeBytes) as {
            id: number
            root: Uint8Array
            rel: Uint8Array
            quickHash: string
          }[]
          if (rows.length === 0) this.insert(rootId, file)
          else {
            const candidates = rows.map(({ id, root, rel, quickHash }) => ({
              photoId: id,
              path: joinOsPath(root, rel),
              quickHash,
            }))
            undecided.push({ file, candidates })
          }
          continue
        }
        if (known.size_bytes !== file.sizeBytes || known.modified_at_ms !== file.modifiedAtMs) {
          change.run(file.sizeBytes, file.modifiedAtMs, known.id)
        }
        this.see(known.id)
      }
    })
    return { undecided }
  }

  addNew(rootId: number, files: readonly FoundFile[]): void {
    this.transaction(() => {
      for (const file of files) this.insert(rootId, file)
    })
  }

  /** The photo lies elsewhere now: everything known about it stays. */
  relink(photoId: number, rootId: number, file: FoundFile): void {
    this.db
      .prepare(
        `UPDATE photos SET root_id = ?, rel = ?, name = ?, folder = ?, natural_key = ?,
           modified_at_ms = ?, missing = 0 WHERE id = ?`,
      )
      .run(rootId, file.rel, file.name, file.folder, keyOf(file), file.modifiedAtMs, photoId)
    this.see(photoId)
  }

  /**
   * Ends a complete scan of a root: photos not seen are missing, unless they lie in a folder that
   * could not be read.
   */
  endScan(rootId: number, unreadFolders: readonly string[]): void {
    const rows = this.db
      .prepare(
        `SELECT id, folder, missing FROM photos
          WHERE root_id = ? AND id NOT IN (SELECT id FROM seen) AND missing = 0`,
      )
      .all(rootId) as { id: number; folder: string }[]
    const mark = this.db.prepare('UPDATE photos SET missing = 1 WHERE id = ?')
    this.transaction(() => {
      for (const { id, folder } of rows) {
        const unread = unreadFolders.some(
          // '' is the root itself, and everything lies below it.
          (f) => f === '' || folder === f || folder.startsWith(`${f}/`),
        )
        if (!unread) mark.run(id)
      }
      this.db.exec(
        'UPDATE photos SET missing = 0 WHERE missing = 1 AND id IN (SELECT id FROM seen)',
      )
    })
  }

  private insert(rootId: number, file: FoundFile): void {
    const { lastInsertRowid } = this.db
      .prepare(
        `INSERT INTO photos (root_id, rel, name, folder, natural_key, size_bytes, modified_at_ms)
         VALUES (?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(rootId, file.rel, file.name, file.folder, keyOf(file), file.sizeBytes, file.modifiedAtMs)
    this.see(Number(lastInsertRowid))
  }

  private see(id: number): void {
    this.db.prepare('INSERT OR IGNORE INTO seen (id) VALUES (?)').run(id)
  }

  private transaction(work: () => void): void {
    this.db.exec('BEGIN IMMEDIATE')
    try {
      work()
      this.db.exec('COMMIT')
    } catch (error) {
      this.db.exec('ROLLBACK')
      throw error
    }
  }
}

/** Names order within their folder, folders among each other. */
const keyOf = (file: FoundFile): string => naturalKey(`${file.folder}/${file.name}`)

/** A root's path and what lies below it; an empty rest is the root itself. */
export function joinOsPath(root: Uint8Array, rel: Uint8Array): OsPath {
  if (rel.byteLength === 0) return fromBytes(root)
  const endsInSlash = root.at(-1) === 0x2f
  return fromBytes(Buffer.concat([root, Buffer.from(endsInSlash ? '' : '/'), rel]))
}
