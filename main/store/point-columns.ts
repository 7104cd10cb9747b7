// What the Cloud knows of every photo, by columns: a million rows as objects would not fit.
import type { Database } from './open-database.ts'

/** Photos with an embedding of the library's model, ascending by id; columns of one length. */
export interface PointColumns {
  readonly ids: Uint32Array
  /** What each shows most probably. */
  readonly classes: Uint32Array
  readonly probabilities: Float32Array
  /** When taken, else when the file last changed: milliseconds of wall time since 1970. */
  readonly takenAtMs: Float64Array
  /** Places in `cameraNames`. */
  readonly cameras: Uint16Array
  /** Places in `folderNames`. */
  readonly folders: Uint32Array
  /** [photos, 3]. */
  readonly coloursRgb: Uint8Array
  /** Width over height, upright. */
  readonly aspects: Float32Array
  /** The first is empty: unknown. */
  readonly cameraNames: readonly string[]
  readonly folderNames: readonly string[]
}

interface PointRecord {
  id: number
  class: number | null
  probability: number | null
  taken_at: string | null
  modified_at_ms: number
  camera: string | null
  folder: string
  dominant_colour: string
  width_px: number
  height_px: number
}

/** Names by the order in which they were first met. */
class Names {
  readonly names: string[]
  private readonly places: Map<string, number>

  constructor(first: readonly string[]) {
    this.names = [...first]
    this.places = new Map(first.map((name, place) => [name, place]))
  }

  placeOf(name: string): number {
    const known = this.places.get(name)
    if (known !== undefined) return known
    this.places.set(name, this.names.length)
    this.names.push(name)
    return this.names.length - 1
  }
}

const mostCameras = 0xffff

/** @param model row of the model */
export function pointColumns(db: Database, model: number): PointColumns {
  const condition = 'predictions.model = ? AND missing = 0'
  const { count } = db
    .prepare(
      `SELECT count(*) AS count FROM predictions JOIN photos ON photos.id = photo_id
        WHERE ${condition}`,
    )
    .get(model) as { count: number }
  const rows = db
    .prepare(
      `SELECT predictions.photo_id AS id, class, probability, taken_at, modified_at_ms, camera,
              folder, dominant_colour, width_px, height_px
         FROM predictions JOIN photos ON photos.id = predictions.photo_id
         LEFT JOIN labels ON labels.model = predictions.model
          AND labels.photo_id = predictions.photo_id AND rank = 0
        WHERE ${condition} ORDER BY predictions.photo_id`,
    )
    .iterate(model) as Iterable<PointRecord>
  const columns = {
    ids: new Uint32Array(count),
    classes: new Uint32Array(count),
    probabilities: new Float32Array(count),
    takenAtMs: new Float64Array(count),
    cameras: new Uint16Array(count),
    folders: new Uint32Array(count),
    coloursRgb: new Uint8Array(count * 3),
    aspects: new Float32Array(count),
  }
  const cameras = new Names([''])
  const folders = new Names([])
  let at = 0
  for (const row of rows) {
    columns.ids[at] = row.id
    columns.classes[at] = row.class ?? 0
    columns.probabilities[at] = row.probability ?? 0
    columns.takenAtMs[at] = takenAtMs(row.taken_at) ?? asWallTime(row.modified_at_ms)
    columns.cameras[at] = Math.min(cameras.placeOf(row.camera ?? ''), mostCameras)
    columns.folders[at] = folders.placeOf(row.folder)
    columns.coloursRgb.set(rgbOf(row.dominant_colour), at * 3)
    columns.aspects[at] = row.height_px > 0 ? row.width_px / row.height_px : 1
    at++
  }
  return { ...columns, cameraNames: cameras.names, folderNames: folders.names }
}

/** EXIF times have no zone: they are what the clock on the wall showed. */
function takenAtMs(takenAt: string | null): number | undefined {
  const ms = takenAt === null ? Number.NaN : Date.parse(`${takenAt}Z`)
  return Number.isNaN(ms) ? undefined : ms
}

const asWallTime = (ms: number): number => ms - new Date(ms).getTimezoneOffset() * 60_000

const grey = 128

/** @param hex `#rrggbb`, or empty while unknown */
function rgbOf(hex: string): readonly [number, number, number] {
  const bits = Number.parseInt(hex.slice(1), 16)
  if (Number.isNaN(bits)) return [grey, grey, grey]
  return [bits >> 16, (bits >> 8) & 0xff, bits & 0xff]
}
