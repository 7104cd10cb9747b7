// What the window may ask about models: which there are, which is used, bringing and having others.
import { type BrowserWindow, dialog, type OpenDialogOptions } from 'electron'
import { fail, ok, type Result } from '../../preload/contract/errors.ts'
import type { ModelsOverview } from '../../preload/contract/models.ts'
import type { CurrentModel } from '../app/current-model.ts'
import type { Workspace } from '../app/workspace.ts'
import { forDisplay } from '../engine/os-path.ts'
import type { Inspectors } from '../inspect/inspectors.ts'
import { walk } from '../library/walk.ts'
import { catalogue, downloadableEntry, isDownloadable } from '../models/catalogue.ts'
import type { Downloads } from '../models/downloads.ts'
import type { ImportOptions } from '../models/import-model.ts'
import { findModel } from '../models/installed.ts'
import type { ModelTrials, TrialPhoto } from '../models/model-trials.ts'
import { catalogueModels, installedModels, leftResults } from '../models/overview.ts'
import type { Quantisation } from '../models/quantisation.ts'
import { removeModel } from '../models/remove-model.ts'
import { verifyModel } from '../models/verify-model.ts'
import { joinOsPath } from '../store/scan-writes.ts'
import type { Handlers, ModelsRequestName } from './handle.ts'

export interface ModelsServices {
  readonly current: CurrentModel
  readonly workspace: Workspace
  readonly inspectors: Inspectors
  readonly trials: ModelTrials
  readonly downloads: Downloads
  readonly quantisation: Quantisation
  /** Folders of the models, and how to try one. */
  readonly importOptions: (signal: AbortSignal) => ImportOptions
  /** Where the catalogue's files come from. */
  readonly host: string
  readonly window: () => BrowserWindow | undefined
  /** Models came or went. */
  readonly onChange: () => void
}

/** Enough to choose from. */
const mostPhotos = 2_000
const walkMs = 5_000

const modelFiles = { name: 'Models', extensions: ['onnx', 'tflite'] }
const textFiles = { name: 'Text network and tokenizer', extensions: ['onnx', 'json'] }
const labelFiles = { name: 'Lists of names', extensions: ['txt', 'csv', 'tsv', 'names', 'labels'] }

export function modelsHandlers(services: ModelsServices): Pick<Handlers, ModelsRequestName> {
  const { current, workspace, inspectors, trials, downloads, quantisation, onChange } = services
  const never = new AbortController().signal
  const folders = services.importOptions(never)

  return {
    'models:overview': async () => ok(await overview(services, folders)),
    'models:use': ({ id }) => current.use(id),
    'models:verify': async ({ id }) => {
      const model = await findModel(folders, id)
      if (!model.ok) return model
      const outcome = await verifyModel(model.value, services.importOptions(never))
      return ok(
        outcome.ok
          ? { ok: true, reason: '', msPerPhoto: outcome.value.msPerPhoto }
          : { ok: false, reason: outcome.reason, msPerPhoto: 0 },
      )
    },
    'models:remove': async ({ id }) => {
      if (id === current.model.card.id || id === current.tryingId) {
        return fail('refused', 'This model is in use.', 'Use another one, then remove it.')
      }
      inspectors.forget(id)
      const removed = await removeModel(folders, id)
      if (removed.ok) await current.forget(id)
      onChange()
      return removed
    },
    'models:remove-results': async ({ id }) => {
      const library = workspace.current
      if (library === undefined) return fail('not-found', 'No library is open.', 'Open a folder.')
      if (id === library.modelId) {
        return fail('refused', 'These results are shown now.', 'Use another model first.')
      }
      await library.removeResults(id)
      onChange()
      return ok(undefined)
    },
    'models:agreement': async ({ id }) => {
      const library = workspace.current
      if (library === undefined) return fail('not-found', 'No library is open.', 'Open a folder.')
      const other = await findModel(folders, id)
      return other.ok ? ok(await library.judgement.agreementWith(other.value)) : other
    },
    'models:pick': async () => {
      const path = await pickFile(services, {
        title: 'Choose a model',
        filters: [modelFiles, { name: 'All files', extensions: ['*'] }],
      })
      return ok(path === undefined ? null : await trials.open(path))
    },
    'models:try-path': async ({ path }) => ok(await trials.open(path)),
    'models:try-again': async ({ trialId, told, photoId }) => {
      const photo = photoId === undefined ? ok(undefined) : await photoOf(workspace, photoId)
      return photo.ok ? trials.again(trialId, told, photo.value) : photo
    },
    'models:pick-labels': async ({ trialId }) => {
      const path = await pickFile(services, {
        title: 'Choose a list of names, a line each',
        filters: [labelFiles, { name: 'All files', extensions: ['*'] }],
      })
      return path === undefined ? ok(null) : trials.takeLabels(trialId, path)
    },
    'models:pick-text': async ({ trialId }) => {
      const paths = await pickFiles(services, {
        title: 'Choose the text network and its tokenizer.json',
        filters: [textFiles, { name: 'All files', extensions: ['*'] }],
        properties: ['openFile', 'multiSelections'],
      })
      return paths.length === 0 ? ok(null) : trials.takeText(trialId, paths)
    },
    'models:drop-labels': ({ trialId }) => trials.dropLabels(trialId),
    'models:install': async ({ trialId, ...names }) => {
      const installed = await trials.install(trialId, names)
      onChange()
      return installed.ok ? ok(installed.value.id) : installed
    },
    'models:quantise': async ({ id, photos }) => {
      const model = await findModel(folders, id)
      if (!model.ok) return model
      const paths =
        photos === 'library' ? await libraryPaths(workspace) : await pickPhotos(services)
      return paths === undefined ? ok(undefined) : quantisation.start(model.value, paths)
    },
    'models:quantise-stop': async () => ok(await quantisation.stop()),
    'models:quantise-keep': async () => {
      const kept = await quantisation.keep()
      onChange()
      return kept
    },
    'models:quantise-discard': async () => ok(await quantisation.discard()),
    // Before its first answer a trial has no name that the window knows.
    'models:discard': async ({ trialId }) => ok(await trials.discard(trialId || undefined)),
    'models:download': ({ id }) => {
      const entry = downloadableEntry(id)
      return entry === undefined ? unknown(id) : ok(downloads.start(entry))
    },
    'models:pause-download': async ({ id }) => ok(await downloads.pause(id)),
    'models:cancel-download': async ({ id }) => {
      const entry = downloadableEntry(id)
      return entry === undefined ? unknown(id) : ok(await downloads.cancel(entry))
    },
  }
}

