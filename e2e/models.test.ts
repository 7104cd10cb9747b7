import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, type Locator, type Page } from '@playwright/test'
import { smallEncoder, smallNetwork } from '../main/models/testing/small-networks.ts'
import { smallTflite } from '../main/models/testing/small-tflite.ts'
import { encodeModel } from '../main/onnx/codec.ts'
import type { Model } from '../main/onnx/model.ts'
import { drawnPhotos } from './drawn-photos.ts'
import { dropFiles } from './drop-files.ts'
import { test } from './launch.ts'
import { goodPhotos } from './photos.ts'

const slow = { timeout: 60_000 }

async function fileOf(folder: string, name: string, model: Model): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, encodeModel(model))
  return path
}

const show = (page: Page, workspace: string): Promise<void> =>
  page.getByRole('tab', { name: workspace, exact: true }).click()

const cardOf = (page: Page, name: string): Locator =>
  page.getByRole('list', { name: 'Installed models' }).getByRole('listitem', { name, exact: true })

/** Drops a file, calls it something and installs it. */
async function bring(page: Page, path: string, name: string): Promise<void> {
  await dropFiles(page, [path])
  const install = page.getByRole('button', { name: 'Install', exact: true })
  await expect(install).toBeEnabled(slow)
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill(name)
  await install.click()
  await expect(cardOf(page, name)).toBeVisible()
}

async function use(page: Page, name: string): Promise<void> {
  await show(page, 'Models')
  await cardOf(page, name).getByRole('button', { name: 'Use' }).click()
  await expect(cardOf(page, name).getByText('In use')).toBeVisible(slow)
}

test('a model is brought, used for a library, gone back from and removed', async ({
  start,
  folder,
  data,
}) => {
  const photos = join(folder, 'photos')
  await goodPhotos(photos, 3)
  const path = await fileOf(folder, 'small.onnx', smallNetwork())
  const { page, errors } = await start(photos)
  const cells = page.getByRole('grid', { name: 'Photos' }).getByRole('gridcell')
  await expect(cells.getByText('Labrador retriever')).toHaveCount(3, slow)

  await bring(page, path, 'Small things')
  expect(await readdir(join(data, 'models'))).toEqual(['small'])
  await use(page, 'Small things')
  await expect(page.getByTestId('engine-status')).toContainText('Small things')
  await show(page, 'Library')
  await expect(page.getByRole('button', { name: /^Class \d/ }).first()).toBeVisible(slow)
  await expect(cells.getByText('Labrador retriever')).toHaveCount(0)
  await expect(page.getByTestId('library-counts')).toHaveText('3 photos', slow)

  // The results of before were kept: going back costs no work.
  await use(page, 'Inception V3')
  await show(page, 'Library')
  await expect(cells.getByText('Labrador retriever')).toHaveCount(3)
  await show(page, 'Models')
  const small = cardOf(page, 'Small things')
  await expect(small.getByText(/3 photos of “photos”/)).toBeVisible()
  await small.getByRole('button', { name: 'Compare' }).click()
  await expect(page.getByText(/^Both have labelled 3 photos of this library/)).toBeVisible()
  const differences = page.getByRole('list', { name: 'Where they differ' })
  await expect(differences.getByRole('listitem').first()).toContainText('Labrador retriever')
  await page.getByRole('button', { name: 'All models' }).click()
  await small.getByRole('button', { name: 'Remove results' }).click()
  await small.getByRole('button', { name: 'Remove its results here?' }).click()
  await expect(small.getByText(/photos of/)).toHaveCount(0)
  await small.getByRole('button', { name: 'Verify' }).click()
  await expect(small.getByText(/^Its files are the ones/)).toBeVisible(slow)
  await small.getByRole('button', { name: 'Remove' }).click()
  await small.getByRole('button', { name: 'Remove the model?' }).click()
  await expect(small).toHaveCount(0)
  expect(await readdir(join(data, 'models'))).toEqual([])
  expect(errors).toEqual([])
})

