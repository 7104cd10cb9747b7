import { beforeAll, describe, expect, it } from 'vitest'
import { loadSharp } from './decode.ts'
import { readExif } from './exif.ts'

let sharp: ReturnType<typeof loadSharp>
beforeAll(() => {
  sharp = loadSharp()
})

/** The EXIF block of a JPEG that was written with these tags. */
async function exifOf(tags: {
  readonly IFD0?: Record<string, string>
  readonly IFD2?: Record<string, string>
}): Promise<Buffer | undefined> {
  const jpeg = await sharp({
    create: { width: 8, height: 8, channels: 3, background: '#808080' },
  })
    .withExif(tags)
    .jpeg()
    .toBuffer()
  return (await sharp(jpeg).metadata()).exif
}

describe('readExif', () => {
  it('gives the wall time of the exposure and the camera', async () => {
    const exif = await exifOf({
      IFD0: { Make: 'Canon', Model: 'Canon EOS 6D', DateTime: '2020:01:01 00:00:00' },
      IFD2: { DateTimeOriginal: '2019:07:14 23:59:58' },
    })
    expect(readExif(exif)).toEqual({ takenAt: '2019-07-14T23:59:58', camera: 'Canon EOS 6D' })
  })

  it('falls back on the file time inside the block', async () => {
    const exif = await exifOf({ IFD0: { DateTime: '2020:02:29 12:30:00' } })
    expect(readExif(exif).takenAt).toBe('2020-02-29T12:30:00')
  })

  it('names the maker once, with or without its company form', async () => {
    const camera = async (make: string, model: string): Promise<string | null> =>
      readExif(await exifOf({ IFD0: { Make: make, Model: model } })).camera
    expect(await camera('NIKON CORPORATION', 'NIKON D750')).toBe('NIKON D750')
    expect(await camera('Apple', 'iPhone 15 Pro')).toBe('Apple iPhone 15 Pro')
    expect(await camera('SONY ', ' ILCE-7M3')).toBe('SONY ILCE-7M3')
  })

  it('gives the maker alone where the model is missing', async () => {
    expect(readExif(await exifOf({ IFD0: { Make: 'Leica' } })).camera).toBe('Leica')
  })

  it('gives nothing for a date that is none', async () => {
    const exif = await exifOf({ IFD2: { DateTimeOriginal: '    :  :     :  :  ' } })
    expect(readExif(exif).takenAt).toBeNull()
  })

  it('takes no block and a broken block for nothing', async () => {
    const nothing = { takenAt: null, camera: null }
    expect(readExif(undefined)).toEqual(nothing)
    expect(readExif(new Uint8Array())).toEqual(nothing)
    expect(readExif(Buffer.from('Exif\0\0II*\0\xff\xff\xff\xff', 'latin1'))).toEqual(nothing)
    const exif = (await exifOf({ IFD0: { Make: 'Canon' } })) ?? Buffer.alloc(0)
    for (let length = 0; length < exif.byteLength; length++) {
      expect(() => readExif(exif.subarray(0, length))).not.toThrow()
    }
  })
})
