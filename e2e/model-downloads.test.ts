import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import { type Misbehaviour, sendFrom, serveFile } from '../main/fetch/testing/file-server.ts'
import { test } from './launch.ts'

/** As large as the catalogue's SqueezeNet 1.1, and not it: a mirror that was tampered with. */
const wrong = new Uint8Array(4_956_208)

test('a download is paused, goes on where it was, and another file is refused', async ({
  start,
  data,
}) => {
  const half = Math.floor(wrong.length / 2)
  const misbehave: Misbehaviour = (request, response) => {
    if (request > 0) return undefined
    response.writeHead(200, { 'content-length': wrong.length })
    response.write(wrong.subarray(0, half))
    return true
  }
  const server = await serveFile(wrong, misbehave)
  process.env.LATENT_MODELS_URL = new URL('.', server.url).href
  try {
    const { page, errors } = await start()
    await page.getByRole('tab', { name: 'Models' }).click()
    const card = page
      .getByRole('list', { name: 'More models' })
      .getByRole('listitem', { name: 'SqueezeNet 1.1' })
    // Whom it would ask is said before anything is asked.
    await expect(card.getByText(/^5\.0 MB from 127\.0\.0\.1/)).toBeVisible()
    expect(server.ranges).toEqual([])
    await card.getByRole('button', { name: 'Download SqueezeNet 1.1' }).click()
    await expect(card.getByText('2.5 MB of 5.0 MB')).toBeVisible()
    await card.getByRole('button', { name: 'Pause' }).click()
    await expect(card.getByText('Paused: 2.5 MB of 5.0 MB')).toBeVisible()
    expect(await readdir(join(data, 'downloads'))).toEqual(['squeezenet1.1-7.onnx.part'])

    await card.getByRole('button', { name: 'Go on with SqueezeNet 1.1' }).click()
    await expect(card.getByRole('alert')).toContainText('sent another file')
    expect(server.ranges).toEqual(['', `bytes=${half}-`])
    expect(await readdir(join(data, 'downloads'))).toEqual([])
    expect(await readdir(join(data, 'models')).catch(() => [])).toEqual([])
    expect(errors).toEqual([])
  } finally {
    delete process.env.LATENT_MODELS_URL
    await server.close()
  }
})

test('what an earlier start fetched of a model waits to be gone on with', async ({ start }) => {
  const server = await serveFile(wrong, (_request, response, asked) => {
    sendFrom(wrong, asked, response, 1_000_000)
    return true
  })
  process.env.LATENT_MODELS_URL = new URL('.', server.url).href
  try {
    const first = await start()
    await first.page.getByRole('tab', { name: 'Models' }).click()
    const card = first.page.getByRole('listitem', { name: 'SqueezeNet 1.1' })
    await card.getByRole('button', { name: 'Download' }).click()
    await expect(card.getByText('1.0 MB of 5.0 MB')).toBeVisible()
    await first.electron.close()
    const second = await start()
    await second.page.getByRole('tab', { name: 'Models' }).click()
    const waiting = second.page.getByRole('listitem', { name: 'SqueezeNet 1.1' })
    await expect(waiting.getByText('Paused: 1.0 MB of 5.0 MB')).toBeVisible()
    await waiting.getByRole('button', { name: 'Cancel' }).click()
    await expect(waiting.getByText(/Paused/)).toHaveCount(0)
  } finally {
    delete process.env.LATENT_MODELS_URL
    await server.close()
  }
})