test('the chosen model is used at the next start, or the one before when it is gone', async ({
  start,
  folder,
  data,
}) => {
  const path = await fileOf(folder, 'small.onnx', smallNetwork())
  const first = await start()
  await bring(first.page, path, 'Small things')
  await use(first.page, 'Small things')
  await first.electron.close()

  const second = await start()
  await expect(second.page.getByTestId('engine-status')).toContainText('Small things', slow)
  await second.electron.close()

  // What the engine cannot load is given up for the model before, and that is said.
  await writeFile(join(data, 'models', 'small', 'network.onnx'), 'no network')
  const third = await start()
  await expect(third.page.getByText('Small things cannot be used')).toBeVisible(slow)
  await expect(third.page.getByText('Inception V3 is used instead.')).toBeVisible()
  await expect(third.page.getByTestId('engine-status')).toContainText('Inception V3', slow)
})

test('a file that is no model is refused, and the model in use goes on', async ({
  start,
  folder,
}) => {
  const photos = join(folder, 'photos')
  await goodPhotos(photos, 1)
  const letter = join(folder, 'letter.onnx')
  await writeFile(letter, 'Dear network')
  const { page, errors } = await start(photos)
  const cells = page.getByRole('grid', { name: 'Photos' }).getByRole('gridcell')
  await expect(cells.getByText('Labrador retriever')).toHaveCount(1, slow)
  await dropFiles(page, [letter])
  const alert = page.getByRole('alert').filter({ hasText: 'letter.onnx cannot be used' })
  await expect(alert).toContainText('The model in use is not affected.', slow)
  await expect(page.getByRole('button', { name: 'Install', exact: true })).toHaveCount(0)
  await page.getByRole('button', { name: 'Close', exact: true }).click()
  await expect(cardOf(page, 'Inception V3').getByText('In use')).toBeVisible()
  await show(page, 'Library')
  await expect(cells.getByText('Labrador retriever')).toHaveCount(1)
  expect(errors).toEqual([])
})

test('a wrong guess is corrected on the card, and tried again on a photo', async ({
  start,
  folder,
}) => {
  const photos = join(folder, 'photos')
  await goodPhotos(photos, 1)
  const path = await fileOf(folder, 'small.onnx', smallNetwork())
  const { page, errors } = await start(photos)
  const cells = page.getByRole('grid', { name: 'Photos' }).getByRole('gridcell')
  await expect(cells).toHaveCount(1, slow)
  await cells.first().click()
  await dropFiles(page, [path])
  const install = page.getByRole('button', { name: 'Install', exact: true })
  await expect(install).toBeEnabled(slow)
  const labels = page.getByRole('list', { name: 'Labels with probabilities' })
  await expect(labels.getByRole('listitem')).toHaveCount(5)

  const order = page.getByRole('combobox', { name: 'Order' })
  await expect(order).toHaveValue('rgb')
  await order.selectOption('bgr')
  await expect(install).toBeDisabled()
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect(install).toBeEnabled(slow)
  await expect(order).toHaveValue('bgr')

  await page.getByText('Selected photo', { exact: true }).click()
  await expect(page.getByText('dog 1.jpg Classified in')).toBeVisible(slow)
  await page.getByRole('textbox', { name: 'Id, for commands' }).fill('inception-v3')
  await expect(page.getByText('A model called inception-v3 is installed already')).toBeVisible()
  await page.getByRole('button', { name: 'Discard' }).click()
  await expect(cardOf(page, 'Inception V3')).toBeVisible()
  expect(errors).toEqual([])
})

test('a TensorFlow Lite network of floats leaves its colours open', async ({ start, folder }) => {
  const path = join(folder, 'floats.tflite')
  await writeFile(path, smallTflite())
  const { page, errors } = await start()
  await dropFiles(page, [path])
  const install = page.getByRole('button', { name: 'Install', exact: true })
  await expect(install).toBeEnabled(slow)
  const colours = page.getByRole('combobox', { name: 'Usual ways' })
  await expect(colours).toBeEnabled()
  await page.getByRole('textbox', { name: 'Divided by, red' }).fill('64')
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect(install).toBeEnabled(slow)
  await install.click()
  await expect(cardOf(page, 'floats')).toBeVisible(slow)
  expect(errors).toEqual([])
})

