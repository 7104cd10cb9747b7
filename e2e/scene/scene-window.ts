// A bare Electron window that holds nothing but the Cloud's scene: the real runtime without the app.
import { copyFile, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { _electron } from 'playwright'
import { build } from 'vite'
import { executable, rootSwitches } from '../electron-process.ts'

export interface SceneWindow {
  readonly page: Page
  /** What the page logged as errors. */
  readonly errors: string[]
  readonly close: () => Promise<void>
}

const mainOf = (
  widthPx: number,
  heightPx: number,
): string => `const { app, BrowserWindow } = require('electron')
app.whenReady().then(() => {
  const window = new BrowserWindow({
    useContentSize: true, width: ${widthPx}, height: ${heightPx}, frame: false, x: 0, y: 0,
    webPreferences: { backgroundThrottling: false },
  })
  window.loadFile('index.html')
})
app.on('window-all-closed', () => app.quit())
`
const html = `<!doctype html><meta charset="utf-8"><title>Scene</title>
<style>html,body{margin:0;height:100%;overflow:hidden;background:#000}canvas{display:block}</style>
<body><canvas></canvas><script src="page.js"></script></body>`

/**
 * @param project the checkout
 * @param scratch an empty folder
 */
export async function openSceneWindow(
  project: string,
  scratch: string,
  { widthPx, heightPx }: { readonly widthPx: number; readonly heightPx: number },
): Promise<SceneWindow> {
  await mkdir(scratch, { recursive: true })
  await build({
    configFile: false,
    logLevel: 'error',
    root: project,
    build: {
      outDir: join(scratch, 'built'),
      minify: false,
      target: 'chrome130',
      lib: {
        entry: join(project, 'e2e/scene/page/scene-stage.ts'),
        formats: ['iife'],
        name: 'page',
        fileName: () => 'page.js',
      },
    },
  })
  await copyFile(join(scratch, 'built', 'page.js'), join(scratch, 'page.js'))
  await writeFile(join(scratch, 'package.json'), '{"name":"scene","main":"main.cjs"}')
  await writeFile(join(scratch, 'main.cjs'), mainOf(widthPx, heightPx))
  await writeFile(join(scratch, 'index.html'), html)
  const electron = await _electron.launch({
    executablePath: executable(),
    args: [...rootSwitches, `--user-data-dir=${join(scratch, 'data')}`, scratch],
  })
  const page = await electron.firstWindow()
  const errors: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text())
  })
  page.on('pageerror', (error) => errors.push(error.message))
  await page.waitForLoadState('load')
  return { page, errors, close: () => electron.close() }
}
