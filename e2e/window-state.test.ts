import { type ElectronApplication, expect } from '@playwright/test'
import { test } from './launch.ts'
import { close } from './launch-app.ts'

const boundsOf = (electron: ElectronApplication) =>
  electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds())

test('the window comes back where it was and as large as it was', async ({ start }) => {
  const first = await start()
  const bounds = { x: 120, y: 90, width: 1004, height: 706 }
  await first.electron.evaluate(({ BrowserWindow }, wanted) => {
    BrowserWindow.getAllWindows()[0]?.setBounds(wanted)
  }, bounds)
  // The display takes its time.
  await expect.poll(() => boundsOf(first.electron)).toEqual(bounds)
  await close(first)
  const second = await start()
  expect(await boundsOf(second.electron)).toEqual(bounds)
})

test('a window that was left beyond every screen comes back in sight', async ({ start }) => {
  const first = await start()
  await first.electron.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.setBounds({ x: 20_000, y: 90, width: 900, height: 700 })
  })
  await close(first)
  const second = await start()
  const visible = await second.electron.evaluate(({ BrowserWindow, screen }) => {
    const bounds = BrowserWindow.getAllWindows()[0]?.getBounds() ?? { x: -1, y: -1 }
    const { workArea } = screen.getPrimaryDisplay()
    return bounds.x >= workArea.x && bounds.x < workArea.x + workArea.width
  })
  expect(visible).toBe(true)
})
