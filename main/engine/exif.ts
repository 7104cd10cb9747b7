// When and with which camera a photo was taken, from its EXIF block.
import exifReader from 'exif-reader'

export interface ExifFacts {
  /** Wall time where the photo was taken, `YYYY-MM-DDTHH:MM:SS`, without a zone. */
  readonly takenAt: string | null
  readonly camera: string | null
}

const nothing: ExifFacts = { takenAt: null, camera: null }

/** A broken EXIF block is as good as none: it must not cost a photo its labels. */
export function readExif(exif: Uint8Array | undefined): ExifFacts {
  if (exif === undefined) return nothing
  try {
    const { Photo, Image } = exifReader(Buffer.from(exif))
    return {
      takenAt: wallTime(Photo?.DateTimeOriginal ?? Photo?.DateTimeDigitized ?? Image?.DateTime),
      camera: cameraName(Image?.Make, Image?.Model),
    }
  } catch {
    return nothing
  }
}

/** exif-reader gives the wall time as if it were UTC. */
function wallTime(value: unknown): string | null {
  if (!(value instanceof Date) || Number.isNaN(value.getTime())) return null
  return value.toISOString().slice(0, 19)
}

/** "Canon EOS 6D" rather than "Canon Canon EOS 6D". */
function cameraName(make: unknown, model: unknown): string | null {
  const clean = (value: unknown): string =>
    typeof value === 'string' ? value.replaceAll('\0', '').trim() : ''
  const [maker, body] = [clean(make), clean(model)]
  if (body === '') return maker === '' ? null : maker
  const firstWord = maker.split(' ')[0] ?? ''
  return body.toLowerCase().startsWith(firstWord.toLowerCase()) ? body : `${maker} ${body}`
}
