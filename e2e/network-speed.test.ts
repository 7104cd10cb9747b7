import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import { smallNetwork } from '../main/models/testing/small-networks.ts'
import { encodeModel } from '../main/onnx/codec.ts'
import { type Start, test } from './launch.ts'
import { goodPhotos } from './photos.ts'
import { runLatent as latent } from './run-latent.ts'

const slow = { timeout: 120_000 }

/** A float network, and the window with its card in sight. */
async function startWithFloats(start: Start, folder: string, ...args: string[]) {
  const file = join(folder, 'small.onnx')
  await writeFile(file, encodeModel(smallNetwork()))
  await latent(folder, 'models', 'import', file, '--yes')
  const app = await start(...args)
  await expect(app.page.getByTestId('engine-status')).toHaveAttribute('data-state', 'ready', slow)
  await app.page.getByRole('tab', { name: 'Models' }).click()
  const card = app.page
    .getByRole('list', { name: 'Installed models' })
    .getByRole('listitem', { name: 'small' })
  await card.getByRole('button', { name: 'Make an integer build…' }).click()
  return { ...app, card, outcome: card.getByRole('region', { name: 'The integer build' }) }
}

test('an integer build is made on photos of the library, compared, and thrown away', async ({
  start,
  folder,
}) => {
  test.setTimeout(240_000)
  const photos = join(folder, 'photos')
  await goodPhotos(photos, 4)
  const { errors, card, outcome } = await startWithFloats(start, folder, photos)
  await card.getByRole('button', { name: /photos of this library/ }).click()
  await expect(outcome).toBeVisible(slow)
  // Faster or not, it says by how much, and only a faster one can be kept.
  await expect(outcome.getByRole('status')).toContainText('times as fast')
  await expect(outcome).toContainText(/Made on \d+ photos?, compared on \d+ other/)
  const isFaster = await outcome.getByText(/Keep it as a model of its own/).count()
  await expect(outcome.getByRole('button', { name: 'Keep it' })).toHaveCount(isFaster)
  await outcome.getByRole('button', { name: 'Discard it' }).click()
  await expect(card.getByRole('button', { name: 'Make an integer build…' })).toBeVisible()
  expect(errors).toEqual([])
})

test('without a library an integer build is made on photos of a folder, if it has any', async ({
  start,
  folder,
}) => {
  test.setTimeout(240_000)
  const { page, electron, errors, card, outcome } = await startWithFloats(start, folder)
  await expect(card.getByRole('button', { name: /photos of this library/ })).toHaveCount(0)
  const [empty, full] = [join(folder, 'empty'), join(folder, 'full')]
  await mkdir(empty)
  await goodPhotos(full, 4)
  const choose = async (chosen: string): Promise<void> => {
    await electron.evaluate(({ dialog }, path) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [path] })
    }, chosen)
    await card.getByRole('button', { name: 'Choose a folder…' }).click()
  }
  await choose(empty)
  await expect(page.getByText(/needs \d photos or more, and here are 0/)).toBeVisible()
  await choose(full)
  await expect(outcome.getByRole('status')).toContainText('times as fast', slow)
  expect(errors).toEqual([])
})

test('the time of every layer is told, in both forms of the network', async ({ start, folder }) => {
  test.setTimeout(240_000)
  const photos = join(folder, 'photos')
  await goodPhotos(photos, 1)
  const { page, errors } = await start(photos)
  await expect(page.getByTestId('engine-status')).toHaveAttribute('data-state', 'ready', slow)
  // With nothing in the library yet there would be nothing to look at.
  await expect(page.getByText(/^1 photo$/)).toBeVisible(slow)
  await page.getByRole('tab', { name: 'Models' }).click()
  const card = page.getByRole('listitem', { name: 'Inception V3' })
  await card.getByRole('button', { name: 'Look inside' }).click()
  await page.getByRole('tab', { name: 'Time' }).click(slow)
  const panel = page.getByRole('tabpanel', { name: 'Time' })
  await expect(panel.getByText(/for one photo on/)).toBeVisible(slow)
  const rows = panel.getByRole('row')
  await expect(rows.filter({ hasText: 'QLinearConv' }).first()).toBeVisible()
  expect(await rows.count()).toBeGreaterThan(15)
  await panel.getByText('As it is looked into').click()
  await expect(rows.filter({ hasText: /^Mixed_7c.*\d Conv/ })).toBeVisible(slow)
  await expect(rows.filter({ hasText: 'QLinearConv' })).toHaveCount(0)
  await panel.getByRole('button', { name: 'Mixed_7c' }).click()
  await expect(page.getByRole('tab', { name: 'Activations' })).toHaveAttribute(
    'aria-selected',
    'true',
  )
  expect(errors).toEqual([])
})
