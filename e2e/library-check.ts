// Holds a library on disk against what it promises after any end of the program.
import { copyFile, mkdtemp, open, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { DatabaseSync } from '@photostructure/sqlite'

type Database = InstanceType<typeof DatabaseSync>

export interface LibraryCheck {
  /** What is wrong; empty when nothing is. */
  readonly faults: readonly string[]
  /** Path below the root of each photo, by id. */
  readonly photos: ReadonlyMap<number, string>
  /** CRC-32 of the vector of each photo that has a prediction, by id. */
  readonly vectors: ReadonlyMap<number, number>
}

const headerBytes = 64
const keptLabels = 5

/**
 * Reads copies, so that what a killed program left behind is recovered by the program itself the
 * next time, not by this.
 */
export async function checkLibrary(library: string): Promise<LibraryCheck> {
  const scratch = await mkdtemp(join(tmpdir(), 'latent-check-'))
  try {
    const copy = join(scratch, 'library.sqlite')
    for (const suffix of ['', '-wal']) {
      await copyFile(join(library, `library.sqlite${suffix}`), copy + suffix).catch(() => {})
    }
    const db = new DatabaseSync(copy)
    try {
      return await check(db, library)
    } finally {
      db.close()
    }
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}

async function check(db: Database, library: string): Promise<LibraryCheck> {
  const faults: string[] = []
  const expectNone = (what: string, sql: string): void => {
    const rows = db.prepare(sql).all()
    if (rows.length > 0) faults.push(`${what}: ${JSON.stringify(rows.slice(0, 3))}`)
  }
  const tables = db.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all()
  const { integrity_check: verdict } = db.prepare('PRAGMA integrity_check').get() as {
    integrity_check: string
  }
  if (verdict !== 'ok') faults.push(`integrity_check: ${verdict}`)
  // Killed before it had made its tables: an empty library is a whole one.
  if (tables.length === 0) return { faults, photos: new Map(), vectors: new Map() }
  expectNone('broken references', 'PRAGMA foreign_key_check')
  expectNone(
    'photos listed twice',
    'SELECT rel, count(*) AS rows FROM photos GROUP BY root_id, rel HAVING rows > 1',
  )
  expectNone(
    'whole photos without a prediction',
    `SELECT id FROM photos WHERE status = 'ok'
        AND id NOT IN (SELECT photo_id FROM predictions)`,
  )
  expectNone(
    'predictions of photos that wait',
    `SELECT id FROM photos WHERE status = 'pending'
        AND id IN (SELECT photo_id FROM predictions)`,
  )
  expectNone(
    `predictions without their ${keptLabels} labels`,
    `SELECT photo_id, (SELECT count(*) FROM labels l
        WHERE l.model = p.model AND l.photo_id = p.photo_id) AS labels
       FROM predictions p WHERE labels <> ${keptLabels}`,
  )
  const photos = db.prepare('SELECT id, rel, status FROM photos').all() as {
    id: number
    rel: Uint8Array
    status: string
  }[]
  const predicted = db.prepare('SELECT photo_id FROM predictions').all() as { photo_id: number }[]
  const ids = predicted.map(({ photo_id }) => photo_id)
  const vectors = await checkVectors(join(library, 'vectors'), ids, faults)
  await checkThumbnails(db, join(library, 'thumbs'), faults)
  return {
    faults,
    photos: new Map(photos.map(({ id, rel }) => [id, new TextDecoder().decode(rel)])),
    vectors,
  }
}

/** Each vector must have length 1, within what rounding to half floats does. */
async function checkVectors(
  folder: string,
  ids: readonly number[],
  faults: string[],
): Promise<ReadonlyMap<number, number>> {
  const sums = new Map<number, number>()
  const [name] = await readdir(folder)
  if (ids.length === 0 || name === undefined) return sums
  const file = await open(join(folder, name))
  try {
    const header = Buffer.alloc(headerBytes)
    await file.read(header, 0, headerBytes, 0)
    const record = Buffer.alloc(header.readUInt32LE(8))
    for (const id of ids) {
      await file.read(record, 0, record.byteLength, headerBytes + (id - 1) * record.byteLength)
      const length = lengthOf(record)
      if (!(Math.abs(length - 1) < 0.01)) faults.push(`vector of photo ${id} has length ${length}`)
      sums.set(id, crc32(record))
    }
  } finally {
    await file.close()
  }
  return sums
}

async function checkThumbnails(db: Database, folder: string, faults: string[]): Promise<void> {
  const places = db
    .prepare('SELECT id, thumb_pack, thumb_offset, thumb_bytes FROM photos WHERE thumb_pack > 0')
    .all() as { id: number; thumb_pack: number; thumb_offset: number; thumb_bytes: number }[]
  for (const { id, thumb_pack: pack, thumb_offset: offset, thumb_bytes: bytes } of places) {
    const file = await open(join(folder, `${String(pack).padStart(4, '0')}.pack`))
    const jpeg = Buffer.alloc(bytes)
    await file.read(jpeg, 0, bytes, offset).finally(() => file.close())
    if (jpeg.readUInt16BE(0) !== 0xffd8 || jpeg.readUInt16BE(bytes - 2) !== 0xffd9) {
      faults.push(`thumbnail of photo ${id} is no JPEG`)
    }
  }
}

/** Euclidean length of a vector of little-endian IEEE 754 half floats. */
function lengthOf(halves: Buffer): number {
  let sum = 0
  for (let at = 0; at < halves.byteLength; at += 2) sum += half(halves.readUInt16LE(at)) ** 2
  return Math.sqrt(sum)
}

function half(bits: number): number {
  const exponent = (bits >> 10) & 0x1f
  const fraction = bits & 0x3ff
  const sign = bits & 0x8000 ? -1 : 1
  if (exponent === 0) return sign * fraction * 2 ** -24
  if (exponent === 0x1f) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15)
}
