// The Inspector for commands that run without a window.
import { Inspector } from '../../inspect/inspector.ts'
import { catalogueEntry, defaultModelId } from '../../models/catalogue.ts'
import { type InstalledModel, installedModel } from '../../models/installed.ts'
import { imagenet1k } from '../../models/labels.ts'
import { forkAsUtility } from '../fork-utility.ts'
import type { Places } from '../places.ts'
import { say, UsageError } from './output.ts'

export interface CommandInspector {
  readonly inspector: Inspector
  readonly model: InstalledModel
}

/**
 * @throws UsageError for an unknown model
 * @throws Error with a sentence when the model is missing
 */
export async function startInspector(
  at: Places,
  modelId: string = defaultModelId,
): Promise<CommandInspector> {
  if (catalogueEntry(modelId) === undefined) {
    throw new UsageError(`Expected a known model but received ${modelId}.`)
  }
  const model = await installedModel(at.modelsFolder, modelId)
  if (!model.ok) throw new Error(`${model.error.message} ${model.error.hint}`)
  const inspector = new Inspector({
    fork: forkAsUtility(at.inspectEntry, 'Latent inspector'),
    spec: model.value.network,
    modelName: model.value.card.name,
    labels: imagenet1k,
    onProgress: ({ task, done, total }) => {
      if (done % 10 === 0) say(`${task}: ${done} of ${total}`)
    },
  })
  return { inspector, model: model.value }
}
