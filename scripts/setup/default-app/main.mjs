// Stands in for Electron's own `default_app.asar` in the fallback runtime: loads the app folder
// named on the command line, under that app's name. It runs inside Electron, never in Node.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { app, dialog } from 'electron'

const require = createRequire(import.meta.url)
const args = process.argv.slice(1)
let folder
while (args.length > 0 && folder === undefined) {
  const arg = args.shift() ?? ''
  // Test drivers preload a module into the main process this way.
  if (arg === '-r' || arg === '--require') require(resolve(args.shift() ?? ''))
  else if (!arg.startsWith('-')) folder = resolve(arg)
}

if (folder === undefined) {
  console.error('Expected an app folder on the command line but received none')
  app.exit(2)
} else {
  Object.defineProperty(process, 'defaultApp', { value: true, enumerable: true })
  try {
    const manifest = JSON.parse(readFileSync(resolve(folder, 'package.json'), 'utf8'))
    if (manifest.version) app.setVersion(manifest.version)
    app.setName(manifest.productName ?? manifest.name ?? app.name)
    app.setDesktopName(manifest.desktopName ?? `${app.name}.desktop`)
    app.setAppPath(folder)
    await import(pathToFileURL(resolve(folder, manifest.main ?? 'index.js')).href)
  } catch (error) {
    console.error(error)
    if (process.env.DISPLAY || process.env.WAYLAND_DISPLAY) {
      dialog.showErrorBox('Latent could not start', String(error?.stack ?? error))
    }
    app.exit(1)
  }
}
