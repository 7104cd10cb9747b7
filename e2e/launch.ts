// Starts the real app with its own data folder and makes sure that it is gone afterwards.
import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test as base, type ElectronApplication, type Page } from '@playwright/test'
import { _electron } from 'playwright'

export interface LatentApp {
  readonly electron: ElectronApplication
  readonly page: Page
  /** What the renderer logged as errors. */
  readonly errors: string[]
}

const repository = join(import.meta.dirname, '..')

/** Switches for a test machine: root has no sandbox, and WebGL runs in software. */
const switches = process.getuid?.() === 0 ? ['--no-sandbox'] : []

export async function launch(dataFolder: string, ...args: string[]): Promise<LatentApp> {
  const executablePath = process.env.LATENT_ELECTRON
  if (executablePath === undefined) throw new Error('Run the e2e tests with npm test -- e2e.')
  const electron = await _electron.launch({
    executablePath,
    args: [...switches, repository, ...args],
    env: { ...definedEnv(), LATENT_DATA_DIR: dataFolder },
  })
  const page = await electron.firstWindow()
  const errors: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text())
  })
  page.on('pageerror', (error) => errors.push(error.message))
  await page.waitForLoadState('domcontentloaded')
  return { electron, page, errors }
}

function definedEnv(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value]],
    ),
  )
}

/** What the first app measured of this machine serves the others: one measurement is enough. */
const measured = join(tmpdir(), `latent-e2e-tuning-${process.ppid}.json`)

interface Fixtures {
  /** A folder for this test alone, removed after it. */
  readonly folder: string
  /** Starts an app on this test's data; it is closed after the test. */
  readonly start: (...args: string[]) => Promise<LatentApp>
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
  start: async ({ folder }, use) => {
    const apps: LatentApp[] = []
    const data = join(folder, 'data')
    await use(async (...args) => {
      await mkdir(data, { recursive: true })
      await copyFile(measured, join(data, 'tuning.json')).catch(() => {})
      const app = await launch(data, ...args)
      apps.push(app)
      return app
    })
    for (const { electron } of apps) {
      const child = electron.process()
      await copyFile(join(data, 'tuning.json'), measured).catch(() => {})
      await Promise.race([electron.close(), new Promise((done) => setTimeout(done, 8_000))])
      if (child.exitCode === null) child.kill('SIGKILL')
    }
  },
})
