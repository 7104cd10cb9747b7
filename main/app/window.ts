// The one window: where it was, how it looks while it loads, and what it may do.
import { BrowserWindow, nativeTheme, screen } from 'electron'
import { z } from 'zod'
import { appOrigin } from './app-protocol.ts'
import type { JsonFile } from './json-file.ts'

export const windowState = z.object({
  x: z.int().exactOptional(),
  y: z.int().exactOptional(),
  width: z.int(),
  height: z.int(),
  maximised: z.boolean(),
})
export type WindowState = z.infer<typeof windowState>
export const firstWindowState: WindowState = { width: 1280, height: 800, maximised: false }

export async function openWindow(
  preload: string,
  file: JsonFile<WindowState>,
): Promise<BrowserWindow> {
  const { maximised, ...bounds } = onSomeScreen(await file.read())
  const window = new BrowserWindow({
    ...bounds,
    minWidth: 720,
    minHeight: 480,
    show: false,
    title: 'Latent',
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#121212' : '#f6f5f3',
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      spellcheck: false,
    },
  })
  if (maximised) window.maximize()
  window.once('ready-to-show', () => window.show())
  let written = false
  window.on('close', (event) => {
    if (written) return
    // The program ends with its window, and would not wait for a file that is being written.
    event.preventDefault()
    const { x, y, width, height } = window.getNormalBounds()
    const maximised = window.isMaximized()
    window.hide()
    const close = (): void => {
      written = true
      window.close()
    }
    // Where it cannot be written, the next window opens where the first one did.
    void file.write({ x, y, width, height, maximised }).then(close, close)
  })
  await window.loadURL(`${appOrigin}/index.html`)
  return window
}

/** A window remembered on a screen that is gone would open out of sight. */
function onSomeScreen(state: WindowState): WindowState {
  const { x, y, ...rest } = state
  if (x === undefined || y === undefined) return rest
  const visible = screen.getAllDisplays().some(({ workArea }) => {
    const right = workArea.x + workArea.width
    const bottom = workArea.y + workArea.height
    return x + 80 > workArea.x && x + 80 < right && y >= workArea.y && y + 40 < bottom
  })
  return visible ? state : rest
}
