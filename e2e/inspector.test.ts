import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, type Page } from '@playwright/test'
import { dropFiles } from './drop-files.ts'
import { test } from './launch.ts'
import { examplePhoto, goodPhotos } from './photos.ts'

const slow = { timeout: 60_000 }

/** Starts with no library and looks inside the example photo. */
async function inspectExample(page: Page): Promise<void> {
  await page.getByRole('tab', { name: 'Inspector' }).click()
  await expect(page.getByRole('heading', { name: /Look inside the network/ })).toBeVisible()
  await dropFiles(page, [examplePhoto])
  await expect(page.getByRole('tab', { name: 'Prediction' })).toBeVisible(slow)
}

const show = (page: Page, view: string): Promise<void> =>
  page.getByRole('tab', { name: view, exact: true }).click()

/** Shares of the element's width and height. */
async function pointAt(page: Page, selector: string, x: number, y: number): Promise<void> {
  const box = await page.locator(selector).first().boundingBox()
  if (box === null) throw new Error(`Expected ${selector} to be in sight`)
  await page.mouse.move(box.x + box.width * x, box.y + box.height * y)
}

test('Prediction tells labels, where they belong and what they are taken for', async ({
  start,
}) => {
  const { page, errors } = await start()
  await inspectExample(page)
  const labels = page.getByRole('list', { name: 'Best labels' }).getByRole('button')
  await expect(labels).toHaveCount(5)
  await expect(labels.first()).toHaveAccessibleName(/Labrador retriever, probability 8\d%, logit/)
  const path = page.getByRole('list', { name: 'Where it belongs' })
  await expect(path.getByRole('listitem')).toContainText(['animal', 'dog', 'Labrador retriever'], {
    useInnerText: true,
  })
  await expect(
    page.getByRole('list', { name: 'Easily taken for' }).getByText('golden retriever'),
  ).toBeVisible()
  await labels.nth(1).click()
  await expect(page.getByRole('region', { name: 'golden retriever' })).toBeVisible()
  expect(errors).toEqual([])
})

test('Kernels show their sum at the place that is pointed at', async ({ start }) => {
  const { page, errors } = await start()
  await inspectExample(page)
  await show(page, 'Kernels')
  await expect(page.getByRole('radio', { name: /^Kernel/ })).toHaveCount(32, slow)
  const activation = page.getByTestId('kernel-activation')
  await expect(activation).not.toBeEmpty()
  const before = await page.getByText(/^Patch at/).textContent()
  await pointAt(page, '.kernel-work .crop-picture', 0.3, 0.3)
  await expect(page.getByText(/^Patch at/)).not.toHaveText(before ?? '')
  // The sum of products and the bias make the response.
  const numbers = await page.locator('.kernel-sum dd').allTextContents()
  const [sum = 0, bias = 0, response = 0, shown = 0] = numbers.map((text) =>
    Number(text.replace('−', '-')),
  )
  expect(Math.abs(sum + bias - response)).toBeLessThan(0.02 * Math.max(1, Math.abs(response)))
  expect(shown).toBeCloseTo(Math.max(0, response), 1)
  const picture = page.getByRole('application', { name: /Response of kernel/ })
  await picture.focus()
  const place = await page.getByText(/^Patch at/).textContent()
  await page.keyboard.press('ArrowRight')
  await expect(page.getByText(/^Patch at/)).not.toHaveText(place ?? '')
  expect(errors).toEqual([])
})

