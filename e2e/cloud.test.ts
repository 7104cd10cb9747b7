import { join } from 'node:path'
import { expect, type Locator, type Page } from '@playwright/test'
import { drawnPhotos } from './drawn-photos.ts'
import { dropFiles } from './drop-files.ts'
import { test } from './launch.ts'
import { examplePhoto, goodPhotos } from './photos.ts'

const slow = { timeout: 60_000 }
const photoCount = 19
/** Neither a graphics card nor its stand-in. */
const noGraphics = ['--disable-gpu', '--disable-software-rasterizer']

/** Three dogs that are the same picture, and two folders of drawings. */
async function makePhotos(folder: string): Promise<string> {
  const photos = join(folder, 'Mixed')
  await goodPhotos(join(photos, 'dogs'), 3)
  await drawnPhotos(join(photos, 'stripes'), 'stripes', 8)
  await drawnPhotos(join(photos, 'discs'), 'discs', 8)
  return photos
}

/** Waits until all photos lie in the Cloud and nothing moves any more. */
async function openCloud(page: Page): Promise<void> {
  await page.getByRole('tab', { name: 'Cloud' }).click()
  const state = page.getByTestId('cloud-state')
  await expect(state).toContainText(`${photoCount} photos`, slow)
  await expect(state).toHaveAttribute('data-state', 'ready', slow)
}

const canvasOf = (page: Page): Locator => page.getByRole('application', { name: 'Cloud of photos' })
const selected = (page: Page): Locator => page.getByRole('region', { name: 'Selection' })
const list = (page: Page): Locator => page.getByRole('listbox', { name: / photos?$/ })
const search = (page: Page): Locator => page.getByRole('searchbox', { name: 'Search the Cloud' })

async function showPanel(page: Page, name: string): Promise<void> {
  const button = page.getByRole('toolbar', { name: 'Panels' }).getByRole('button', { name })
  if ((await button.getAttribute('aria-pressed')) === 'false') await button.click()
}

async function press(page: Page, keys: string): Promise<void> {
  await canvasOf(page).focus()
  await page.keyboard.press(keys)
}

/** Of the part of the canvas between the tools and the open panel. */
async function visibleMiddle(page: Page): Promise<{ readonly x: number; readonly y: number }> {
  const [canvas, tools, panel] = await Promise.all(
    [
      canvasOf(page),
      page.getByRole('toolbar', { name: 'Tools' }),
      page.getByRole('complementary', { name: 'Panel' }),
    ].map((locator) => locator.boundingBox()),
  )
  if (!canvas || !tools || !panel) throw new Error('Expected the Cloud to be in sight')
  return { x: (tools.x + tools.width + panel.x) / 2, y: canvas.y + canvas.height / 2 }
}

/** Leaves nothing but a photo of the list, clicks where it is drawn, and shows all again. */
async function clickOnPhoto(page: Page, name: string): Promise<void> {
  const row = list(page).getByRole('option', { name })
  await row.click()
  await press(page, 'i')
  await expect(selected(page)).toBeHidden()
  // The eye is on its way for a moment.
  await expect(async () => {
    const middle = await visibleMiddle(page)
    await page.mouse.click(middle.x, middle.y)
    await expect(row).toHaveAttribute('aria-selected', 'true', { timeout: 500 })
  }).toPass()
  await expect(selected(page)).toContainText('1 photo selected')
  await press(page, 'a')
}

