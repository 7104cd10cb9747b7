import { join } from 'node:path'
import { expect } from '@playwright/test'
import { test } from './launch.ts'
import { goodPhotos } from './photos.ts'
import { runLatent } from './run-latent.ts'

const slow = { timeout: 60_000 }

test('a person says what photos show, takes it back, and the model is judged by it', async ({
  start,
  folder,
}) => {
  const photos = join(folder, 'photos')
  await goodPhotos(join(photos, 'Labrador_retriever'), 2)
  await goodPhotos(join(photos, 'crane'), 1)
  await goodPhotos(join(photos, 'Summer'), 3)
  const { page, errors } = await start(photos)
  const grid = page.getByRole('grid', { name: 'Photos' })
  const cells = grid.getByRole('gridcell')
  const corrected = cells.getByText('kuvasz', { exact: true })
  await expect(cells.getByText('Labrador retriever')).toHaveCount(6, slow)

  await page.getByRole('searchbox', { name: 'Search photos' }).fill('Summer')
  await expect(cells).toHaveCount(3)
  await grid.focus()
  await page.keyboard.press('Control+a')
  await page.keyboard.press('Control+t')
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('What do these 3 photos really show?')
  await expect(dialog.getByRole('option').first()).toContainText('Labrador retriever')
  await page.keyboard.type('kuv')
  // A list: until the answer to the last key is in, there are others.
  await expect(dialog.getByRole('option')).toHaveText([/^kuvasz/])
  await page.keyboard.press('Enter')
  await expect(dialog).toBeHidden()
  await expect(corrected).toHaveCount(3)

  await page.keyboard.press('Control+z')
  await expect(corrected).toHaveCount(0)
  await grid.focus()
  await page.keyboard.press('Home')
  await page.keyboard.press('Control+t')
  await page.keyboard.type('kuvasz')
  // Before the answer is there: Enter waits for it.
  await page.keyboard.press('Enter')
  await expect(page.getByText('1 photo said to show “kuvasz”.')).toBeVisible()
  await expect(corrected).toHaveCount(1)

  await page.getByRole('button', { name: 'Clear all' }).click()
  const choice = page.getByRole('combobox', { name: 'By what photos really show' })
  await choice.selectOption('Corrected')
  await expect(cells).toHaveCount(1)
  await choice.selectOption('Labelled wrong')
  await expect(cells).toHaveCount(1)
  await choice.selectOption('Right or wrong')
  await expect(cells).toHaveCount(6)

  await page.getByRole('tab', { name: 'Models', exact: true }).click()
  await page.getByRole('button', { name: 'How often right' }).click()
  const section = page.getByRole('region', { name: 'How often right' })
  await expect(section).toContainText('Only 3 photos with a known truth: too few to judge by.')
  await expect(section).toContainText('66.7%')
  await expect(section).toContainText('1 photo that you spoke of, 2 photos in 1 folder')
  await expect(section).toContainText('1 folder left out: the name stands for several classes')
  await expect(section.getByRole('row', { name: 'kuvasz Labrador retriever 1' })).toBeVisible()

  await page.getByRole('list', { name: 'Wrong' }).getByRole('button').click()
  const preview = page.getByRole('dialog')
  await expect(preview).toContainText('What it really shows')
  await preview.getByRole('button', { name: 'Take back' }).click()
  await expect(preview.getByRole('button', { name: 'Say what it is' })).toBeVisible()
  expect(errors).toEqual([])
})

test('the command line tells the truth of photos and judges a model by it', async ({ folder }) => {
  const photos = join(folder, 'photos')
  await goodPhotos(join(photos, 'kuvasz'), 1)
  await goodPhotos(join(photos, 'labrador retriever'), 2)
  const library = join(folder, 'library')
  const indexed = await runLatent(folder, 'index', photos, '--library', library, '--lines')
  expect(indexed.code).toBe(0)
  const truths = indexed.lines.flatMap((line) => (line as { truth?: { name: string } }).truth ?? [])
  expect(truths.map(({ name }) => name).sort()).toEqual([
    'Labrador retriever',
    'Labrador retriever',
    'kuvasz',
  ])
  const judged = await runLatent(folder, 'accuracy', '--library', library)
  expect(judged.code).toBe(0)
  expect(judged.lines).toMatchObject([
    {
      photos: 3,
      enough: false,
      models: [{ model: 'inception-v3', top1: { right: 2, of: 3, share: 0.6667 } }],
    },
  ])
})
