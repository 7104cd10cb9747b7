// Photos for tests: the example that comes with the default model, whole and broken.
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** 1387 x 1387, a Labrador retriever. */
export const examplePhoto = join(
  import.meta.dirname,
  '..',
  'models',
  'installed',
  'inception-v3',
  'example.jpg',
)

export async function goodPhotos(folder: string, count: number): Promise<void> {
  await mkdir(folder, { recursive: true })
  for (let i = 1; i <= count; i++) await copyFile(examplePhoto, join(folder, `dog ${i}.jpg`))
}

/** One file of each kind of trouble that needs no special tools to make. */
export async function brokenPhotos(folder: string): Promise<readonly string[]> {
  await mkdir(folder, { recursive: true })
  const whole = await readFile(examplePhoto)
  const files: Record<string, Uint8Array> = {
    'cut short.jpg': whole.subarray(0, Math.floor(whole.byteLength / 2)),
    'empty.jpg': new Uint8Array(),
    'letter.jpg': Buffer.from('Dear diary, this is not a photo.'),
    'phone.heic': Buffer.from('\0\0\0\x18ftypheic\0\0\0\0heicmif1', 'latin1'),
  }
  for (const [name, bytes] of Object.entries(files)) await writeFile(join(folder, name), bytes)
  return Object.keys(files)
}
