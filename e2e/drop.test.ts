import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import { dropFiles } from './drop-files.ts'
import { test } from './launch.ts'
import { examplePhoto, goodPhotos } from './photos.ts'

test('a dropped photo is read and shown, and added nowhere', async ({ start, folder }) => {
  const { page, errors } = await start()
  await dropFiles(page, [examplePhoto])
  const card = page.getByRole('region', { name: 'Inspection' })
  await expect(card.getByText('Labrador retriever')).toBeVisible({ timeout: 60_000 })
  await expect(card.getByText(/Inception V3/).first()).toBeVisible()
  await expect(readdir(join(folder, 'data', 'libraries'))).rejects.toThrow()
  expect(errors).toEqual([])
})

test('a dropped file that is no image says so', async ({ start, folder }) => {
  const { page } = await start()
  await mkdir(folder, { recursive: true })
  const path = join(folder, 'letter.jpg')
  await writeFile(path, 'not a photo')
  await dropFiles(page, [path])
  const card = page.getByRole('region', { name: 'Inspection' })
  await expect(card.getByText('The content is not an image.')).toBeVisible({ timeout: 60_000 })
})

test('a pasted picture is read like a dropped one', async ({ start }) => {
  const { page } = await start()
  const base64 = (await readFile(examplePhoto)).toString('base64')
  await page.evaluate(async (content) => {
    const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0))
    const clipboardData = new DataTransfer()
    clipboardData.items.add(new File([bytes], 'image.jpg', { type: 'image/jpeg' }))
    document.dispatchEvent(
      new ClipboardEvent('paste', { bubbles: true, cancelable: true, clipboardData }),
    )
  }, base64)
  const card = page.getByRole('region', { name: 'Inspection' })
  await expect(card.getByText('Labrador retriever')).toBeVisible({ timeout: 60_000 })
  // It has no file that could be added.
  await expect(card.getByRole('button', { name: 'Add to library' })).toHaveCount(0)
})

test('a dropped photo joins the open library when asked', async ({ start, folder }) => {
  const photos = join(folder, 'Empty')
  await mkdir(photos)
  const { page } = await start(photos)
  await dropFiles(page, [examplePhoto])
  await page.getByRole('button', { name: 'Add to library' }).click({ timeout: 60_000 })
  const grid = page.getByRole('grid', { name: 'Photos' })
  await expect(grid.getByText('Labrador retriever')).toBeVisible({ timeout: 60_000 })
})

test('a dropped folder opens', async ({ start, folder }) => {
  const photos = join(folder, 'Dropped folder')
  await goodPhotos(photos, 2)
  const { page } = await start()
  await expect(page.getByRole('button', { name: 'Open folder' }).first()).toBeVisible()
  await dropFiles(page, [photos])
  const grid = page.getByRole('grid', { name: 'Photos' })
  await expect(grid.getByText('Labrador retriever')).toHaveCount(2, { timeout: 60_000 })
  await expect(page.getByText('Dropped folder').first()).toBeVisible()
})
