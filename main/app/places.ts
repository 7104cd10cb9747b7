// Where things lie on disk, in development and packaged.
import { join } from 'node:path'
import { app } from 'electron'

export interface Places {
  /** Compiled entries of child processes and threads. */
  readonly engineEntry: string
  readonly inspectEntry: string
  readonly modelTrialEntry: string
  readonly providerTrialEntry: string
  readonly quantiseEntry: string
  readonly atlasEntry: string
  readonly textEntry: string
  readonly storeWorker: URL
  readonly preload: string
  readonly rendererFolder: string
  /** Models that come with the program; read only. */
  readonly modelsFolder: string
  /** Models that the person brought. */
  readonly userModelsFolder: string
  /** Models on their way. */
  readonly downloadsFolder: string
  /** ONNX Runtime's CUDA libraries, a folder a version. */
  readonly onnxRuntimeFolder: string
  readonly librariesFolder: string
  readonly settingsFile: string
  readonly modelChoiceFile: string
  readonly windowFile: string
  readonly recentFile: string
  readonly tuningFile: string
  /** Graphs that ONNX Runtime made for this machine. */
  readonly graphsFolder: string
  readonly dreamsFolder: string
}

export function places(): Places {
  const data = app.getPath('userData')
  const out = (path: string): string => join(import.meta.dirname, path)
  return {
    engineEntry: out('engine.js'),
    inspectEntry: out('inspect.js'),
    modelTrialEntry: out('model-trial.js'),
    providerTrialEntry: out('provider-trial.js'),
    quantiseEntry: out('quantise.js'),
    atlasEntry: out('atlas.js'),
    textEntry: out('text.js'),
    storeWorker: new URL('./store-worker.js', import.meta.url),
    preload: out('../preload/index.cjs'),
    rendererFolder: out('../renderer'),
    modelsFolder: app.isPackaged
      ? join(process.resourcesPath, 'models')
      : out('../../models/installed'),
    userModelsFolder: join(data, 'models'),
    downloadsFolder: join(data, 'downloads'),
    onnxRuntimeFolder: join(data, 'onnxruntime'),
    librariesFolder: join(data, 'libraries'),
    settingsFile: join(data, 'settings.json'),
    modelChoiceFile: join(data, 'model.json'),
    windowFile: join(data, 'window.json'),
    recentFile: join(data, 'recent.json'),
    tuningFile: join(data, 'tuning.json'),
    graphsFolder: join(data, 'graphs'),
    dreamsFolder: join(data, 'dreams'),
  }
}
