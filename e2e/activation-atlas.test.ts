import { join } from 'node:path'
import { expect } from '@playwright/test'
import { test } from './launch.ts'
import { goodPhotos } from './photos.ts'

const slow = { timeout: 45_000 }

test('the Cloud shows the activation atlas, whose cells open by key', async ({ start, folder }) => {
  const photos = join(folder, 'photos')
  await goodPhotos(photos, 6)
  const { page, errors } = await start(photos)
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
