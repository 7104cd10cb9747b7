import { existsSync } from 'node:fs'
import { basename, join } from 'node:path'
import { expect } from '@playwright/test'
import { test } from './launch.ts'
import type { LatentApp } from './launch-app.ts'

const shared = join(import.meta.dirname, '..', '..', 'shared', 'models')
const absent = !existsSync(shared)
if (absent) process.stderr.write(`SKIPPED in shared-models.test.ts: no ${shared}\n`)

/** The next dialog for a file is answered with this one. */
const answerDialog = ({ electron }: LatentApp, path: string): Promise<void> =>
  electron.evaluate(({ dialog }, file) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [file] })
  }, path)

test('real networks are picked, understood and installed', async ({ start }) => {
  test.skip(absent, 'no shared models beside the repository')
  test.setTimeout(180_000)
  const app = await start()
  const { page, errors } = app
  await page.getByRole('tab', { name: 'Models' }).click()
  const files: [string, RegExp, string?][] = [
    ['squeezenet1.0_deepcompression_fp32.onnx', /Labrador retriever/],
    ['mobilenet_v2_1.0_224_quant.tflite', /Labrador retriever/],
    ['tf2_mobilenet_v2_1.0_224_ptq.tflite', /Labrador retriever/],
    ['mobilenet_v2_1.0_224_inat_bird_quant.tflite', /./, 'inat_bird_labels.txt'],
  ]
  for (const [file, label, labelsFile] of files) {
    await answerDialog(app, join(shared, file))
    await page.getByRole('button', { name: 'Import a model…' }).click()
    const install = page.getByRole('button', { name: 'Install', exact: true })
    await expect(install, file).toBeEnabled({ timeout: 60_000 })
    if (labelsFile !== undefined) {
      await answerDialog(app, join(shared, labelsFile))
      await page.getByRole('button', { name: 'Labels file…' }).click()
      await expect(page.getByText(`${labelsFile}, 964`), file).toBeVisible({ timeout: 60_000 })
      await expect(install, file).toBeEnabled({ timeout: 60_000 })
    }
    const labels = page.getByRole('list', { name: 'Labels with probabilities' })
    await expect(labels.getByText(label).first(), file).toBeVisible()
    await install.click()
    const name = basename(file).replace(/\.[^.]+$/, '')
    await expect(page.getByRole('listitem', { name, exact: true })).toBeVisible()
  }
  expect(errors).toEqual([])
})
