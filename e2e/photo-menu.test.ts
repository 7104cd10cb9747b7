import { dirname, join } from 'node:path'
import { expect } from '@playwright/test'
import { test } from './launch.ts'
import { brokenPhotos, goodPhotos } from './photos.ts'

test('a photo has a menu: by pointer, by key, for one and for many', async ({ start, folder }) => {
  const photos = join(folder, 'Menu')
  await goodPhotos(photos, 3)
  await brokenPhotos(photos)
  const { page, electron, errors } = await start(photos)
  const grid = page.getByRole('grid', { name: 'Photos' })
  const cells = grid.getByRole('gridcell')
  await expect(cells.getByText('Labrador retriever').first()).toBeVisible({ timeout: 60_000 })
  const cell = (name: string) => grid.locator(`[title="${name}"]`)
  const menu = page.getByRole('menu')
  const clipboard = () => electron.evaluate(({ clipboard: board }) => board.readText())

  await cell('dog 2.jpg').click({ button: 'right' })
  await expect(menu.getByRole('menuitem')).toHaveText([
    'OpenEnter',
    'Look inside',
    'Say what it shows…Ctrl+T',
    'Reveal in file manager',
    'Copy path',
  ])
  await expect(menu.getByRole('menuitem', { name: 'Open' })).toBeFocused()
  if (process.env.LATENT_SCREENSHOTS) {
    await page.screenshot({ path: join(process.env.LATENT_SCREENSHOTS, 'photo-menu.png') })
  }
  await menu.getByRole('menuitem', { name: 'Copy path' }).click()
  await expect(menu).toBeHidden()
  await expect.poll(clipboard).toBe(join(photos, 'dog 2.jpg'))

  await page.keyboard.press('Control+a')
  await cell('empty.jpg').click({ button: 'right' })
  await expect(menu.getByRole('menuitem', { name: 'Copy 7 paths' })).toBeVisible()
  await expect(menu.getByRole('menuitem', { name: 'Try 4 photos again' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(menu).toBeHidden()
  await expect(page.getByText('7 photos selected')).toBeVisible()

  await cell('dog 1.jpg').click()
  await page.keyboard.press('ContextMenu')
  await expect(menu).toBeVisible()
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog', { name: 'dog 1.jpg' })).toBeVisible()
  expect(errors).toEqual([])
})

test('photos of many folders are revealed a folder once, and only when asked twice', async ({
  start,
  folder,
}) => {
  const photos = join(folder, 'Many')
  const folders = ['a', 'b', 'c', 'd', 'e', 'f']
  for (const name of folders) await goodPhotos(join(photos, name), 2)
  const { page, electron, errors } = await start(photos)
  const grid = page.getByRole('grid', { name: 'Photos' })
  await expect(grid.getByRole('gridcell')).toHaveCount(12, { timeout: 60_000 })
  await electron.evaluate(({ shell }) => {
    const shown: string[] = []
    Object.assign(globalThis, { shown })
    shell.showItemInFolder = (path) => void shown.push(path)
  })
  const shown = (): Promise<readonly string[]> =>
    electron.evaluate(() => (globalThis as unknown as { shown: string[] }).shown)
  const reveal = page.getByRole('button', { name: 'Reveal' })

  await grid.getByRole('gridcell').first().click()
  await reveal.click()
  await expect.poll(shown).toHaveLength(1)

  await page.keyboard.press('Control+a')
  await grid.focus()
  await page.keyboard.press('Control+a')
  await expect(page.getByText('12 photos selected')).toBeVisible()
  await reveal.click()
  const open = page.getByRole('button', { name: 'Open 6 windows' })
  await expect(open).toBeVisible()
  expect(await shown()).toHaveLength(1)
  await open.click()
  await expect.poll(shown).toHaveLength(7)
  const last = (await shown()).slice(1).map((path) => dirname(path))
  expect(new Set(last)).toEqual(new Set(folders.map((name) => join(photos, name))))
  expect(errors).toEqual([])
})
