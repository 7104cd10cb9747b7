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
import type { Inspector } from '../inspect/inspector.ts'
import type { NetworkSpec } from '../inspect/protocol.ts'
import { answered } from './answered.ts'
import type { Handlers, InspectorRequestName } from './handle.ts'

export interface InspectorServices {
  readonly inspector: Inspector
  readonly dreams: Dreams
  readonly cloud: Cloud
  readonly workspace: Workspace
  readonly network: NetworkSpec
  readonly window: () => BrowserWindow | undefined
}

export function inspectorHandlers(
  services: InspectorServices,
): Pick<Handlers, InspectorRequestName> {
  const { inspector, dreams, cloud, workspace, network } = services
  const known = (modelId: string | undefined): boolean =>
    modelId === undefined || modelId === network.id

  return {
    'inspector:model': ({ modelId }) =>
      known(modelId) ? answered(inspector.model()) : noModel(modelId),
    'inspector:open': async ({ slot, source, modelId }) => {
      if (!known(modelId)) return noModel(modelId)
      const subject = await workspace.subject(source)
      return subject.ok ? answered(inspector.open(slot, subject.value)) : subject
    },
    'inspector:close': ({ slot }) => ok(inspector.close(slot)),
    'inspector:layer': ({ session, layer }) =>
      answered(inspector.layer(session, layer).then(({ activations }) => activations)),
    'inspector:point': (input) => answered(inspector.point(input)),
    'inspector:kernel-point': (input) => answered(inspector.kernelPoint(input)),
    'inspector:attribution': ({ session, method, classIndex, layer }) =>
      answered(inspector.attribution(session, method, classIndex, layer)),
    'inspector:vector': ({ session }) => {
      const library = workspace.current
      const find = library && similarPhotos(library, cloud.search)
      return answered(inspector.vector(session, find))
    },
    'inspector:unit-photos': async ({ layer, channel }) => {
      const library = workspace.current
      if (library === undefined) return fail('not-found', 'No library is open.', 'Open a folder.')
      return answered(library.unitPhotos(layer, channel))
    },
    'inspector:unit-patch': async ({ layer, channel, photoId }) => {
      const subject = await workspace.subject({ kind: 'photo', id: photoId })
      if (!subject.ok) return subject
      const patch = inspector.unitPatch(subject.value, layer, channel)
      return answered(patch.then((found) => ({ photoId, ...found })))
    },
    'inspector:dream': (request) => answered(dreams.start({ spec: network, ...request })),
    'inspector:dream-cancel': ({ id }) => ok(dreams.cancel(id)),
    'inspector:export': (request) => answered(save(services, request)),
  }
}

async function save(
  { inspector, network, window }: InspectorServices,
  request: ExportRequest,
): Promise<string | null> {
  const { name, contents, extension } = await exportFile(inspector, network, request)
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

const noModel = (modelId: string | undefined): Result<never> =>
  fail('model-missing', `The network ${modelId} is not installed.`)
