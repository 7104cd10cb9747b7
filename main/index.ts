// Composition root: creates the services, wires them, opens the window or runs a command.
import { mkdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { app, BrowserWindow, dialog } from 'electron'
import { ok, type Result } from '../preload/contract/errors.ts'
import { ActivationAtlases } from './activation-atlas/activation-atlases.ts'
import { declareAppScheme, serveApp } from './app/app-protocol.ts'
import { cudaHere } from './app/cuda-here.ts'
import { CurrentModel, modelChoice } from './app/current-model.ts'
import { forkAsUtility } from './app/fork-utility.ts'
import { runHeadless } from './app/headless/run.ts'
import { JsonFile } from './app/json-file.ts'
import { installMenu } from './app/menu.ts'
import { modelTrialOptions } from './app/model-trial-options.ts'
import { places } from './app/places.ts'
import { chooseByTrial, forkProviderTrial, tuningCache } from './app/provider-choice.ts'
import { RecentLibraries } from './app/recent-libraries.ts'
import { forbidNetwork, lockContents, lockSession } from './app/security.ts'
import { SettingsStore } from './app/settings.ts'
import { allowSoftwareDrawing } from './app/software-drawing.ts'
import { firstWindowState, openWindow, windowState } from './app/window.ts'
import { Workspace } from './app/workspace.ts'
import { Atlas } from './atlas/atlas.ts'
import { Cloud } from './cloud/cloud.ts'
import { EngineHost } from './engine/host.ts'
import { downloadLimits, writeFileAt } from './fetch/download-file.ts'
import { freeBytes } from './fetch/free-bytes.ts'
import { Dreams } from './inspect/dreams.ts'
import { Inspector } from './inspect/inspector.ts'
import { Inspectors } from './inspect/inspectors.ts'
import { activationAtlasHandlers } from './ipc/activation-atlas-handlers.ts'
import { cloudHandlers } from './ipc/cloud-handlers.ts'
import { WindowEvents } from './ipc/events.ts'
import { handleRequests } from './ipc/handle.ts'
import { requestHandlers } from './ipc/handlers.ts'
import { inspectorHandlers } from './ipc/inspector-handlers.ts'
import { labelsHandlers } from './ipc/labels-handlers.ts'
import { modelsHandlers } from './ipc/models-handlers.ts'
import { providerHandlers } from './ipc/provider-handlers.ts'
import { truthHandlers } from './ipc/truth-handlers.ts'
import { catalogueUrl, defaultModelId } from './models/catalogue.ts'
import { catalogueAddress } from './models/catalogue-address.ts'
import { Downloads } from './models/downloads.ts'
import { installFile } from './models/install-file.ts'
import { findModel, type InstalledModel } from './models/installed.ts'
import { ModelTrials } from './models/model-trials.ts'
import { Quantisation } from './models/quantisation.ts'
import { TextEncoder } from './text/text-encoder.ts'

forbidNetwork()
allowSoftwareDrawing()
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
  const window = (): BrowserWindow | undefined => BrowserWindow.getAllWindows()[0]
  const events = new WindowEvents(window)
  const modelsChanged = (): void => events.send('models:changed', undefined)
  const cuda = await cudaHere(at, (status) => events.send('providers:cuda-changed', status))
  const runtimeEnvironment = () => cuda?.environment ?? {}
  const tunings = tuningCache(at, runtimeEnvironment)
  const current = await CurrentModel.open({
    choice: new JsonFile(at.modelChoiceFile, modelChoice, {
      modelId: defaultModelId,
      beforeId: null,
    }),
    defaultId: defaultModelId,
    find: (id) => findModel(at, id),
    startEngine: ({ spec, card }, onStatus) =>
      new EngineHost({
        fork: forkAsUtility(at.engineEntry, 'Latent engine', runtimeEnvironment),
        model: spec,
        modelName: card.name,
        tunings,
        onlyProviders: [],
        preferredProvider: () => settings.get().provider,
        choose: chooseByTrial(at, runtimeEnvironment),
        keptGraphs: at.graphsFolder,
        onStatus,
      }),
    user: () => workspace,
    onStatus: (status) => events.send('engine:changed', status),
    onChange: modelsChanged,
  })
  const importOptions = (signal: AbortSignal) => modelTrialOptions(at, signal)
  const trials = new ModelTrials(importOptions)
  const catalogueFile = (path: string): URL =>
    catalogueAddress(path, catalogueUrl, process.env.LATENT_MODELS_URL)
  const downloads = new Downloads({
    folder: at.downloadsFolder,
    address: catalogueFile,
    freeBytes,
    write: writeFileAt,
    limits: downloadLimits,
    install: (path, entry, signal) => installFile(path, entry, importOptions(signal)),
    onChange: modelsChanged,
    onFailure: (failure) => events.send('app:failure', failure),
  })
  const quantisation = new Quantisation({
    fork: forkAsUtility(at.quantiseEntry, 'Latent quantiser'),
    userModelsFolder: at.userModelsFolder,
    onChange: modelsChanged,
  })
  const recent = new RecentLibraries(at.recentFile)
  const workspace = new Workspace({
    current,
    atlas: () => atlas,
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
    onMorphing: (progress) => events.send('cloud:morphing', progress),
  })
  const texts = new TextEncoder(forkAsUtility(at.textEntry, 'Latent text'))
  const inspectors = new Inspectors(
    ({ network, card, labels }) =>
      new Inspector({
        fork: forkAsUtility(at.inspectEntry, 'Latent inspector'),
        spec: network,
        modelName: card.name,
        labels,
        onProgress: (progress) => events.send('inspector:progress', progress),
      }),
  )
  const dreams = new Dreams({
    folder: at.dreamsFolder,
    onChange: (dream) => events.send('dream:changed', dream),
  })
  const atlases = new ActivationAtlases({
    atlas,
    workerOf: (model) => inspectors.of(model).background,
    model: () => current.model,
    library: () => workspace.current,
    onStatus: (status) => events.send('activation-atlas:changed', status),
    onDream: (dream) => events.send('activation-atlas:dream', dream),
  })
  const { examplePath } = importOptions(new AbortController().signal)
  serveApp(at.rendererFolder, { workspace, current, inspectors, dreams, examplePath, atlases })
  const modelOf = async (id: string | undefined): Promise<Result<InstalledModel>> =>
    id === undefined || id === current.model.card.id ? ok(current.model) : findModel(at, id)
  handleRequests({
    ...requestHandlers({ workspace, current, cloud, texts, settings, recent, window }),
    ...labelsHandlers({
      ...{ current, texts, folders: at, onChange: modelsChanged },
      onProgress: (progress) => events.send('labels:progress', progress),
    }),
    ...inspectorHandlers({ inspectors, dreams, cloud, workspace, modelOf, window }),
    ...cloudHandlers({ cloud, workspace, current, texts, folders: at }),
    ...activationAtlasHandlers(atlases),
    ...modelsHandlers({
      ...{ current, workspace, inspectors, trials, downloads, quantisation, importOptions, window },
      host: catalogueFile('').host,
      onChange: modelsChanged,
    }),
    ...providerHandlers({
      engine: () => current.engine,
      cuda,
      fork: forkProviderTrial(at, runtimeEnvironment),
      modelOf,
    }),
    ...truthHandlers({ workspace, folders: at }),
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
    const ends = [
      workspace.close(),
      trials.discard(),
      downloads.dispose(),
      cuda?.pause(),
      quantisation.dispose(),
    ]
    void Promise.allSettled(ends).finally(async () => {
      closed = true
      atlases.dispose()
      await cloud.dispose()
      current.dispose()
      texts.dispose()
      inspectors.dispose()
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
