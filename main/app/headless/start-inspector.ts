// The Inspector for commands that run without a window.
import { Inspector } from '../../inspect/inspector.ts'
import type { InstalledModel } from '../../models/installed.ts'
import { forkAsUtility } from '../fork-utility.ts'
import type { Places } from '../places.ts'
import { commandModel } from './command-model.ts'
import { say } from './output.ts'

export interface CommandInspector {
  readonly inspector: Inspector
  readonly model: InstalledModel
}

/**
 * @throws UsageError when no such model is installed
 * @throws Error with a sentence when its card is broken
 */
export async function startInspector(at: Places, modelId?: string): Promise<CommandInspector> {
  const model = await commandModel(at, modelId)
  const inspector = new Inspector({
    fork: forkAsUtility(at.inspectEntry, 'Latent inspector'),
    spec: model.network,
    modelName: model.card.name,
    labels: model.labels,
    onProgress: ({ task, done, total }) => {
      if (done % 10 === 0) say(`${task}: ${done} of ${total}`)
    },
  })
  return { inspector, model }
}
