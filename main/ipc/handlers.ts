// Which service answers which request.
import { stat } from 'node:fs/promises'
import { app, type BrowserWindow, clipboard, dialog, shell } from 'electron'
import type { PhotoFilter, PhotoList, PhotoSort } from '../../preload/contract/domain.ts'
import { fail, ok, type Result } from '../../preload/contract/errors.ts'
import type { CurrentModel } from '../app/current-model.ts'
import { descriptionVector } from '../app/description-vector.ts'
import { firstInEachFolder, mostWindowsUnasked } from '../app/folders-to-reveal.ts'
import type { RecentLibraries } from '../app/recent-libraries.ts'
import { runtimeName } from '../app/runtime.ts'
import type { SettingsStore } from '../app/settings.ts'
import { restartInSoftware } from '../app/software-drawing.ts'
import type { Workspace } from '../app/workspace.ts'
import type { Cloud } from '../cloud/cloud.ts'
import { describedPhotos } from '../cloud/described-photos.ts'
import { forDisplay } from '../engine/os-path.ts'
import { CallError } from '../inspect/calls.ts'
import type { IndexJob } from '../library/index-job.ts'
import type { Library } from '../library/library.ts'
import { pairAt } from '../models/pair-files.ts'
import type { TextEncoder } from '../text/text-encoder.ts'
import { answered } from './answered.ts'
import { defined } from './defined.ts'
import type {
  ActivationAtlasRequestName,
  CloudRequestName,
  Handlers,
  InspectorRequestName,
  LabelsRequestName,
  ModelsRequestName,
  ProviderRequestName,
  TruthRequestName,
} from './handle.ts'

export interface Services {
  readonly workspace: Workspace
  readonly current: CurrentModel
  readonly cloud: Cloud
  readonly texts: TextEncoder
  readonly settings: SettingsStore
  readonly recent: RecentLibraries
  readonly window: () => BrowserWindow | undefined
}

export function requestHandlers(
  services: Services,
): Omit<
  Handlers,
  | ActivationAtlasRequestName
  | CloudRequestName
  | InspectorRequestName
  | LabelsRequestName
  | ModelsRequestName
  | ProviderRequestName
  | TruthRequestName
> {
  const { workspace, current, cloud, texts, settings, recent, window } = services

  const withLibrary = async <T>(work: (library: Library) => Promise<T> | T): Promise<Result<T>> => {
    const library = workspace.current
    if (library === undefined) return fail('not-found', 'No library is open.', 'Open a folder.')
    return ok(await work(library))
  }
  const withJob = (id: string, work: (job: IndexJob) => void): Result<void> => {
    const job = workspace.current?.job(id)
    if (job === undefined) return fail('not-found', 'This job is no longer there.')
    work(job)
    return ok(undefined)
  }

  const describe = async (
    text: string,
    filter: PhotoFilter,
    sort: PhotoSort,
  ): Promise<PhotoList> => {
    const library = workspace.current
    if (library === undefined) throw new CallError('not-found', 'No library is open.')
    const vector = await descriptionVector(current.model, texts, text)
    const { search } = cloud
    return describedPhotos(library, search, vector, filter, sort)
  }

  return {
    'app:info': () =>
      ok({ version: app.getVersion(), platform: process.platform, runtime: runtimeName() }),
    'app:restart-in-software': () => ok(restartInSoftware()),
    'settings:get': () => ok(settings.get()),
    'settings:set': async (change) => {
      const before = settings.get().provider
      const after = await settings.set(defined(change))
      if (after.provider !== before) current.engine.preferenceChanged()
      return ok(after)
    },
    'engine:status': () => ok(current.engine.status),

    'library:pick': async () => {
      const parent = window()
      const options = { properties: ['openDirectory' as const], title: 'Open a folder of photos' }
      const choice = await (parent === undefined
        ? dialog.showOpenDialog(options)
        : dialog.showOpenDialog(parent, options))
      const [folder] = choice.filePaths
      return choice.canceled || folder === undefined ? ok(null) : workspace.open(folder)
    },
    'library:open-path': ({ path }) => workspace.open(path),
    'library:open-recent': async ({ id }) => {
      const entry = (await recent.list()).find((candidate) => candidate.id === id)
      return entry === undefined
        ? fail('not-found', 'This library is no longer in the list.')
        : workspace.open(entry.location)
    },
    'library:forget-recent': async ({ id }) => {
      await recent.forget(id)
      return ok(await recent.list())
    },
    'library:recent': async () => ok(await recent.list()),
    'library:current': async () => ok((await workspace.current?.summary()) ?? null),
    'library:rescan': () => withLibrary((library) => library.rescan()),
    'library:close': async () => ok(await workspace.close()),

    'photos:query': ({ filter, sort }) => {
      const described = filter.described?.trim() ?? ''
      return described === ''
        ? withLibrary((library) => library.query(filter, sort))
        : answered(describe(described, filter, sort))
    },
    'photos:rows': ({ ids }) => withLibrary((library) => library.photos.rows(ids)),
    'photos:detail': async ({ id }) => {
      const detail = await workspace.current?.photos.detail(id)
      return detail === undefined ? fail('not-found', 'This photo is no longer there.') : ok(detail)
    },
    'photos:label-counts': ({ filter }) =>
      withLibrary((library) => library.photos.labelCounts(filter)),
    'photos:problems': () => withLibrary((library) => library.photos.problems()),
    'photos:reveal': async ({ ids, sure }) => {
      const paths = (await workspace.current?.photos.pathsOf(ids)) ?? []
      if (paths.length === 0) return fail('not-found', 'This photo is no longer there.')
      const shown = firstInEachFolder(paths.map(forDisplay))
      const opened = sure || shown.length <= mostWindowsUnasked
      if (opened) for (const path of shown) shell.showItemInFolder(path)
      return ok({ folderCount: shown.length, opened })
    },
    'photos:copy-paths': async ({ ids }) => {
      const paths = (await workspace.current?.photos.pathsOf(ids)) ?? []
      if (paths.length === 0) return fail('not-found', 'This photo is no longer there.')
      clipboard.writeText(paths.map(forDisplay).join('\n'))
      return ok(undefined)
    },
    'photos:retry': ({ ids }) => withLibrary((library) => library.retry(ids)),

    'jobs:list': () => ok(workspace.current?.jobList() ?? []),
    'jobs:pause': ({ id }) => withJob(id, (job) => job.pause()),
    'jobs:resume': ({ id }) => withJob(id, (job) => job.resume()),
    'jobs:cancel': ({ id }) => withJob(id, (job) => job.cancel()),

    'inspect:path': ({ path }) => workspace.inspect({ kind: 'file', path }),
    'inspect:bytes': ({ name, bytes }) => workspace.inspect({ kind: 'bytes', name, bytes }),
    'inspect:add': ({ id }) => workspace.addInspected(id),
    'inspect:kind': async ({ path }) => {
      const stats = await stat(path).catch(() => undefined)
      if (stats?.isDirectory()) return ok((await pairAt(path)) === undefined ? 'folder' : 'model')
      if (!stats?.isFile()) return ok('other')
      return ok(/\.(onnx|tflite)$/i.test(path) ? 'model' : 'file')
    },
  }
}