test('a network without labels compares photos', async ({ start, folder }) => {
  const photos = join(folder, 'photos')
  await goodPhotos(photos, 2)
  const path = await fileOf(folder, 'embedder.onnx', smallEncoder())
  const { page, errors } = await start(photos)
  await bring(page, path, 'Comparer')
  await use(page, 'Comparer')
  await expect(cardOf(page, 'Comparer').getByText('This model has no labels')).toBeVisible()
  await show(page, 'Library')
  await expect(page.getByText('This model has no labels:')).toBeVisible()
  await expect(page.getByTestId('library-counts')).toHaveText('2 photos', slow)
  await page.getByRole('gridcell').first().dblclick()
  await page.keyboard.press('i')
  await expect(page.getByRole('heading', { name: 'This model has no labels' })).toBeVisible(slow)
  await page.getByRole('tab', { name: 'Vector' }).click()
  await expect(page.getByRole('heading', { name: 'Nearest photos' })).toBeVisible(slow)
  expect(errors).toEqual([])
})

test('two networks look at one photo side by side', async ({ start, folder }) => {
  const photos = join(folder, 'photos')
  await goodPhotos(photos, 1)
  const path = await fileOf(folder, 'small.onnx', smallNetwork())
  const { page, errors } = await start(photos)
  await expect(page.getByRole('gridcell').getByText('Labrador retriever')).toBeVisible(slow)
  await bring(page, path, 'Small things')
  await show(page, 'Library')
  await page.getByRole('gridcell').first().dblclick()
  await page.keyboard.press('i')
  await page.getByRole('tab', { name: 'Compare' }).click(slow)
  await page.getByRole('button', { name: 'Small things' }).click()
  for (const name of ['Inception V3', 'Small things']) {
    const side = page.getByRole('region', { name, exact: true })
    await expect(side.getByRole('listbox')).toBeVisible(slow)
    await expect(side.getByRole('list', { name: `What ${name} sees` })).toBeVisible()
  }
  const layer = page.getByRole('combobox', { name: 'Layer of Small things' })
  await layer.selectOption('pool')
  await expect(page.getByRole('listbox', { name: 'Channels of pool in Small things' })).toBeVisible(
    slow,
  )
  await page.getByRole('combobox', { name: 'Network' }).selectOption({ label: 'Small things' })
  await expect(page.getByRole('heading', { name: 'Small things', exact: true })).toBeVisible(slow)
  expect(errors).toEqual([])
})

test('the Cloud’s photos travel to the layout of another model and back', async ({
  start,
  folder,
}) => {
  const photos = join(folder, 'photos')
  await goodPhotos(join(photos, 'dogs'), 2)
  await drawnPhotos(join(photos, 'stripes'), 'stripes', 9)
  await drawnPhotos(join(photos, 'discs'), 'discs', 9)
  const { page, errors } = await start(photos)
  await expect(page.getByTestId('library-counts')).toHaveText('20 photos', slow)
  await bring(page, await fileOf(folder, 'small.onnx', smallNetwork()), 'Small things')
  await use(page, 'Small things')
  await show(page, 'Library')
  await expect(page.getByRole('button', { name: /^Class \d/ }).first()).toBeVisible(slow)
  await expect(page.getByTestId('library-counts')).toHaveText('20 photos', slow)
  await use(page, 'Inception V3')

  await show(page, 'Cloud')
  await expect(page.getByTestId('cloud-state')).toHaveAttribute('data-state', 'ready', slow)
  await page
    .getByRole('toolbar', { name: 'Panels' })
    .getByRole('button', { name: 'Models' })
    .click()
  const panel = page.getByRole('complementary', { name: 'Panel' })
  await panel.getByRole('button', { name: /Small things/ }).click()
  const way = panel.getByRole('slider', { name: 'From Inception V3 to Small things' })
  // It plays once by itself.
  await expect(way).toHaveValue('100', slow)
  await way.focus()
  await page.keyboard.press('Home')
  await expect(way).toHaveValue('0')
  await page.keyboard.press('PageUp')
  await expect(way).not.toHaveValue('0')
  const first = panel.getByRole('list', { name: 'These move farthest' }).getByRole('button').first()
  await first.click()
  await expect(first).toHaveAttribute('aria-pressed', 'true')
  await expect(page.getByRole('region', { name: 'Selection' })).toContainText('1 photo selected')
  await panel.getByRole('button', { name: 'Back to Inception V3 alone' }).click()
  await expect(way).toBeHidden()
  expect(errors).toEqual([])
})
