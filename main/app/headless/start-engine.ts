// The engine for commands: the same process as under the window.
import { app } from 'electron'
import { EngineHost } from '../../engine/host.ts'
import { TuningCache } from '../../engine/tuning-cache.ts'
import { catalogueEntry, defaultModelId } from '../../models/catalogue.ts'
import { type InstalledModel, installedModel } from '../../models/installed.ts'
import { forkAsUtility } from '../fork-utility.ts'
import type { Places } from '../places.ts'
import { say, UsageError } from './output.ts'

export interface CommandEngine {
  readonly engine: EngineHost
  readonly model: InstalledModel
}

/** @throws Error with a sentence when the model is missing or cannot run */
export async function startEngine(
  at: Places,
  modelId: string = defaultModelId,
  onlyProviders: readonly string[] = [],
): Promise<CommandEngine> {
  if (catalogueEntry(modelId) === undefined) {
    throw new UsageError(`Expected a known model but received ${modelId}.`)
  }
  const model = await installedModel(at.modelsFolder, modelId)
  if (!model.ok) throw new Error(`${model.error.message} ${model.error.hint}`)
  let told = ''
  const engine = new EngineHost({
    fork: forkAsUtility(at.engineEntry, 'Latent engine'),
    model: model.value.spec,
    modelName: model.value.card.name,
    tunings: new TuningCache(at.tuningFile, app.getVersion()),
    onlyProviders,
    onStatus: ({ reason }) => {
      if (reason !== '' && reason !== told) say(reason)
      told = reason
    },
  })
  await engine.ready()
  return { engine, model: model.value }
}
