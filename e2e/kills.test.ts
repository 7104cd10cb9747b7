import { appendFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import { killWhileIndexing } from './kill-while-indexing.ts'
import { appFolder, test } from './launch.ts'
import { goodPhotos } from './photos.ts'
import { runLatent } from './run-latent.ts'

const kills = 5
/** What a fast machine might do until then has to be less than the photos there are. */
const latestMs = 4_000
const photosPerKill = 80

test('a library outlives kills at any moment', async ({ folder, data }) => {
  test.setTimeout(300_000)
  const photos = join(folder, 'photos')
  const count = kills * photosPerKill
  await goodPhotos(photos, count)
  // Each a file of its own, or they would be taken for one that moved.
  for (let i = 1; i <= count; i++) await appendFile(join(photos, `dog ${i}.jpg`), `copy ${i}`)
  // So that no kill falls into the measuring of this machine, where there is nothing to lose.
  expect((await runLatent(folder, 'doctor')).code).toBe(0)
  const report = await killWhileIndexing({
    appFolder,
    dataFolder: data,
    photos,
    library: join(folder, 'library'),
    kills,
    latestMs,
    onKilled: () => {},
  })
  for (const kill of report.kills) expect(kill.faults).toEqual([])
  expect(report.end.faults).toEqual([])
  expect(report.summary).toMatchObject({ state: 'done', photos: count, problems: 0 })
  expect(report.end.photos.size).toBe(count)
  expect(report.end.vectors.size).toBe(count)
})
