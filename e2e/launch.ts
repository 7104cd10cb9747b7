// Starts the real app with its own data folder and makes sure that it is gone afterwards.
import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test as base } from '@playwright/test'
import { close, type LatentApp, launch } from './launch-app.ts'

export const appFolder = join(import.meta.dirname, '..')

/** What the first app measured of this machine serves the others: one measurement is enough. */
const measured = join(tmpdir(), `latent-e2e-tuning-${process.ppid}.json`)

/** Starts the app with these arguments. */
export type Start = (...args: string[]) => Promise<LatentApp>

interface Fixtures {
  /** A folder for this test alone, removed after it. */
  readonly folder: string
  /** The app's data folder, inside {@link folder}; an app may be started on it more than once. */
  readonly data: string
  /** Starts an app on this test's data; it is closed after the test. */
  readonly start: Start
}

export const test = base.extend<Fixtures>({
  // Playwright reads the fixtures a fixture needs from this pattern, which may be empty.
  // biome-ignore lint/correctness/noEmptyPattern: see above
  folder: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'latent-e2e-'))
    await use(folder)
    // Chromium's helpers may still be writing their last lines.
    await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 })
  },
  data: async ({ folder }, use) => {
    const data = join(folder, 'data')
    await mkdir(data, { recursive: true })
    await copyFile(measured, join(data, 'tuning.json')).catch(() => {})
    await use(data)
    await copyFile(join(data, 'tuning.json'), measured).catch(() => {})
  },
  start: async ({ data }, use, info) => {
    const apps: LatentApp[] = []
    await use(async (...args) => {
      const app = await launch(appFolder, data, ...args)
      apps.push(app)
      return app
    })
    if (info.status !== info.expectedStatus) for (const app of apps) await tellWindow(app)
    for (const app of apps) await close(app)
  },
})

/** What a window showed when its test failed: on a machine of another time it cannot be asked. */
async function tellWindow({ page }: LatentApp): Promise<void> {
  const shown = await page
    .locator('body')
    .ariaSnapshot({ timeout: 5_000 })
    .catch((error: unknown) => String(error))
  console.log(`The window showed:\n${shown}`)
}
