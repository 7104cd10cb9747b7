import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join, sep } from 'node:path'
import { expect } from '@playwright/test'
import { photoStatus } from '../preload/contract/domain.ts'
import { test } from './launch.ts'
import { runLatent } from './run-latent.ts'

const shared = join(import.meta.dirname, '..', '..', 'shared')
const present = existsSync(join(shared, 'bad-images'))

/** Path to SHA-256 of every file below a folder, without the large set of ordinary photos. */
async function hashes(folder: string): Promise<ReadonlyMap<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !path.includes(`${sep}photos${sep}imagenet${sep}`))
  const pairs = await Promise.all(
    paths.map(async (path) => {
      const digest = createHash('sha256').update(await readFile(path))
      return [path, digest.digest('hex')] as const
    }),
  )
  return new Map(pairs)
}

test('broken and hostile images all get a status, and stay as they were', async ({ folder }) => {
  test.setTimeout(600_000)
  if (!present)
    process.stderr.write('Skipped: the shared broken images are not beside the project.\n')
  test.skip(!present, 'the shared broken images are not beside the project')
  const odd = (await readdir(join(shared, 'photos'))).filter((name) => name !== 'imagenet')
  const folders = [join(shared, 'bad-images'), ...odd.map((name) => join(shared, 'photos', name))]
  const before = await hashes(shared)
  const { code, lines } = await runLatent(folder, 'classify', ...folders)
  expect(code).toBe(0)
  const files = lines.slice(0, -1)
  const seen = new Set(files.map(({ path }) => String(path)))
  const imageNames = /\.(jpe?g|png|webp|gif|tiff?|avif|heic|hif|bmp|jxl|dng|nef|cr2|cr3|raf)$/i
  const unseen = [...before.keys()].filter(
    (path) =>
      imageNames.test(path) && folders.some((f) => path.startsWith(f + sep)) && !seen.has(path),
  )
  expect(unseen).toEqual([])
  for (const line of files) {
    expect(photoStatus.options).toContain(line.status)
    if (line.status !== 'ok') expect(line.reason, String(line.path)).toBeTruthy()
    expect(Number(line.ms), String(line.path)).toBeLessThan(30_000)
  }
  expect(await hashes(shared)).toEqual(before)
})
