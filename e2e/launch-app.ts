// Starts the real app's window under Playwright's control.
import type { ChildProcess } from 'node:child_process'
import type { ElectronApplication, Page } from '@playwright/test'
import { _electron } from 'playwright'
import { environment, executable, rootSwitches } from './electron-process.ts'

export interface LatentApp {
  readonly electron: ElectronApplication
  readonly page: Page
  readonly child: ChildProcess
  /** What the renderer logged as errors. */
  readonly errors: string[]
}

/** @param appFolder the checkout, built */
export async function launch(
  appFolder: string,
  dataFolder: string,
  ...args: readonly string[]
): Promise<LatentApp> {
  const electron = await _electron.launch({
    executablePath: executable(),
    args: [...rootSwitches, appFolder, ...args],
    env: environment(dataFolder),
  })
  const page = await electron.firstWindow()
  const errors: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text())
  })
  page.on('pageerror', (error) => errors.push(error.message))
  await page.locator('.shell').waitFor()
  return { electron, page, child: electron.process(), errors }
}

/** Asks it to close, and ends it when it does not. Does nothing the second time. */
export async function close({ electron, child }: LatentApp): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  await Promise.race([electron.close(), new Promise((done) => setTimeout(done, 8_000))])
  if (child.exitCode === null) child.kill('SIGKILL')
}