test('the Cloud grows with the library, and what is drawn, listed and selected is the same photo', async ({
  start,
  folder,
}) => {
  const { page, errors } = await start(await makePhotos(folder))
  await openCloud(page)
  await showPanel(page, 'Photos')
  await expect(list(page).getByRole('option').first()).toHaveAttribute('aria-setsize', '19')

  await test.step('a click picks the photo under the pointer', async () => {
    await clickOnPhoto(page, 'discs 2.png')
    await clickOnPhoto(page, 'stripes 3.png')
  })

  await test.step('the nearest photos are those that are alike to the network', async () => {
    await list(page).getByRole('option', { name: 'dog 1.jpg' }).click()
    const strip = page.getByRole('region', { name: 'Nearest photos' })
    const names = strip.getByRole('button', { name: / alike$/ })
    await expect(names.first()).toHaveAccessibleName(/^dog [23]\.jpg, 1\.00 alike$/)
    await expect(names.nth(1)).toHaveAccessibleName(/^dog [23]\.jpg, 1\.00 alike$/)
    await page.getByRole('button', { name: 'More like this' }).click()
    await strip.getByRole('listitem').first().hover()
    await strip
      .getByRole('button', { name: /^More like dog/ })
      .first()
      .click()
    await expect(strip.getByRole('list', { name: 'More like' }).getByRole('listitem')).toHaveCount(
      2,
    )
    await strip.getByRole('button', { name: 'Start over' }).click()
  })

  await test.step('a lasso around everything counts and selects everything', async () => {
    await press(page, 'f')
    await press(page, 'l')
    const box = await canvasOf(page).boundingBox()
    if (box === null) throw new Error('Expected the canvas to be in sight')
    const corners = [
      [0.5, 0.01],
      [0.99, 0.01],
      [0.99, 0.99],
      [0.01, 0.99],
      [0.01, 0.01],
    ] as const
    // The eye is on its way for a moment.
    await page.waitForTimeout(800)
    for (const [at, [x, y]] of corners.entries()) {
      await page.mouse.move(box.x + box.width * x, box.y + box.height * y, { steps: 4 })
      if (at === 0) await page.mouse.down()
    }
    await expect(page.getByLabel('Photos inside')).toHaveText(`${photoCount} photos`)
    await page.mouse.up()
    await expect(selected(page)).toContainText(`${photoCount} photos selected`)
  })

  await test.step('the legend keeps a folder bright, and isolating it keeps the photos right', async () => {
    await press(page, 'Escape')
    await page.getByRole('combobox', { name: 'Colour by' }).selectOption({ label: 'Folder' })
    await page.getByRole('button', { name: 'stripes, 8 photos' }).click()
    await press(page, 'ControlOrMeta+a')
    await expect(selected(page)).toContainText('8 photos selected')
    await press(page, 'i')
    await expect(page.getByText('Only 8 photos shown')).toBeVisible()
    await expect(list(page).getByRole('option').first()).toHaveAttribute('aria-setsize', '8')
    await clickOnPhoto(page, 'stripes 5.png')
    await page.getByRole('button', { name: 'Show all colours' }).click()
    await expect(list(page).getByRole('option').first()).toHaveAttribute('aria-setsize', '19')
  })

  await test.step('a search lights up its matches and Enter selects them', async () => {
    await search(page).fill('dog')
    await expect(page.getByTestId('cloud-found')).toHaveText('3')
    await search(page).press('Enter')
    await expect(selected(page)).toContainText('3 photos selected')
    await search(page).fill('')
  })

  await test.step('every command is in the palette', async () => {
    await page.keyboard.press('ControlOrMeta+k')
    await page.getByRole('combobox', { name: 'Find a command' }).fill('invert')
    await page.keyboard.press('Enter')
    await expect(selected(page)).toContainText(`${photoCount - 3} photos selected`)
    await page.keyboard.press('ControlOrMeta+k')
    await page.getByRole('combobox', { name: 'Find a command' }).fill('go to libr')
    await page.keyboard.press('Enter')
    const library = page.getByRole('tabpanel', { name: 'Library' })
    await expect(library.getByText(`${photoCount - 3} photos selected`)).toBeVisible()
    await page.getByRole('tab', { name: 'Cloud' }).click()
  })

  await test.step('the list opens a photo without a pointer', async () => {
    await list(page).focus()
    await page.keyboard.press('Home')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('dialog', { name: /\.(jpg|png)$/ })).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(list(page)).toBeFocused()
  })

  await test.step('a dropped file gets its card and its place', async () => {
    await dropFiles(page, [examplePhoto])
    await expect(page.getByText(/example\.jpg. would lie here/)).toBeVisible(slow)
    const nearest = page.getByRole('region', { name: 'Nearest photos' })
    await expect(nearest.getByRole('button', { name: /^dog/ })).toHaveCount(3)
    await expect(page.getByRole('article', { name: 'example.jpg' })).toBeVisible()
    await page.getByRole('button', { name: 'Dismiss' }).click()
    await page.getByRole('button', { name: 'Take example.jpg away' }).click()
    await expect(nearest).toBeHidden()
  })

  await test.step('the Cloud is whole again after the GPU was lost', async () => {
    await canvasOf(page).evaluate(async (canvas: HTMLCanvasElement) => {
      const loss = canvas.getContext('webgl2')?.getExtension('WEBGL_lose_context')
      loss?.loseContext()
      await new Promise((lost) => setTimeout(lost, 300))
      Object.assign(window, { restoreCloud: () => loss?.restoreContext() })
    })
    await expect(page.getByText(/graphics card went away/)).toBeVisible()
    await page.evaluate('restoreCloud()')
    await expect(page.getByText(/graphics card went away/)).toBeHidden()
    await clickOnPhoto(page, 'discs 4.png')
  })
  expect(errors).toEqual([])
})

