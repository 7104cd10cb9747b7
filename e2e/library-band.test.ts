import { join } from 'node:path'
import { expect } from '@playwright/test'
import { drawnPhotos } from './drawn-photos.ts'
import { test } from './launch.ts'

test('a drag over the Library selects what it touches, adds with a key, and Escape takes it back', async ({
  start,
  folder,
}) => {
  const photos = join(folder, 'Band')
  await drawnPhotos(photos, 'stripes', 40)
  const { page, errors } = await start(photos)
  const grid = page.getByRole('grid', { name: 'Photos' })
  const cells = grid.getByRole('gridcell')
  await expect(cells.first()).toBeVisible({ timeout: 60_000 })
  // While photos come, the grid moves under the pointer.
  await expect(page.getByRole('region', { name: 'Running job' })).toBeHidden({ timeout: 60_000 })
  const bar = page.getByRole('region', { name: 'Selection' })
  const box = await grid.boundingBox()
  const [first, second] = await Promise.all([
    cells.nth(0).boundingBox(),
    cells.nth(1).boundingBox(),
  ])
  if (!box || !first || !second) throw new Error('Expected a grid in sight')
  const gapX = (first.x + first.width + second.x) / 2

  // From the gap between the first two, into both.
  await page.mouse.move(gapX, first.y + 8)
  await page.mouse.down()
  await page.mouse.move(gapX + 20, first.y + 30, { steps: 3 })
  await expect(bar).toContainText('1 photo selected')
  await page.mouse.move(first.x + 20, first.y + 30, { steps: 3 })
  await page.mouse.up()
  await expect(cells.nth(0)).toHaveAttribute('aria-selected', 'true')
  await expect(bar).toContainText('1 photo selected')

  await page.keyboard.down('Shift')
  await page.mouse.move(second.x + 10, second.y + 10)
  await page.mouse.down()
  await page.mouse.move(second.x + 30, second.y + 30, { steps: 3 })
  await page.mouse.up()
  await page.keyboard.up('Shift')
  await expect(bar).toContainText('2 photos selected')

  // Held at the lower edge it scrolls on, down to the end of what there is.
  const before = await grid.evaluate((element) => element.scrollTop)
  await page.mouse.move(first.x + 4, first.y + 4)
  await page.mouse.down()
  await page.mouse.move(box.x + box.width - 40, box.y + box.height - 2, { steps: 4 })
  await expect(bar).toContainText('40 photos selected')
  expect(await grid.evaluate((element) => element.scrollTop)).toBeGreaterThan(before)
  await page.keyboard.press('Escape')
  await expect(bar).toContainText('2 photos selected')
  await page.mouse.up()
  await expect(bar).toContainText('2 photos selected')
  await expect(cells.first()).toBeAttached()
  expect(errors).toEqual([])
})