test('Activations show every channel of every layer, drawn by the GPU', async ({ start }) => {
  const { page, errors } = await start()
  await inspectExample(page)
  await show(page, 'Activations')
  const sheet = page.getByRole('listbox', { name: /^Channels of/ })
  await expect(sheet).toBeVisible(slow)
  await expect(sheet).toHaveAttribute('data-painter', 'gpu')
  const layers = page.getByRole('tree', { name: 'Layers' })
  await expect(layers.getByRole('treeitem')).toHaveCount(21)
  await layers.getByRole('treeitem', { name: /^Mixed_7c,/ }).click()
  await expect(page.getByRole('listbox', { name: 'Channels of Mixed_7c' })).toBeVisible()
  await expect(sheet.getByRole('option')).toHaveAttribute('aria-setsize', '2048')
  await expect(page.locator('.layer-statistics')).toContainText('2048 × 8 × 8')

  await layers.focus()
  await page.keyboard.press('ArrowUp')
  await expect(page.getByRole('listbox', { name: 'Channels of Mixed_7b' })).toBeVisible()
  await page.keyboard.press('ArrowRight')
  expect(await layers.getByRole('treeitem').count()).toBeGreaterThan(21)

  await page.getByRole('searchbox', { name: 'Find a channel by number' }).fill('17')
  await sheet.focus()
  await page.keyboard.press('Home')
  await expect(page.getByRole('region', { name: 'Mixed_7b, channel 17' })).toBeVisible()
  await pointAt(page, '.channel-detail .crop-picture', 0.5, 0.5)
  await expect(page.locator('.reading output')).toContainText(/\d at 4, 4, sees/)
  await expect(page.locator('.crop-mark.field')).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(sheet).toBeHidden()
  await page.getByRole('button', { name: 'Back to all channels' }).click()
  await expect(sheet).toBeVisible()
  expect(errors).toEqual([])
})

test('a layer paints something, also after the GPU was lost', async ({ start }) => {
  const { page, errors } = await start()
  await inspectExample(page)
  await show(page, 'Activations')
  await expect(page.getByRole('listbox', { name: /^Channels of/ })).toBeVisible(slow)
  /** How many different colours the first tile's middle row has. */
  const colours = (): Promise<number> =>
    page.evaluate(async () => {
      const canvas = document.querySelector<HTMLCanvasElement>('.map-sheet canvas')
      const copy = new OffscreenCanvas(60, 60)
      const context = copy.getContext('2d')
      if (canvas === null || context === null) return 0
      // A drawing buffer can be read only in the frame that painted it.
      canvas.closest('.map-sheet')?.dispatchEvent(new Event('scroll'))
      await new Promise((painted) =>
        requestAnimationFrame(() => {
          context.drawImage(canvas, 0, 0)
          painted(null)
        }),
      )
      const { data } = context.getImageData(10, 30, 40, 1)
      return new Set(new Uint32Array(data.buffer)).size
    })
  await expect.poll(colours).toBeGreaterThan(5)
  await page.evaluate(async () => {
    const gl = document.querySelector<HTMLCanvasElement>('.map-sheet canvas')?.getContext('webgl2')
    const loss = gl?.getExtension('WEBGL_lose_context')
    loss?.loseContext()
    await new Promise((lost) => setTimeout(lost, 300))
    loss?.restoreContext()
  })
  await expect.poll(colours).toBeGreaterThan(5)
  expect(errors).toEqual([])
})

test('Why shows the places that speak for any label, by each method', async ({ start }) => {
  test.setTimeout(240_000)
  const { page, errors } = await start()
  await inspectExample(page)
  await page.getByRole('button', { name: 'Why this label' }).click()
  await expect(page.getByText('speaks for the label')).toBeVisible(slow)
  await page.getByRole('combobox', { name: 'Label: search all' }).fill('tennis ba')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('region', { name: 'Why tennis ball' })).toBeVisible()
  await expect(page.getByText('speaks for the label')).toBeVisible(slow)
  await page.getByText('Occlusion', { exact: true }).click()
  await expect(page.getByText(/^Run \d+ of/)).toBeVisible(slow)
  // Choosing another method ends the one that is under way.
  await page.getByText('SmoothGrad', { exact: true }).click()
  await expect(page.getByText('moves the score')).toBeVisible({ timeout: 120_000 })
  await page.getByText('Grad-CAM', { exact: true }).click()
  await page.getByRole('button', { name: 'Two labels' }).click()
  await expect(page.getByText('speaks for the label')).toHaveCount(2, slow)
  expect(errors).toEqual([])
})