test('without 3-D graphics the lists still work', async ({ start, folder }) => {
  const photos = join(folder, 'Dogs')
  await goodPhotos(photos, 5)
  const { page, electron, errors } = await start(...noGraphics, photos)
  await page.getByRole('tab', { name: 'Cloud' }).click()
  await expect(page.getByText('This computer gives Latent no 3-D graphics')).toBeVisible(slow)
  await expect(list(page).getByRole('option')).toHaveCount(5, slow)
  await list(page).getByRole('option', { name: 'dog 2.jpg' }).click()
  await expect(page.getByRole('region', { name: 'Nearest photos' })).toBeVisible()

  await electron.evaluate(({ app }) => {
    app.relaunch = (options) => Object.assign(globalThis, { relaunchedWith: options?.args })
    app.quit = () => {}
  })
  await page.getByRole('button', { name: 'Restart and draw with the processor' }).click()
  const restarted = (): Promise<readonly string[] | undefined> =>
    electron.evaluate(() => (globalThis as { relaunchedWith?: readonly string[] }).relaunchedWith)
  await expect.poll(restarted).toContain('--use-angle=swiftshader')
  expect(await restarted()).not.toContain('--disable-gpu')
  expect(await restarted()).toContain(photos)
  expect(errors).toEqual([])
})

test('the tools are one stop for the tab key, and arrows go from one to the next', async ({
  start,
  folder,
}) => {
  const { page, errors } = await start(await makePhotos(folder))
  await openCloud(page)
  const tools = page.getByRole('toolbar', { name: 'Tools' })
  const pick = tools.getByRole('button', { name: 'Turn and pick' })
  await pick.focus()
  await page.keyboard.press('ArrowDown')
  await expect(tools.getByRole('button', { name: 'Box selection' })).toBeFocused()
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('ArrowUp')
  await expect(tools.getByRole('button', { name: 'All commands' })).toBeFocused()
  await page.keyboard.press('Home')
  await page.keyboard.press('ArrowDown')
  // Tab leaves the toolbar, and coming back finds the button that was left.
  await page.keyboard.press('Tab')
  await expect(tools.locator(':focus')).toHaveCount(0)
  await page.keyboard.press('Shift+Tab')
  await expect(tools.getByRole('button', { name: 'Box selection' })).toBeFocused()
  expect(errors).toEqual([])
})

test('the preview walks through what the Cloud shows, or through what is selected', async ({
  start,
  folder,
}) => {
  const { page, errors } = await start(await makePhotos(folder))
  await openCloud(page)
  await showPanel(page, 'Photos')

  await list(page).getByRole('option', { name: 'dog 1.jpg' }).click()
  await press(page, 'Enter')
  const preview = page.getByRole('dialog')
  await expect(preview).toContainText('1 of 19')
  await page.keyboard.press('ArrowRight')
  await expect(preview).toContainText('2 of 19')
  // The same picture lies beside it, whatever stands next to it in the Library.
  await expect(preview).toHaveAccessibleName(/^dog [23]\.jpg$/)
  await page.keyboard.press('Escape')

  await search(page).fill('stripes')
  await search(page).press('Enter')
  await expect(selected(page)).toContainText('8 photos selected')
  await search(page).fill('')
  const stripe = list(page).getByRole('option', { name: 'stripes 4.png' })
  await stripe.click({ modifiers: ['ControlOrMeta'] })
  await stripe.click({ modifiers: ['ControlOrMeta'] })
  await press(page, 'Enter')
  await expect(preview).toHaveAccessibleName('stripes 4.png')
  await expect(preview).toContainText('1 of 8')
  await page.keyboard.press('ArrowRight')
  await expect(preview).toHaveAccessibleName(/^stripes/)
  await page.keyboard.press('Escape')
  await expect(selected(page)).toContainText('8 photos selected')
  expect(errors).toEqual([])
})

test('several dropped files get a pin each, are listed, and go together', async ({
  start,
  folder,
}) => {
  const { page, errors } = await start(await makePhotos(folder))
  await openCloud(page)
  const dropped = join(folder, 'Dropped')
  await drawnPhotos(dropped, 'discs', 2)
  await dropFiles(page, [join(dropped, 'discs 1.png'), join(dropped, 'discs 2.png'), examplePhoto])
  const pins = page.getByRole('toolbar', { name: 'Dropped photos' }).getByRole('button')
  await expect(pins).toHaveCount(3, slow)
  await page.getByRole('button', { name: 'Dismiss all' }).click()
  await page.getByRole('button', { name: '3 dropped photos' }).click()
  await page.getByRole('button', { name: 'Take discs 2.png away' }).click()
  await expect(pins).toHaveCount(2)
  const rows = page.getByRole('region', { name: 'Dropped photos and their places' })
  await rows.getByTitle('Where example.jpg would lie').click()
  await expect(page.getByText(/example\.jpg. would lie here/)).toBeVisible()
  await expect(pins.nth(1)).toHaveAttribute('aria-pressed', 'true')
  await page.keyboard.press('Escape')
  await pins.first().focus()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Enter')
  await expect(pins.nth(0)).toHaveAttribute('aria-pressed', 'true')
  await page.getByRole('button', { name: 'Take all dropped photos away' }).click()
  await expect(pins).toHaveCount(0)
  expect(errors).toEqual([])
})
