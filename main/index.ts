// Composition root: creates the services, wires them, opens the window or runs a command.
import { mkdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { app, BrowserWindow, dialog } from 'electron'
import { ActivationAtlases } from './activation-atlas/activation-atlases.ts'
import { declareAppScheme, serveApp } from './app/app-protocol.ts'
import { forkAsUtility } from './app/fork-utility.ts'
import { runHeadless } from './app/headless/run.ts'
import { JsonFile } from './app/json-file.ts'
import { installMenu } from './app/menu.ts'
import { places } from './app/places.ts'
import { RecentLibraries } from './app/recent-libraries.ts'
import { forbidNetwork, lockContents, lockSession } from './app/security.ts'
import { SettingsStore } from './app/settings.ts'
import { firstWindowState, openWindow, windowState } from './app/window.ts'
import { Workspace } from './app/workspace.ts'
import { Atlas } from './atlas/atlas.ts'
import { Cloud } from './cloud/cloud.ts'
import { EngineHost } from './engine/host.ts'
import { TuningCache } from './engine/tuning-cache.ts'
import { Dreams } from './inspect/dreams.ts'
import { Inspector } from './inspect/inspector.ts'
import { activationAtlasHandlers } from './ipc/activation-atlas-handlers.ts'
import { cloudHandlers } from './ipc/cloud-handlers.ts'
import { WindowEvents } from './ipc/events.ts'
import { handleRequests } from './ipc/handle.ts'
import { requestHandlers } from './ipc/handlers.ts'
import { inspectorHandlers } from './ipc/inspector-handlers.ts'
import { defaultModelId } from './models/catalogue.ts'
import { findModel, sentenceOf } from './models/installed.ts'

forbidNetwork()
declareAppScheme()
lockContents()

const headlessAt = process.argv.indexOf('--headless')
// Tests and portable set-ups keep their data apart.
const dataFolder = process.env.LATENT_DATA_DIR
if (dataFolder !== undefined) {
  mkdirSync(dataFolder, { recursive: true })
  app.setPath('userData', resolve(dataFolder))
}

if (headlessAt >= 0) {
  void app.whenReady().then(async () => {
    lockSession()
    leave(await runHeadless(process.argv.slice(headlessAt + 1), places()))
  })
} else if (app.requestSingleInstanceLock({ folder: folderArgument(process.argv) })) {
  void app
    .whenReady()
    .then(openApp)
    .catch((error: unknown) => {
      const message = error instanceof Error ? error.message : String(error)
      dialog.showErrorBox('Latent cannot start', message)
      app.exit(1)
    })
} else {
  app.quit()
}

async function openApp(): Promise<void> {
  lockSession()
  const at = places()
  const settings = new SettingsStore(at.settingsFile)
  await settings.load()
  const model = await findModel(at, defaultModelId)
  if (!model.ok) throw new Error(sentenceOf(model.error))
  const window = (): BrowserWindow | undefined => BrowserWindow.getAllWindows()[0]
  const events = new WindowEvents(window)
  const engine = new EngineHost({
    fork: forkAsUtility(at.engineEntry, 'Latent engine'),
    model: model.value.spec,
    modelName: model.value.card.name,
    tunings: new TuningCache(at.tuningFile, app.getVersion()),
    onlyProviders: [],
    onStatus: (status) => events.send('engine:changed', status),
  })
  const recent = new RecentLibraries(at.recentFile)
  const workspace = new Workspace({
    engine,
    model: model.value,
    storeWorker: at.storeWorker,
    librariesFolder: at.librariesFolder,
    recent,
    send: events.send,
    onPhotos: (analysed) => {
      cloud.libraryChanged(analysed)
      atlases.libraryChanged()
    },
  })
  const atlas = new Atlas(forkAsUtility(at.atlasEntry, 'Latent atlas'))
  const cloud = new Cloud({
    atlas,
    library: () => workspace.current,
    onStatus: (status) => events.send('cloud:changed', status),
  })
  const inspector = new Inspector({
    fork: forkAsUtility(at.inspectEntry, 'Latent inspector'),
    spec: model.value.network,
    modelName: model.value.card.name,
    labels: model.value.labels,
    onProgress: (progress) => events.send('inspector:progress', progress),
  })
  const dreams = new Dreams({
    worker: inspector.background,
    folder: at.dreamsFolder,
    modelSha256: model.value.card.float.sha256,
    onChange: (dream) => events.send('dream:changed', dream),
  })
  const atlases = new ActivationAtlases({
    atlas,
    worker: inspector.background,
    model: model.value,
    library: () => workspace.current,
    onStatus: (status) => events.send('activation-atlas:changed', status),
    onDream: (dream) => events.send('activation-atlas:dream', dream),
  })
  serveApp(at.rendererFolder, { workspace, engine, inspector, dreams, atlases })
  const inspecting = { inspector, dreams, cloud, workspace, network: model.value.network, window }
  handleRequests({
    ...requestHandlers({ workspace, engine, settings, recent, window }),
    ...inspectorHandlers(inspecting),
    ...cloudHandlers({ cloud, workspace }),
    ...activationAtlasHandlers(atlases),
  })
  installMenu((command) => events.send('menu:command', command))

  const openFolder = async (folder: string): Promise<void> => {
    const result = await workspace.open(folder)
    if (!result.ok) events.send('app:failure', result.error)
  }
  app.on('second-instance', (_event, _argv, _cwd, data) => {
    if (window()?.isMinimized()) window()?.restore()
    window()?.focus()
    const { folder } = data as { folder?: string }
    if (folder !== undefined) void openFolder(folder)
  })
  app.on('window-all-closed', () => app.quit())
  let closed = false
  app.on('will-quit', (event) => {
    if (closed) return
    event.preventDefault()
    void workspace.close().finally(async () => {
      closed = true
      atlases.dispose()
      await cloud.dispose()
      engine.dispose()
      inspector.dispose()
      // Asked for while Electron is still in the event that was held up, quitting is forgotten.
      setImmediate(() => app.quit())
    })
  })

  await openWindow(at.preload, new JsonFile(at.windowFile, windowState, firstWindowState))
  const folder = folderArgument(process.argv)
  if (folder !== undefined) await openFolder(folder)
}

/**
 * Ends a command. Electron's own exit now and then waits for ever when it comes within moments of
 * the start, and nothing is left to save here: results were written synchronously.
 */
function leave(code: number): void {
  const { reallyExit } = process as unknown as { reallyExit: (code: number) => never }
  reallyExit.call(process, code)
}

/** The first argument that is no switch; in development the app's own folder comes before it. */
function folderArgument(argv: readonly string[]): string | undefined {
  const positional = argv.slice(1).filter((argument) => !argument.startsWith('-'))
  const folder = positional[app.isPackaged ? 0 : 1]
  return folder === undefined ? undefined : resolve(folder)
}