test('Unit dreams, stops when told, and shows the photos of the library', async ({
  start,
  folder,
}) => {
  const photos = join(folder, 'Dogs')
  await goodPhotos(photos, 3)
  const { page, errors } = await start(photos)
  const cells = page.getByRole('grid', { name: 'Photos' }).getByRole('gridcell')
  await expect(cells.getByText('Labrador retriever')).toHaveCount(3, slow)
  await cells.first().dblclick()
  await expect(page.getByRole('dialog')).toBeVisible()
  await page.keyboard.press('i')
  await show(page, 'Unit')
  const unit = page.getByRole('textbox', { name: /^Unit, 0 to/ })
  await expect(unit).toBeVisible(slow)
  await unit.fill('5')
  await unit.press('Enter')
  const exciting = page.getByRole('region', { name: 'Photos of your library' })
  await expect(exciting.getByRole('button', { name: /look inside/ }).first()).toBeVisible(slow)
  await page.getByRole('button', { name: 'Dream', exact: true }).click()
  await expect(page.getByRole('img', { name: /^Dream of unit 5/ })).toBeVisible(slow)
  await page.getByRole('button', { name: 'Stop' }).click()
  await expect(page.getByText('Stopped')).toBeVisible(slow)
  expect(errors).toEqual([])
})

test('Vector and Compare set the photo beside others', async ({ start, folder }) => {
  const photos = join(folder, 'Dogs')
  await goodPhotos(photos, 2)
  const { page, errors } = await start(photos)
  const cells = page.getByRole('grid', { name: 'Photos' }).getByRole('gridcell')
  await expect(cells.getByText('Labrador retriever')).toHaveCount(2, slow)
  await cells.first().dblclick()
  await page.getByRole('button', { name: 'Inspect' }).click()
  await show(page, 'Vector')
  const neighbours = page.getByRole('region', { name: 'Nearest photos' })
  // The library's vectors come from the quantised network.
  await expect(neighbours.getByText(/^(1\.000|0\.9\d\d) alike$/)).toBeVisible(slow)
  await pointAt(page, '.barcode', 0.5, 0.5)
  await expect(page.getByText(/^Unit \d+: /)).toBeVisible()
  await neighbours.getByRole('listitem').first().hover()
  await neighbours.getByRole('button', { name: /^Compare with/ }).click()
  await expect(
    page.getByRole('listbox', { name: 'Channels of Conv2d_1a on both photos' }),
  ).toBeVisible(slow)
  await pointAt(page, '.pair-picture .crop-picture', 0.5, 0.5)
  const readings = page.locator('.pair-picture output')
  await expect(readings).toHaveText([/^[\d.]+$/, /^[\d.]+$/])
  // The same picture twice: equal values at the same place, once both are read.
  await expect.poll(async () => new Set(await readings.allTextContents()).size).toBe(1)
  expect(errors).toEqual([])
})

test('pictures and tensors are saved where the person says', async ({ start, folder }) => {
  await mkdir(folder, { recursive: true })
  const { page, electron, errors } = await start()
  const answerWith = (path: string): Promise<void> =>
    electron.evaluate(({ dialog }, filePath) => {
      dialog.showSaveDialog = async () => ({ canceled: false, filePath })
    }, path)
  await inspectExample(page)
  await show(page, 'Activations')
  await expect(page.getByRole('listbox', { name: /^Channels of/ })).toBeVisible(slow)
  await answerWith(join(folder, 'channel.png'))
  await page.getByRole('button', { name: 'Save picture' }).last().click()
  await expect(page.getByText(/Saved as .*channel\.png/)).toBeVisible()
  await page.getByRole('button', { name: 'Dismiss' }).click()
  await answerWith(join(folder, 'layer.npy'))
  await page.getByRole('button', { name: 'Export tensor' }).first().click()
  await expect(page.getByText(/Saved as .*layer\.npy/)).toBeVisible()
  expect(errors).toEqual([])
})
