import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from '@photostructure/sqlite'
import { expect } from '@playwright/test'
import { dropFiles } from './drop-files.ts'
import { test } from './launch.ts'
import { goodPhotos } from './photos.ts'

test('a library stays open when another one cannot be opened', async ({ start, folder, data }) => {
  const other = join(folder, 'Other')
  const own = join(folder, 'Own')
  await goodPhotos(other, 1)
  await goodPhotos(own, 2)
  const { page } = await start(other)
  const cells = page.getByRole('grid', { name: 'Photos' }).getByRole('gridcell')
  await expect(cells.getByText('Labrador retriever')).toHaveCount(1, { timeout: 60_000 })
  const [otherLibrary = ''] = await readdir(join(data, 'libraries'))
  await dropFiles(page, [own])
  await expect(cells.getByText('Labrador retriever')).toHaveCount(2, { timeout: 60_000 })

  // Another program has it open.
  const holder = new DatabaseSync(join(data, 'libraries', otherLibrary, 'library.sqlite'))
  holder.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE')
  await dropFiles(page, [other])
  await expect(page.getByText('This library is open in another Latent.')).toBeVisible()
  await expect(page.getByText('“Own” stays open.')).toBeVisible()
  await expect(cells.getByText('Labrador retriever')).toHaveCount(2)

  holder.close()
  await dropFiles(page, [other])
  await expect(cells.getByText('Labrador retriever')).toHaveCount(1, { timeout: 60_000 })
})
