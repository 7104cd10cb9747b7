// What the window may ask of the Cloud.
import { fail, ok } from '../../preload/contract/errors.ts'
import type { CurrentModel } from '../app/current-model.ts'
import { descriptionVector } from '../app/description-vector.ts'
import type { Workspace } from '../app/workspace.ts'
import type { Cloud } from '../cloud/cloud.ts'
import { describedPoints } from '../cloud/described-photos.ts'
import { findModel, type ModelFolders } from '../models/installed.ts'
import type { TextEncoder } from '../text/text-encoder.ts'
import { answered } from './answered.ts'
import { defined } from './defined.ts'
import type { CloudRequestName, Handlers } from './handle.ts'

export interface CloudServices {
  readonly cloud: Cloud
  readonly workspace: Workspace
  readonly current: CurrentModel
  readonly texts: TextEncoder
  readonly folders: ModelFolders
}

export function cloudHandlers({
  cloud,
  workspace,
  current,
  texts,
  folders,
}: CloudServices): Pick<Handlers, CloudRequestName> {
  return {
    'cloud:open': () => answered(async () => cloud.open()),
    'cloud:points': () => answered(async () => (await cloud.current()).points()),
    'cloud:positions': () => answered(async () => (await cloud.current()).positions()),
    'cloud:clusters': () => answered(async () => (await cloud.current()).groupsOf()),
    'cloud:lay-out': (change) =>
      answered(async () => (await cloud.current()).layOut(defined(change))),
    'cloud:stop': () => answered(async () => (await cloud.current()).stop()),
    'cloud:morph': async ({ modelId }) => {
      const other = await findModel(folders, modelId)
      return other.ok ? answered(async () => cloud.morphTo(other.value.spec)) : other
    },
    'cloud:morph-stop': () => ok(cloud.stopMorph()),
    'cloud:tiles': async ({ ids }) => {
      const library = workspace.current
      if (library === undefined) return fail('not-found', 'No library is open.', 'Open a folder.')
      return ok(await library.photos.tiles(ids))
    },
    'cloud:neighbours': ({ more, less, count }) =>
      answered(async () => cloud.neighbours({ more, less }, count)),
    'cloud:similarities': (like) =>
      answered(async () => (await cloud.current()).similarities(like)),
    'cloud:described': ({ text }) =>
      answered(async () => {
        const vector = await descriptionVector(current.model, texts, text)
        return describedPoints((await cloud.current()).points().ids, cloud.search, vector)
      }),
    'cloud:place': async ({ inspectionId }) => {
      const halves = workspace.inspectedEmbedding(inspectionId)
      return halves === undefined
        ? fail('not-found', 'This image is no longer at hand.', 'Drop it on the window again.')
        : answered(async () => cloud.placeOf(halves))
    },
  }
}
