import { rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, type Page } from '@playwright/test'
import { colouredPhotos } from './drawn-photos.ts'
import { dropFiles } from './drop-files.ts'
import { test } from './launch.ts'
import { pairFolder } from './pair-folder.ts'
import { runLatent as latent } from './run-latent.ts'

const slow = { timeout: 60_000 }
const colours = ['red', 'green', 'blue', 'yellow', 'white', 'black']

const show = (page: Page, workspace: string): Promise<void> =>
  page.getByRole('tab', { name: workspace, exact: true }).click()

/** File names of the first photos, as the grid tells them. */
const firstNames = (page: Page, count: number): Promise<string[]> =>
  page
    .getByRole('grid', { name: 'Photos' })
    .getByRole('gridcell')
    .evaluateAll(
      (cells, most) =>
        cells
          .toSorted((a, b) => Number(a.dataset.index) - Number(b.dataset.index))
          .slice(0, most)
          .map((cell) => (cell.getAttribute('title') ?? '').replace(/ \d+\.png$/, '')),
      count,
    )

test('photos are found by a description and given labels of one’s own, without being read again', async ({
  start,
  folder,
}) => {
  // The engine starts three times, and measures the machine for the pair.
  test.slow()
  const photos = join(folder, 'photos')
  await colouredPhotos(photos, 3)
  const { page, errors } = await start(photos)
  await expect(page.getByTestId('library-counts')).toHaveText('18 photos', slow)

  await dropFiles(page, [join(await pairFolder(join(folder, 'colours')), 'onnx/vision_model.onnx')])
  const install = page.getByRole('button', { name: 'Install', exact: true })
  await expect(install).toBeEnabled(slow)
  await expect(page.getByRole('textbox', { name: 'Text network' })).toHaveValue('text_model.onnx')
  await install.click()
  const card = page.getByRole('listitem', { name: 'colours', exact: true })
  await card.getByRole('button', { name: 'Use' }).click()
  await expect(card.getByText('In use')).toBeVisible(slow)
  await expect(page.getByTestId('library-counts')).toHaveText('18 photos', slow)

  await show(page, 'Library')
  await page.getByRole('searchbox', { name: 'Describe photos' }).fill('a RED car')
  await expect.poll(() => firstNames(page, 3), slow).toEqual(['red', 'red', 'red'])
  const similarity = page.getByTitle('Similarity to the description')
  await expect(similarity.first()).toHaveText('1.000')
  // Only those that are like it enough.
  await page.getByRole('slider', { name: 'Similarity from' }).fill('0.95')
  await expect(page.getByText('3 of 18 photos')).toBeVisible()
  await page.getByRole('button', { name: /^Remove filter Shows/ }).click()
  await expect(similarity).toHaveCount(0)

  // The folder goes away: labels need no photo, the embeddings are there.
  await rename(photos, join(folder, 'away'))
  await show(page, 'Models')
  await card.getByRole('button', { name: 'Labels…' }).click()
  await page.getByRole('textbox', { name: /^Labels, a line each/ }).fill(colours.join('\n'))
  await page.getByRole('textbox', { name: /^Sentences/ }).fill('a {} picture')
  await page.getByRole('button', { name: 'Use these labels' }).click()
  await expect(card.getByText('6, which you can change')).toBeVisible(slow)
  await show(page, 'Library')
  for (const name of colours) {
    await expect(page.getByRole('button', { name: new RegExp(`^${name}\\b.*3`) })).toBeVisible(slow)
  }

  await show(page, 'Cloud')
  await page.getByRole('searchbox', { name: 'Describe photos of the Cloud' }).fill('dark')
  await expect(page.getByTestId('cloud-found')).toHaveText('2', slow)
  expect(errors).toEqual([])
})

test('a text network is brought to a picture network that lies elsewhere', async ({
  start,
  folder,
}) => {
  const pair = await pairFolder(join(folder, 'pair'))
  const alone = join(folder, 'pictures.onnx')
  await rename(join(pair, 'onnx/vision_model.onnx'), alone)
  const { page, electron, errors } = await start()
  await dropFiles(page, [alone])
  await expect(page.getByRole('textbox', { name: 'Side in pixels' })).toBeVisible(slow)
  await expect(page.getByRole('group', { name: 'Text', exact: true })).toHaveCount(0)
  const chosen = [join(pair, 'tokenizer.json'), join(pair, 'onnx/text_model.onnx')]
  await electron.evaluate(({ dialog }, filePaths) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths })
  }, chosen)
  await page.getByRole('button', { name: 'Text network…' }).click()
  await expect(page.getByRole('textbox', { name: 'Text network' })).toHaveValue(
    'text_model.onnx',
    slow,
  )
  await expect(page.getByText('Colours: preprocessor_config.json tells them.')).toBeVisible()
  expect(errors).toEqual([])
})

test('a dropped folder with a pair of networks is tried as a model, not opened as a library', async ({
  start,
  folder,
}) => {
  const { page, errors } = await start()
  await dropFiles(page, [await pairFolder(join(folder, 'colours'))])
  await expect(page.getByRole('textbox', { name: 'Name', exact: true })).toHaveValue(
    'colours',
    slow,
  )
  await expect(page.getByRole('textbox', { name: 'Text network' })).toHaveValue('text_model.onnx')
  await expect(page.getByRole('button', { name: 'Install', exact: true })).toBeEnabled(slow)
  await show(page, 'Library')
  await expect(page.getByRole('button', { name: 'Open folder' }).first()).toBeVisible()
  expect(errors).toEqual([])
})

test('commands import a pair, search with it and change its labels', async ({ folder }) => {
  const photos = join(folder, 'photos')
  const library = join(folder, 'library')
  await colouredPhotos(photos, 2)
  const pair = await pairFolder(join(folder, 'colours'))
  const imported = await latent(folder, 'models', 'import', pair, '--yes')
  expect(imported.lines).toMatchObject([
    { card: { id: 'colours' }, pair: { contextTokens: 16 }, installed: true },
  ])
  const own = ['--library', library, '--model', 'colours']
  await latent(folder, 'index', photos, ...own)
  const found = await latent(folder, 'search', 'a', 'dark', 'photo', '--top', '2', ...own)
  expect(found.lines.map(({ path }) => path)).toEqual([
    expect.stringContaining('black'),
    expect.stringContaining('black'),
  ])

  const list = join(folder, 'list.txt')
  await writeFile(list, colours.join('\n'))
  const changed = await latent(folder, 'models', 'labels', 'colours', '--labels', list)
  expect(changed.lines).toEqual([{ id: 'colours', labels: 6, templates: 7 }])
  const { lines } = await latent(folder, 'classify', photos, '--model', 'colours', '--top', '1')
  for (const { path, labels } of lines) {
    if (path === undefined) continue
    const [label] = labels as { name: string }[]
    expect(String(path)).toContain(String(label?.name))
  }
  const verified = await latent(folder, 'models', 'verify', 'colours')
  expect(verified.lines).toMatchObject([{ id: 'colours', ok: true }])

  await writeFile(join(pair, 'tokenizer.json'), '{"model": 1}')
  const refused = await latent(folder, 'models', 'import', pair)
  expect(refused).toMatchObject({ code: 1, lines: [] })
  const without = await latent(folder, 'search', 'dark', '--library', library)
  expect(without.code).toBe(2)
})