async function overview(
  { current, workspace, downloads, quantisation, host }: ModelsServices,
  folders: ImportOptions,
): Promise<ModelsOverview> {
  const results = (await workspace.current?.storedResults()) ?? []
  const installed = await installedModels(folders, results)
  const ids = installed.map(({ id }) => id)
  const entries = catalogue.filter(isDownloadable)
  return {
    currentId: current.model.card.id,
    beforeId: current.beforeId,
    tryingId: current.tryingId,
    givenUp: current.givenUp,
    installed,
    catalogue: await catalogueModels(entries, ids, host, (entry) => downloads.stateOf(entry)),
    leftResults: leftResults(results, ids),
    quantisation: quantisation.status,
  }
}

async function photoOf(workspace: Workspace, photoId: number): Promise<Result<TrialPhoto>> {
  const photo = await workspace.current?.photos.photo(photoId)
  if (photo === undefined) return fail('not-found', 'This photo is no longer in the library.')
  return ok({ name: photo.name, path: forDisplay(photo.path) })
}

/** Photos of the open library that are not known to be unreadable, from the oldest to the newest. */
async function libraryPaths({ current }: Workspace): Promise<readonly string[]> {
  const everything = {
    text: '',
    labels: [],
    minProbability: 0,
    statuses: ['ok' as const, 'pending' as const],
    truth: null,
  }
  const list = await current?.query(everything, { by: 'date', descending: false })
  const ids = [...(list?.ids ?? [])]
  const step = Math.max(1, Math.floor(ids.length / mostPhotos))
  const paths = await current?.photos.pathsOf(ids.filter((_, i) => i % step === 0))
  return (paths ?? []).filter((path) => typeof path === 'string')
}

/** Undefined when the dialog was dismissed. */
async function pickPhotos(services: ModelsServices): Promise<readonly string[] | undefined> {
  const [folder] = await pickFiles(services, {
    title: 'Choose a folder of photos',
    properties: ['openDirectory'],
  })
  if (folder === undefined) return undefined
  const root = Buffer.from(folder)
  const paths: string[] = []
  const signal = AbortSignal.timeout(walkMs)
  try {
    for await (const { rel } of walk(root, { onUnread: () => {} }, signal)) {
      const path = joinOsPath(root, rel)
      if (typeof path === 'string') paths.push(path)
    }
  } catch (error) {
    // What was found by then is more than enough.
    if (!signal.aborted) throw error
  }
  return paths
}

async function pickFile(
  services: ModelsServices,
  options: OpenDialogOptions,
): Promise<string | undefined> {
  return (await pickFiles(services, { ...options, properties: ['openFile'] }))[0]
}

async function pickFiles(
  { window }: ModelsServices,
  options: OpenDialogOptions,
): Promise<readonly string[]> {
  const parent = window()
  const choice = await (parent === undefined
    ? dialog.showOpenDialog(options)
    : dialog.showOpenDialog(parent, options))
  return choice.canceled ? [] : choice.filePaths
}

const unknown = (id: string): Result<never> =>
  fail('not-found', `The catalogue has no model called ${id}.`)
