// Photos as a 24-megapixel camera writes them: 6000 x 4000, 8 to 12 MB.
import { mkdir } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type SharpModule from 'sharp'
import { inProject } from '../measure/installed.ts'

const widthPx = 6000
const heightPx = 4000
/** Grain of a real sensor: without it a smooth picture would make a file of 2 MB. */
const grain = 22
/** One piece of it, repeated over the picture. */
const grainSidePx = 1000
const quality = 94

/**
 * Enlarges the example photo and lays grain over it, so that it stays what it shows, a dog, and no
 * two files are alike.
 */
export async function makeLargePhotos(folder: string, count: number): Promise<readonly string[]> {
  // Plain Node is safe from what Electron does to the native build, see main/engine/decode.ts.
  const sharp = createRequire(import.meta.url)('sharp') as typeof SharpModule
  await mkdir(folder, { recursive: true })
  const picture = await sharp(inProject('models/installed/inception-v3/example.jpg'))
    .resize(widthPx, heightPx, { fit: 'cover' })
    .raw()
    .toBuffer()
  const raw = { width: widthPx, height: heightPx, channels: 3 } as const
  const paths: string[] = []
  for (let i = 1; i <= count; i++) {
    const noise = { type: 'gaussian', mean: 128, sigma: grain } as const
    const background = { r: 128, g: 128, b: 128 }
    const side = { width: grainSidePx, height: grainSidePx }
    const grey = await sharp({ create: { ...side, channels: 3, background, noise } })
      .png({ compressionLevel: 0 })
      .toBuffer()
    const path = join(folder, `large ${i}.jpg`)
    await sharp(picture, { raw })
      .composite([{ input: grey, blend: 'overlay', tile: true }])
      .jpeg({ quality })
      .toFile(path)
    paths.push(path)
  }
  return paths
}
