// What the window may ask of the Inspector.
import { writeFile } from 'node:fs/promises'
import { type BrowserWindow, dialog } from 'electron'
import { fail, ok, type Result } from '../../preload/contract/errors.ts'
import type { ExportRequest } from '../../preload/contract/inspector-inputs.ts'
import type { Workspace } from '../app/workspace.ts'
import type { Cloud } from '../cloud/cloud.ts'
import { similarPhotos } from '../cloud/similar-photos.ts'
import { exportFile } from '../export/export-file.ts'
import type { Dreams } from '../inspect/dreams.ts'
import type { Inspectors } from '../inspect/inspectors.ts'
import type { InstalledModel } from '../models/installed.ts'
import { answered } from './answered.ts'
import type { Handlers, InspectorRequestName } from './handle.ts'

export interface InspectorServices {
  readonly inspectors: Inspectors
  readonly dreams: Dreams
  readonly cloud: Cloud
  readonly workspace: Workspace
  /** The model in use where none is named. */
  readonly modelOf: (modelId: string | undefined) => Promise<Result<InstalledModel>>
  readonly window: () => BrowserWindow | undefined
}

export function inspectorHandlers(
  services: InspectorServices,
): Pick<Handlers, InspectorRequestName> {
  const { inspectors, dreams, cloud, workspace, modelOf } = services

  /** Asks a network, by the model's name. */
  const asking = async <T>(
    modelId: string | undefined,
    ask: (model: InstalledModel) => Promise<T>,
  ): Promise<Result<T>> => {
    const model = await modelOf(modelId)
    return model.ok ? answered(() => ask(model.value)) : model
  }
  /** Asks the network that a photo is open in. */
  const about = <T>(
    session: string,
    ask: (inspector: ReturnType<Inspectors['holding']>) => Promise<T>,
  ): Promise<Result<T>> => answered(() => ask(inspectors.holding(session)))

  return {
    'inspector:model': ({ modelId }) => asking(modelId, (model) => inspectors.of(model).model()),
    'inspector:open': async ({ slot, source, modelId }) => {
      const subject = await workspace.subject(source)
      if (!subject.ok) return subject
      return asking(modelId, (model) => inspectors.open(slot, subject.value, model))
    },
    'inspector:close': ({ slot }) => ok(inspectors.close(slot)),
    'inspector:layer': ({ session, layer }) =>
      about(session, async (inspector) => (await inspector.layer(session, layer)).activations),
    'inspector:point': (input) => about(input.session, (inspector) => inspector.point(input)),
    'inspector:kernel-point': (input) =>
      about(input.session, (inspector) => inspector.kernelPoint(input)),
    'inspector:attribution': ({ session, method, classIndex, layer }) =>
      about(session, (inspector) => inspector.attribution(session, method, classIndex, layer)),
    'inspector:attribution-end': ({ session }) =>
      about(session, async (inspector) => inspector.endAttribution(session)),
    'inspector:vector': ({ session }) =>
      about(session, (inspector) => {
        const library = workspace.current
        // Vectors of two networks have nothing in common.
        const comparable = library?.modelId === inspector.spec.id
        const find = library && comparable ? similarPhotos(library, cloud.search) : undefined
        return inspector.vector(session, find)
      }),
    'inspector:unit-photos': async ({ modelId, layer, channel }) => {
      const library = workspace.current
      if (library === undefined) return fail('not-found', 'No library is open.', 'Open a folder.')
      const model = await modelOf(modelId)
      if (!model.ok) return model
      const { id, name } = model.value.card
      if (id !== library.modelId) {
        return fail(
          'not-found',
          `“${library.name}” shows the results of another model.`,
          `Use ${name} for it, in Models, to see which photos excite its units.`,
        )
      }
      return answered(() => library.photos.unitPhotos(layer, channel))
    },
    'inspector:unit-patch': async ({ modelId, layer, channel, photoId }) => {
      const subject = await workspace.subject({ kind: 'photo', id: photoId })
      if (!subject.ok) return subject
      return asking(modelId, async (model) => {
        const patch = await inspectors.of(model).unitPatch(subject.value, layer, channel)
        return { photoId, ...patch }
      })
    },
    'inspector:dream': ({ modelId, ...request }) =>
      asking(modelId, (model) => {
        const worker = inspectors.of(model).background
        const modelSha256 = model.card.float.sha256
        return dreams.start({ spec: model.network, ...request }, { worker, modelSha256 })
      }),
    'inspector:dream-cancel': ({ id }) => ok(dreams.cancel(id)),
    'inspector:export': (request) => answered(() => save(services, request)),
  }
}

async function save(
  { inspectors, window }: InspectorServices,
  request: ExportRequest,
): Promise<string | null> {
  const inspector = inspectors.holding(request.session)
  const { name, contents, extension } = await exportFile(inspector, inspector.spec, request)
  const parent = window()
  const options = {
    defaultPath: name,
    filters: [{ name: extension.toUpperCase(), extensions: [extension] }],
  }
  const choice = await (parent === undefined
    ? dialog.showSaveDialog(options)
    : dialog.showSaveDialog(parent, options))
  if (choice.canceled || choice.filePath === '') return null
  await writeFile(choice.filePath, contents)
  return choice.filePath
}
