// The engine for commands: the same process as under the window.
import { EngineHost } from '../../engine/host.ts'
import type { InstalledModel } from '../../models/installed.ts'
import { cudaHere } from '../cuda-here.ts'
import { forkAsUtility } from '../fork-utility.ts'
import type { Places } from '../places.ts'
import { chooseByTrial, tuningCache } from '../provider-choice.ts'
import { commandModel } from './command-model.ts'
import { say } from './output.ts'

export interface CommandEngine {
  readonly engine: EngineHost
  readonly model: InstalledModel
}

/**
 * @throws UsageError when no such model is installed
 * @throws Error with a sentence when it cannot run
 */
export async function startEngine(
  at: Places,
  modelId: string | undefined = undefined,
  onlyProviders: readonly string[] = [],
): Promise<CommandEngine> {
  const model = await commandModel(at, modelId)
  let told = ''
  const cuda = await cudaHere(at)
  const env = () => cuda?.environment ?? {}
  const engine = new EngineHost({
    fork: forkAsUtility(at.engineEntry, 'Latent engine', env),
    model: model.spec,
    modelName: model.card.name,
    tunings: tuningCache(at, env),
    onlyProviders,
    choose: chooseByTrial(at, env),
    keptGraphs: at.graphsFolder,
    onStatus: ({ reason }) => {
      if (reason !== '' && reason !== told) say(reason)
      told = reason
    },
  })
  await engine.ready()
  return { engine, model }
}
