// What no window of Latent may do: reach the network, navigate, open windows, ask for permissions.
import { app, type Session, session } from 'electron'
import { appOrigin } from './app-protocol.ts'

/**
 * Call before the app is ready: Chromium itself must not look anything up either. Node's own HTTP in
 * main is not held by this; `main/fetch` alone uses it, when a person asks for a model of the
 * catalogue, or for ONNX Runtime's CUDA libraries.
 */
export function forbidNetwork(): void {
  app.commandLine.appendSwitch('disable-background-networking')
  app.commandLine.appendSwitch('disable-component-update')
  app.commandLine.appendSwitch('disable-domain-reliability')
  app.commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND')
  app.commandLine.appendSwitch('disable-features', 'OptimizationHints,MediaRouter')
}

/** Schemes that stay inside the program. */
const localSchemes = ['app:', 'blob:', 'data:', 'devtools:']

export function lockSession(target: Session = session.defaultSession): void {
  target.setSpellCheckerEnabled(false)
  target.setPermissionRequestHandler((_contents, _permission, answer) => answer(false))
  target.setPermissionCheckHandler(() => false)
  target.setDevicePermissionHandler(() => false)
  target.on('will-download', (event) => event.preventDefault())
  target.webRequest.onBeforeRequest((details, answer) => {
    answer({ cancel: !localSchemes.includes(new URL(details.url).protocol) })
  })
}

export function lockContents(): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.setWindowOpenHandler(() => ({ action: 'deny' }))
    contents.on('will-attach-webview', (event) => event.preventDefault())
    contents.on('will-navigate', (event) => {
      if (!event.url.startsWith(`${appOrigin}/`)) event.preventDefault()
    })
  })
}
