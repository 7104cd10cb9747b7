import { copyFile, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import { drawnPhotos } from './drawn-photos.ts'
import { test } from './launch.ts'
import { goodPhotos } from './photos.ts'

const slow = { timeout: 45_000 }

test('the Cloud shows the activation atlas, whose cells open by key', async ({ start, folder }) => {
  test.setTimeout(180_000)
  const photos = join(folder, 'photos')
  await goodPhotos(photos, 6)
  const { page, errors } = await start(photos)
  await expect(page.getByTestId('library-counts')).toHaveText('6 photos', { timeout: 90_000 })
  await page.getByRole('tab', { name: 'Cloud' }).click()
  await page.getByText('Activation atlas', { exact: true }).first().click(slow)
  await page.getByRole('button', { name: 'Make the atlas' }).click(slow)
  const map = page.getByRole('application', { name: 'Activation atlas' })
  await expect(map).toBeVisible(slow)
  await map.focus()
  await page.keyboard.press('ArrowRight')
  await expect(page.locator('#atlas-says')).toContainText('activations of')
  await page.keyboard.press('Enter')
  const panel = page.getByRole('complementary', { name: 'Cell' })
  await expect(panel.getByRole('button', { name: /^dog \d.jpg, similarity/ }).first()).toBeVisible()
  const labels = panel.getByRole('region', { name: 'Labels' })
  await expect(labels.getByRole('listitem').first()).toBeVisible()
  await map.focus()
  await page.keyboard.press('Escape')
  await expect(panel).toBeHidden()
  expect(errors).toEqual([])
})

test('the making of an atlas is stopped, gone on with, and offered anew when a photo changed', async ({
  start,
  folder,
}) => {
  test.setTimeout(240_000)
  const photos = join(folder, 'photos')
  await goodPhotos(photos, 2)
  await drawnPhotos(photos, 'stripes', 22)
  const { page, errors } = await start(photos)
  await expect(page.getByTestId('library-counts')).toHaveText('24 photos', { timeout: 90_000 })
  await page.getByRole('tab', { name: 'Cloud' }).click()
  await page.getByText('Activation atlas', { exact: true }).first().click(slow)
  const make = page.getByRole('button', { name: 'Make the atlas' })
  await make.click(slow)
  await page.getByRole('button', { name: 'Stop', exact: true }).click(slow)
  await expect(page.getByText('Stopped: what was sampled is gone on from')).toBeVisible(slow)
  await make.click()
  await expect(page.getByRole('application', { name: 'Activation atlas' })).toBeVisible({
    timeout: 90_000,
  })
  const anew = page.getByRole('button', { name: 'Make it anew' })
  await expect(anew).toBeHidden()

  // As many photos as before, but one shows something else.
  const changed = join(photos, 'dog 1.jpg')
  await copyFile(join(photos, 'stripes 1.png'), changed)
  await utimes(changed, new Date(), new Date(Date.now() + 5_000))
  await page.keyboard.press('Control+k')
  await page.keyboard.type('Look for changes')
  await page.keyboard.press('Enter')
  const state = page.getByTestId('atlas-state')
  await expect(state).toContainText('photos changed since', slow)
  await anew.click()
  await expect(state).not.toContainText('photos changed since', { timeout: 90_000 })
  await expect(anew).toBeHidden()
  expect(errors).toEqual([])
})
