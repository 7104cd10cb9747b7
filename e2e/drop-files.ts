// A person's drop, as near as a test comes to it.
import type { Page } from '@playwright/test'

/** Drops files that have real paths, which only a file input can make. */
export async function dropFiles(page: Page, paths: readonly string[]): Promise<void> {
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
