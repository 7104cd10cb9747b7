import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import { test } from './launch.ts'
import { brokenPhotos, goodPhotos } from './photos.ts'

test('a first start invites to open a folder', async ({ start }) => {
  const { page, errors } = await start()
  await expect(page.getByRole('button', { name: 'Open folder' }).first()).toBeVisible()
  expect(errors).toEqual([])
})

test('a folder opens and every photo gets its labels', async ({ start, folder }) => {
  const photos = join(folder, 'Holiday')
  await goodPhotos(photos, 6)
  const { page, errors } = await start(photos)
  const grid = page
    .getByRole('grid', { name: 'Photos' })
    .or(page.getByRole('listbox', { name: 'Photos' }))
  await expect(grid).toBeVisible()
  await expect(grid.getByText('Labrador retriever').first()).toBeVisible({ timeout: 60_000 })
  await expect(grid.getByText('Labrador retriever')).toHaveCount(6)
  const search = page.getByRole('searchbox', { name: 'Search photos' })
  await search.fill('tench')
  await expect(grid.getByText('Labrador retriever')).toHaveCount(0)
  await search.fill('labrador')
  await expect(grid.getByText('Labrador retriever')).toHaveCount(6)
  expect(errors).toEqual([])
})

test('labels and probability narrow the grid, and the keyboard opens a photo', async ({
  start,
  folder,
}) => {
  const photos = join(folder, 'Narrow')
  await goodPhotos(photos, 3)
  const { page } = await start(photos)
  const cells = page.getByRole('grid', { name: 'Photos' }).getByRole('gridcell')
  await expect(cells.getByText('Labrador retriever')).toHaveCount(3, { timeout: 60_000 })
  await page
    .getByRole('list', { name: 'Labels' })
    .getByRole('button', { name: /Labrador retriever/ })
    .click()
  await expect(cells).toHaveCount(3)
  // The example is a Labrador at 0.82.
  const probability = page.getByRole('slider', { name: 'Minimum probability' })
  await probability.focus()
  await probability.press('End')
  await expect(cells).toHaveCount(0)
  await probability.press('Home')
  await expect(cells).toHaveCount(3)
  await page.getByRole('grid', { name: 'Photos' }).focus()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toBeHidden()
})

test('broken files are listed with reasons', async ({ start, folder }) => {
  const photos = join(folder, 'Mixed')
  await goodPhotos(photos, 1)
  const broken = await brokenPhotos(photos)
  const { page } = await start(photos)
  await page.getByRole('tab', { name: /Activity/ }).click()
  const list = page.getByRole('list', { name: 'Problems' })
  for (const name of broken) await expect(list.getByText(name)).toBeVisible({ timeout: 60_000 })
  await expect(list.getByText('The file is empty.')).toBeVisible()
  await expect(list.getByText(/HEIC/).first()).toBeVisible()
})

test('a job is cancelled, and opening the folder again finishes the rest', async ({
  start,
  folder,
}) => {
  const photos = join(folder, 'Many')
  await goodPhotos(photos, 150)
  const { page } = await start(photos)
  await page.getByRole('button', { name: 'Pause' }).first().click({ timeout: 60_000 })
  await page.getByRole('button', { name: 'Resume' }).first().click()
  await page.getByRole('button', { name: 'Cancel' }).first().click()
  const done = () =>
    page.evaluate(async () => {
      const result = await window.api.invoke('library:current')
      return result.ok ? result.value?.doneCount : undefined
    })
  const atCancel = await done()
  expect(atCancel).toBeLessThan(150)
  await page.evaluate(() => window.api.invoke('library:rescan'))
  await expect.poll(done, { timeout: 60_000 }).toBe(150)
})

test('a second start hands its folder to the first and ends', async ({ start, folder }) => {
  const photos = join(folder, 'Second')
  await goodPhotos(photos, 2)
  const { page, electron } = await start()
  const { argv0, argv } = await electron.evaluate(() => ({
    argv0: process.execPath,
    argv: process.argv.slice(1),
  }))
  const own = argv.filter((argument) => argument === '--no-sandbox')
  const repository = join(import.meta.dirname, '..')
  const second = spawn(argv0, [...own, repository, photos], {
    env: { ...process.env, LATENT_DATA_DIR: join(folder, 'data') },
    stdio: 'ignore',
  })
  const [code] = await once(second, 'exit')
  expect(code).toBe(0)
  await expect(page.getByText('Labrador retriever').first()).toBeVisible({ timeout: 60_000 })
})
