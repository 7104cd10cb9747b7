import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, type Page } from '@playwright/test'
import { test } from './launch.ts'
import { examplePhoto } from './photos.ts'

/** Drops files that have real paths, which only a file input can make. */
async function dropFiles(page: Page, paths: readonly string[]): Promise<void> {
  await page.evaluate(() => {
    const input = document.createElement('input')
    input.type = 'file'
    input.multiple = true
    input.id = 'test-files'
    input.hidden = true
    document.body.append(input)
  })
  await page.locator('#test-files').setInputFiles([...paths])
  await page.evaluate(() => {
    const input = document.querySelector<HTMLInputElement>('#test-files')
    const transfer = new DataTransfer()
    for (const file of input?.files ?? []) transfer.items.add(file)
    for (const type of ['dragenter', 'dragover', 'drop']) {
      const event = new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer: transfer })
      document.body.dispatchEvent(event)
    }
    input?.remove()
  })
}

test('a dropped photo is read and shown, and added nowhere', async ({ start, folder }) => {
  const { page, errors } = await start()
  await dropFiles(page, [examplePhoto])
  const card = page.getByRole('region', { name: 'Inspection' })
  await expect(card.getByText('Labrador retriever')).toBeVisible({ timeout: 60_000 })
  await expect(card.getByText(/Inception V3/).first()).toBeVisible()
  await expect(readdir(join(folder, 'data', 'libraries'))).rejects.toThrow()
  expect(errors).toEqual([])
})

test('a dropped file that is no image says so', async ({ start, folder }) => {
  const { page } = await start()
  await mkdir(folder, { recursive: true })
  const path = join(folder, 'letter.jpg')
  await writeFile(path, 'not a photo')
  await dropFiles(page, [path])
  const card = page.getByRole('region', { name: 'Inspection' })
  await expect(card.getByText('The content is not an image.')).toBeVisible({ timeout: 60_000 })
})
