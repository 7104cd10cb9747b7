// Sampled activations of a layer on disk: they survive a stop and are gone on from.
import { mkdirSync, statSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { halvesOf } from '../../atlas/vectors/half-bits.ts'
import { bytesOf } from '../../onnx/graph-builder.ts'
import { RecordFile } from '../../store/record-file.ts'
import type { VectorFile } from '../../store/vector-file.ts'

/** One position on one photo. */
export interface Sample {
  readonly row: number
  readonly column: number
  /** Length of the activation vector. */
  readonly norm: number
  /** The vector at unit length, [channels]. */
  readonly unit: Float32Array
}

/** The square of the photo that the network was shown, in pixels of the upright photo. */
export interface SampledSquare {
  readonly leftPx: number
  readonly topPx: number
  readonly sidePx: number
}

export interface SampledPhoto {
  readonly id: number
  /** When its file was last changed: a changed photo is sampled anew. */
  readonly modifiedAtMs: number
  readonly square: SampledSquare
  /** None when the photo could not be read. */
  readonly samples: readonly Sample[]
}

/** What is known of a photo's samples; they lie one after another. */
export interface SampledEntry {
  readonly modifiedAtMs: number
  /** Slot of the first. */
  readonly first: number
  readonly count: number
  readonly square: SampledSquare
}

export interface KnownSamples {
  readonly photos: ReadonlyMap<number, SampledEntry>
  /** One past the last slot that is taken. */
  readonly end: number
  /** @returns row, column and norm of a slot */
  place(slot: number): Pick<Sample, 'row' | 'column' | 'norm'>
}

/** Photo: id, first slot, count (u32 each), 4 bytes free, time (f64), square (3 x f32), 4 free. */
const photoBytes = 40
/** Place: row, column (u16 each), norm (f32). */
const placeBytes = 8
const headerBytes = 64

export const sampleVectors = (folder: string, key: string, channels: number): VectorFile => ({
  path: join(folder, 'vectors.f16'),
  tag: `activations ${key}`,
  embeddingDim: channels,
})

const photosPath = (folder: string): string => join(folder, 'photos.records')
const placesPath = (folder: string): string => join(folder, 'places.records')

/** Writes samples; the process that runs the network owns one while it samples. */
export class SampleFile {
  private nextPhoto: number
  private nextSlot: number

  private constructor(
    private readonly vectors: RecordFile,
    private readonly places: RecordFile,
    private readonly photos: RecordFile,
    folder: string,
  ) {
    // A record that was cut short is written again.
    const bytes = statSync(photosPath(folder)).size - headerBytes
    this.nextPhoto = Math.floor(bytes / photoBytes)
    const known = parsedPhotos(this.photos.read(0, this.nextPhoto))
    this.nextSlot = known.end
  }

  /**
   * @param key names network, layer, seed and number of positions
   * @throws ForeignFileError when the folder holds other samples
   */
  static open(folder: string, key: string, channels: number): SampleFile {
    mkdirSync(folder, { recursive: true })
    const { path, tag } = sampleVectors(folder, key, channels)
    return new SampleFile(
      RecordFile.open(path, channels * 2, tag),
      RecordFile.open(placesPath(folder), placeBytes, `places ${key}`),
      RecordFile.open(photosPath(folder), photoBytes, `photos ${key}`),
      folder,
    )
  }

  /** What is said of the photos comes last: it is true of what is on disk, or not there. */
  add(photos: readonly SampledPhoto[]): void {
    const records: Buffer[] = []
    for (const { id, modifiedAtMs, square, samples } of photos) {
      const record = Buffer.alloc(photoBytes)
      record.writeUInt32LE(id, 0)
      record.writeUInt32LE(this.nextSlot, 4)
      record.writeUInt32LE(samples.length, 8)
      record.writeDoubleLE(modifiedAtMs, 16)
      record.writeFloatLE(square.leftPx, 24)
      record.writeFloatLE(square.topPx, 28)
      record.writeFloatLE(square.sidePx, 32)
      records.push(record)
      for (const { row, column, norm, unit } of samples) {
        const place = Buffer.alloc(placeBytes)
        place.writeUInt16LE(row, 0)
        place.writeUInt16LE(column, 2)
        place.writeFloatLE(norm, 4)
        this.vectors.write(this.nextSlot, bytesOf(halvesOf(unit)))
        this.places.write(this.nextSlot, place)
        this.nextSlot++
      }
    }
    this.vectors.sync()
    this.places.sync()
    for (const record of records) this.photos.write(this.nextPhoto++, record)
  }

  dispose(): void {
    this.vectors.dispose()
    this.places.dispose()
    this.photos.dispose()
  }
}

/** What a folder holds; nothing when it is not there yet. */
export async function readSamples(folder: string): Promise<KnownSamples> {
  const photos = await recordsOf(photosPath(folder))
  const places = await recordsOf(placesPath(folder))
  return {
    ...parsedPhotos(photos.subarray(0, photos.length - (photos.length % photoBytes))),
    place: (slot) => ({
      row: places.readUInt16LE(slot * placeBytes),
      column: places.readUInt16LE(slot * placeBytes + 2),
      norm: places.readFloatLE(slot * placeBytes + 4),
    }),
  }
}

async function recordsOf(path: string): Promise<Buffer> {
  const file = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return Buffer.alloc(0)
    throw error
  })
  return file.subarray(headerBytes)
}

/** Of a photo that was sampled twice the later samples count. */
function parsedPhotos(bytes: Uint8Array): Pick<KnownSamples, 'photos' | 'end'> {
  const records = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const photos = new Map<number, SampledEntry>()
  let end = 0
  for (let at = 0; at < records.length; at += photoBytes) {
    const [first, count] = [records.readUInt32LE(at + 4), records.readUInt32LE(at + 8)]
    end = Math.max(end, first + count)
    photos.set(records.readUInt32LE(at), {
      first,
      count,
      modifiedAtMs: records.readDoubleLE(at + 16),
      square: {
        leftPx: records.readFloatLE(at + 24),
        topPx: records.readFloatLE(at + 28),
        sidePx: records.readFloatLE(at + 32),
      },
    })
  }
  return { photos, end }
}
